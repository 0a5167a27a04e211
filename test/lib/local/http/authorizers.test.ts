import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import type { LocalRunner } from '../../../../lib/local/local-runner';
import { inlineFunction, runSmall, stopAll } from '../small-app';

jest.setTimeout(60_000);

const ISSUER = 'https://issuer.example.com';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const notices: string[] = [];
let issuer: Server;
let issuerUrl: string;
let local: LocalRunner;
let rest: string;
let http: string;

const POLICY = `
  const token = event.authorizationToken ?? event.headers['x-key'];
  if (token === 'nobody') throw new Error('Unauthorized');
  if (token === 'broken') return { no: 'policy' };
  const Effect = token.startsWith('deny') ? 'Deny' : 'Allow';
  const Resource = token === 'other' ? event.methodArn + '/elsewhere' : event.methodArn.replace(/\\/[^/]*$/, '/*');
  return {
    principalId: token,
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
    context: { level: 3, type: event.type, resource: event.resource },
  };`;
const SIMPLE = `return { isAuthorized: event.identitySource[0] === 'good', context: { route: event.routeArn, seen: event.type } };`;
const ECHO = `return { statusCode: 200, body: JSON.stringify(event.requestContext.authorizer ?? null) };`;

beforeAll(async () => {
  issuer = createServer((request, response) => {
    const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }];
    response.end(JSON.stringify(request.url === '/keys' ? { keys } : { jwks_uri: `${issuerUrl}/keys` }));
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  local = await runSmall(
    (stack) => {
      const handler = inlineFunction(stack, 'Handler', ECHO);
      const policy = inlineFunction(stack, 'Policy', POLICY);
      const api = new apigateway.RestApi(stack, 'Rest');
      const integration = new apigateway.LambdaIntegration(handler);
      const header = apigateway.IdentitySource.header('x-key');
      const token = new apigateway.TokenAuthorizer(stack, 'Token', { handler: policy, validationRegex: '[a-z]+' });
      const request = new apigateway.RequestAuthorizer(stack, 'Request', { handler: policy, identitySources: [header] });
      api.root.addResource('token').addMethod('GET', integration, { authorizer: token });
      api.root.addResource('request').addMethod('GET', integration, { authorizer: request });
      const slow = inlineFunction(stack, 'Slow', 'await new Promise((done) => setTimeout(done, 20_000));', {
        timeout: Duration.seconds(25),
      });
      const timeout = Duration.millis(50);
      api.root.addResource('slow').addMethod('GET', new apigateway.LambdaIntegration(slow, { timeout }));
      new CfnOutput(stack, 'RestUrl', { value: api.url });

      const httpApi = new apigatewayv2.HttpApi(stack, 'Http');
      const target = new integrations.HttpLambdaIntegration('Target', handler);
      const route = (path: string, authorizer: apigatewayv2.IHttpRouteAuthorizer, more = {}) =>
        httpApi.addRoutes({ path, methods: [apigatewayv2.HttpMethod.GET], integration: target, authorizer, ...more });
      const { SIMPLE: simple, IAM: iam } = authorizers.HttpLambdaResponseType;
      const identitySource = ['$request.header.x-key'];
      const deciding = (id: string, body: string, responseTypes: authorizers.HttpLambdaResponseType[]) =>
        new authorizers.HttpLambdaAuthorizer(id, inlineFunction(stack, id, body), { responseTypes, identitySource });
      route('/simple', deciding('Simple', SIMPLE, [simple]));
      route('/policy', deciding('HttpPolicy', POLICY, [iam]));
      const jwt = new authorizers.HttpJwtAuthorizer('Jwt', ISSUER, { jwtAudience: ['app'] });
      route('/jwt', jwt);
      route('/scoped', jwt, { authorizationScopes: ['write'] });
      route('/near', new authorizers.HttpJwtAuthorizer('Near', issuerUrl, { jwtAudience: ['app'] }));
      httpApi.addRoutes({ path: '/open', methods: [apigatewayv2.HttpMethod.POST], integration: target });
      const late = new integrations.HttpLambdaIntegration('Late', slow, { timeout });
      httpApi.addRoutes({ path: '/slow', methods: [apigatewayv2.HttpMethod.GET], integration: late });
      new CfnOutput(stack, 'HttpUrl', { value: httpApi.apiEndpoint });
      new apigatewayv2.WebSocketApi(stack, 'Socket');
    },
    { onNotice: (notice) => notices.push(notice) },
  );
  [rest, http] = [local.output('RestUrl').replace(/\/$/, ''), local.output('HttpUrl')];
});

afterAll(async () => {
  issuer?.close();
  await stopAll();
});

async function get(url: string, headers: Record<string, string> = {}): Promise<[number, unknown]> {
  const response = await fetch(url, { headers });
  return [response.status, JSON.parse(await response.text())];
}

const authorization = (value: string) => ({ authorization: value });
const bearer = (token: string) => authorization(`Bearer ${token}`);

