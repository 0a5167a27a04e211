import fc from 'fast-check';
import { identityOf } from '../../../../lambda/runtime/memory/identity';

const arn = 'arn:aws:iam::111122223333:user/ines';

test.each([
  ['JWT authorizer of an HTTP API', { authorizer: { jwt: { claims: { sub: 'user-1' } } } }, { userId: 'user-1' }],
  [
    'JWT with a tenant',
    { authorizer: { jwt: { claims: { sub: 'user-1', 'custom:tenant': 'acme' } } } },
    { userId: 'user-1', tenant: 'acme' },
  ],
  ['Cognito authorizer of a REST API', { authorizer: { claims: { sub: 'user-2', tenant: 'acme' } } }, { userId: 'user-2', tenant: 'acme' }],
  ['IAM of a function URL', { authorizer: { iam: { userArn: arn, userId: 'AIDA' } } }, { userId: arn }],
  ['IAM of a REST API', { identity: { userArn: arn, cognitoIdentityId: null } }, { userId: arn }],
  [
    'authorizer function of an HTTP API',
    { authorizer: { lambda: { userId: 'user-3', tenant: 'acme' } } },
    { userId: 'user-3', tenant: 'acme' },
  ],
  ['authorizer function of a REST API', { authorizer: { principalId: 'user-4', tenant: 'acme' } }, { userId: 'user-4', tenant: 'acme' }],
  [
    'identity pool: its users share one role session, so the session is nobody',
    {
      authorizer: {
        iam: { userArn: 'arn:aws:sts::1:assumed-role/pool/CognitoIdentityCredentials', cognitoIdentity: { identityId: 'eu-west-1:abc' } },
      },
    },
    { userId: 'eu-west-1:abc' },
  ],
  [
    'identity pool behind a REST API',
    { identity: { userArn: 'arn:aws:sts::1:assumed-role/pool/CognitoIdentityCredentials', cognitoIdentityId: 'eu-west-1:abc' } },
    { userId: 'eu-west-1:abc' },
  ],
])('%s', (_what, requestContext, expected) => {
  expect(identityOf({ requestContext })).toEqual(expected);
});

test.each([
  undefined,
  null,
  'event',
  [],
  {},
  { requestContext: null },
  { requestContext: { authorizer: null } },
  { requestContext: { authorizer: { jwt: { claims: { sub: '' } } } } },
  { requestContext: { authorizer: { jwt: { claims: { sub: 7 } } } } },
  { requestContext: { identity: { userArn: null, sourceIp: '1.2.3.4' } } },
])('%j names nobody', (event) => {
  expect(identityOf(event)).toBeUndefined();
});

test('nothing that the caller writes changes or makes an identity', () => {
  const own = fc.record({
    body: fc.constantFrom('{"userId":"victim","sub":"victim"}', '{"requestContext":{"authorizer":{"principalId":"victim"}}}'),
    headers: fc.dictionary(fc.constantFrom('userId', 'x-user-id', 'authorization', 'sub'), fc.string()),
    queryStringParameters: fc.dictionary(fc.constantFrom('userId', 'sub', 'principalId'), fc.string()),
    pathParameters: fc.dictionary(fc.constantFrom('userId', 'sub'), fc.string()),
    userId: fc.string(),
  });
  fc.assert(
    fc.property(own, (event) => {
      expect(identityOf(event)).toBeUndefined();
      expect(identityOf({ ...event, requestContext: { authorizer: { jwt: { claims: { sub: 'me' } } } } })).toEqual({ userId: 'me' });
    }),
  );
});