describe('REST API', () => {
  test('a token authorizer lets in by its policy, with its context as text', async () => {
    expect(await get(`${rest}/token`, authorization('ana'))).toEqual([200, { principalId: 'ana', level: '3', type: 'TOKEN' }]);
  });

  test.each([
    ['no token', {}, 401, { message: 'Unauthorized' }],
    ['a token that does not look like one', authorization('A1'), 401, { message: 'Unauthorized' }],
    ['a function that says so', authorization('nobody'), 401, { message: 'Unauthorized' }],
    [
      'a policy that denies',
      authorization('deny'),
      403,
      { Message: 'User is not authorized to access this resource with an explicit deny' },
    ],
    ['a policy for something else', authorization('other'), 403, { Message: 'User is not authorized to access this resource' }],
    ['an answer without a policy', authorization('broken'), 500, { message: null }],
  ])('%s', async (_what, headers, status, body) => {
    expect(await get(`${rest}/token`, headers)).toEqual([status, body]);
  });

  test('a request authorizer sees the request, and its answer is remembered', async () => {
    const before = local.function('Policy').invocations.length;
    for (let n = 0; n < 2; n += 1) {
      expect(await get(`${rest}/request`, { 'x-key': 'bea' })).toMatchObject([
        200,
        { principalId: 'bea', type: 'REQUEST', resource: '/request' },
      ]);
    }
    expect(local.function('Policy').invocations.length - before).toBe(1);
    expect(await get(`${rest}/request`)).toEqual([401, { message: 'Unauthorized' }]);
  });
});

describe('HTTP API', () => {
  test('a function answers simply or by a policy', async () => {
    const [status, seen] = await get(`${http}/simple`, { 'x-key': 'good' });
    expect([status, seen]).toMatchObject([
      200,
      { lambda: { seen: 'REQUEST', route: expect.stringMatching(/^arn:aws:execute-api:.*\/\$default\/GET\/simple$/) } },
    ]);
    expect(await get(`${http}/simple`, { 'x-key': 'bad' })).toEqual([403, { message: 'Forbidden' }]);
    expect(await get(`${http}/simple`)).toEqual([401, { message: 'Unauthorized' }]);
    expect(await get(`${http}/policy`, { 'x-key': 'cid' })).toMatchObject([200, { lambda: { level: 3 } }]);
    expect(await get(`${http}/policy`, { 'x-key': 'deny' })).toEqual([403, { message: 'Forbidden' }]);
    expect(await get(`${http}/policy`, { 'x-key': 'broken' })).toEqual([500, { message: 'Internal Server Error' }]);
    expect(notices).toContainEqual(expect.stringMatching(/HttpPolicy.* let nobody in: it must answer a policyDocument with statements/));
  });

  test('a token of the local run stands in for one of the issuer', async () => {
    const token = local.token('Http', { sub: 'ana' });
    expect(await get(`${http}/jwt`, bearer(token))).toMatchObject([200, { jwt: { claims: { sub: 'ana', iss: ISSUER, aud: 'app' } } }]);
    expect(await get(`${http}/scoped`, bearer(token))).toEqual([403, { message: 'Forbidden' }]);
    expect((await get(`${http}/scoped`, bearer(local.token('Http', { scope: 'read write' }))))[0]).toBe(200);
  });

  test.each([
    ['audience', { aud: 'other' }],
    ['issuer', { iss: 'https://elsewhere.example.com' }],
    ['end', { exp: 1 }],
    ['beginning', { nbf: 4_000_000_000 }],
  ])('a token with another %s is refused', async (_what, claims) => {
    expect(await get(`${http}/jwt`, bearer(local.token('Http', claims)))).toEqual([401, { message: 'Unauthorized' }]);
  });

  function signed(iss: string, kid: string, alg = 'RS256'): string {
    const claims = { iss, aud: 'app', sub: 'bea', exp: Math.floor(Date.now() / 1000) + 1000 };
    const content = [{ alg, kid }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
  }

  test('an issuer on this machine is asked for its keys', async () => {
    expect(await get(`${http}/near`, bearer(signed(issuerUrl, 'one')))).toMatchObject([200, { jwt: { claims: { sub: 'bea' } } }]);
    expect((await get(`${http}/near`, bearer(signed(issuerUrl, 'two'))))[0]).toBe(401);
    expect((await get(`${http}/near`, bearer(`${signed(issuerUrl, 'one')}x`)))[0]).toBe(401);
    expect((await get(`${http}/near`, bearer(signed(issuerUrl, 'one', 'none'))))[0]).toBe(401);
  });

  test('of one elsewhere the run says that its keys cannot be had', async () => {
    expect((await get(`${http}/jwt`, bearer(signed(ISSUER, 'one'))))[0]).toBe(401);
    expect(notices).toContainEqual(
      expect.stringContaining(`the keys of issuer ${ISSUER} are not on this machine; sign in with a token of LocalRunner.token`),
    );
    expect(() => local.token('Rest')).toThrow('has an authorizer that takes tokens');
  });

  test('WebSocket APIs are named', () => {
    expect(notices).toContainEqual(expect.stringMatching(/^WebSocket APIs are not served here: .*Socket/));
  });
});

test('a body over 10 MB is refused before the function sees it', async () => {
  const post = (bytes: number) =>
    fetch(`${http}/open`, { method: 'POST', body: Buffer.alloc(bytes, 'a'), headers: { 'content-type': 'text/plain' } });
  const response = await post(10 * 1024 * 1024 + 1);
  expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  expect((await post(1024)).status).toBe(200);
});

test.each([
  ['REST', () => `${rest}/slow`, 504, 'Endpoint request timed out'],
  ['HTTP', () => `${http}/slow`, 503, 'Service Unavailable'],
])('a function that takes too long for a %s API', async (_kind, url, status, message) => {
  expect(await get(url())).toEqual([status, { message }]);
});
