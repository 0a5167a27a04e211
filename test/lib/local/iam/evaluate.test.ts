// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of policies are written like that
import fc from 'fast-check';
import { ConditionContext } from '../../../../lib/local/iam/context';
import { evaluate, type PolicySet } from '../../../../lib/local/iam/evaluate';
import type { Principal } from '../../../../lib/local/iam/principal';
import { allow, decide, deny, identity, ROLE, resource, SESSION, TABLE } from './written-policies';

const PUT = 'dynamodb:PutItem';
const EVENTS: Principal = { kind: 'service', service: 'events.amazonaws.com', sourceArn: 'arn:aws:events:us-east-1:000000000000:rule/r' };
const toRole = { Principal: { AWS: ROLE } };
const toAll = { Principal: '*' };
const toAccount = { Principal: { AWS: 'arn:aws:iam::000000000000:root' } };

test('what no policy allows is denied for want of one', () => {
  expect(decide({})).toEqual({ allowed: false, explicit: false, part: 'identity' });
});

test('the statement that allows is named', () => {
  expect(decide({ identity: identity(allow('s3:*'), allow(PUT, TABLE)) })).toMatchObject({ allowed: true, by: [{ id: 'identity/1' }] });
});

test.each<[string, Partial<PolicySet>, string]>([
  ['the role', { identity: identity(allow('*'), deny(PUT)) }, 'identity'],
  ['the boundary', { identity: identity(allow('*')), boundary: identity(allow('*'), deny('dynamodb:*')) }, 'boundary'],
  ['the session', { identity: identity(allow('*')), session: identity(allow('*'), deny(PUT, TABLE)) }, 'session'],
  ['the resource', { identity: identity(allow('*')), resource: resource(deny(PUT, TABLE, toAll)) }, 'resource'],
])('a Deny of %s wins over every Allow', (_where, policies, part) => {
  expect(decide(policies)).toMatchObject({ allowed: false, explicit: true, part });
});

test('a Deny for somebody else is none', () => {
  const other = { Principal: { AWS: 'arn:aws:iam::000000000000:role/Other' } };
  expect(decide({ identity: identity(allow(PUT)), resource: resource(deny(PUT, TABLE, other)) }).allowed).toBe(true);
});

test('within an account the policy of the resource suffices', () => {
  expect(decide({ resource: resource(allow(PUT, TABLE, toRole)) }).allowed).toBe(true);
  expect(decide({ resource: resource(allow(PUT, TABLE, toAll)) }).allowed).toBe(true);
});

test('to name the account only hands the question on', () => {
  const policies = { resource: resource(allow(PUT, TABLE, toAccount)) };
  expect(decide(policies)).toMatchObject({ allowed: false, part: 'identity' });
  expect(decide({ ...policies, identity: identity(allow(PUT)) }).allowed).toBe(true);
});

test('a boundary limits what the role may do and gives nothing', () => {
  expect(decide({ identity: identity(allow('*')), boundary: identity(allow('s3:*')) })).toEqual({
    allowed: false,
    explicit: false,
    part: 'boundary',
  });
  expect(decide({ boundary: identity(allow('*')) })).toMatchObject({ allowed: false, part: 'identity' });
  expect(decide({ identity: identity(allow(PUT)), boundary: identity(allow('dynamodb:*')) })).toMatchObject({
    allowed: true,
    by: [{}, {}],
  });
});

test('a boundary limits what a resource gives to the role, not what it gives to the session', () => {
  const boundary = identity(allow('s3:*'));
  expect(decide({ boundary, resource: resource(allow(PUT, TABLE, toRole)) })).toMatchObject({ allowed: false, part: 'boundary' });
  const toSession = { Principal: { AWS: 'arn:aws:sts::000000000000:assumed-role/Worker/worker' } };
  expect(decide({ boundary, resource: resource(allow(PUT, TABLE, toSession)) }).allowed).toBe(true);
});

test('a session policy limits as well', () => {
  expect(decide({ identity: identity(allow('*')), session: identity(allow('s3:*')) })).toEqual({
    allowed: false,
    explicit: false,
    part: 'session',
  });
});

describe('a key, whose own policy decides', () => {
  const key = 'arn:aws:kms:us-east-1:000000000000:key/k';
  const onKey = { action: 'kms:Decrypt', resource: key };

  test('the role alone does not suffice', () => {
    const policies = {
      identity: identity(allow('kms:*')),
      resource: resource(allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::000000000000:role/Other' } })),
      resourceDecides: true,
    };
    expect(decide(policies, onKey)).toEqual({ allowed: false, explicit: false, part: 'resource' });
  });

  test('the account in it hands the question to the role', () => {
    const policies = { resource: resource(allow('kms:*', '*', toAccount)), resourceDecides: true };
    expect(decide(policies, onKey)).toMatchObject({ allowed: false, part: 'identity' });
    expect(decide({ ...policies, identity: identity(allow('kms:Decrypt', key)) }, onKey)).toMatchObject({ allowed: true, by: [{}, {}] });
  });

  test('the role in it needs nothing else', () => {
    expect(decide({ resource: resource(allow('kms:Decrypt', '*', toRole)), resourceDecides: true }, onKey).allowed).toBe(true);
  });
});

describe('a service', () => {
  const fn = 'arn:aws:lambda:us-east-1:000000000000:function:f:live';
  const invoke = {
    principal: EVENTS,
    action: 'lambda:InvokeFunction',
    resource: fn,
    context: { 'aws:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/r' },
  };
  const permission = (sourceArn: string, on = fn) =>
    resource(
      allow('lambda:InvokeFunction', on, {
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnLike: { 'AWS:SourceArn': sourceArn } },
      }),
    );

  test('is let in by the policy of the resource for its source', () => {
    expect(decide({ resource: permission('arn:aws:events:us-east-1:000000000000:rule/*') }, invoke).allowed).toBe(true);
  });

  test.each([
    ['another source', permission('arn:aws:events:us-east-1:000000000000:rule/other')],
    ['the function without the alias', permission('arn:aws:events:*:*:rule/*', 'arn:aws:lambda:us-east-1:000000000000:function:f')],
    ['another service', resource(allow('lambda:InvokeFunction', fn, { Principal: { Service: 's3.amazonaws.com' } }))],
    ['the account', resource(allow('lambda:InvokeFunction', fn, toAccount))],
  ])('is not let in by a permission for %s', (_what, policy) => {
    expect(decide({ resource: policy }, invoke)).toEqual({ allowed: false, explicit: false, part: 'resource' });
  });
});

test('an administrator may do all that is not forbidden', () => {
  const principal = { kind: 'administrator' } as const;
  expect(decide({}, { principal }).allowed).toBe(true);
  expect(decide({ resource: resource(deny('*', '*', toAll)) }, { principal }).allowed).toBe(false);
});

test('NotAction and NotResource are about everything else', () => {
  const but = (more: object) => identity({ Effect: 'Allow', ...more });
  expect(decide({ identity: but({ NotAction: 'dynamodb:*', Resource: '*' }) }).allowed).toBe(false);
  expect(decide({ identity: but({ NotAction: 's3:*', Resource: '*' }) }).allowed).toBe(true);
  expect(decide({ identity: but({ Action: '*', NotResource: TABLE }) }).allowed).toBe(false);
  expect(decide({ identity: but({ Action: '*', NotResource: `${TABLE}/index/*` }) }).allowed).toBe(true);
});

test('NotPrincipal of a Deny is about everybody else', () => {
  const but = (name: string) => resource({ Effect: 'Deny', NotPrincipal: { AWS: name }, Action: '*', Resource: '*' });
  expect(decide({ identity: identity(allow('*')), resource: but(ROLE) }).allowed).toBe(true);
  expect(decide({ identity: identity(allow('*')), resource: but('arn:aws:iam::000000000000:role/Other') }).allowed).toBe(false);
});

test('a variable of a resource stands for its value, wildcards in it for themselves', () => {
  const own = identity(allow('s3:GetObject', 'arn:aws:s3:::b/${aws:PrincipalTag/team}/*'));
  const get = (team: string, key: string) =>
    decide({ identity: own }, { action: 's3:GetObject', resource: `arn:aws:s3:::b/${key}`, context: { 'aws:PrincipalTag/team': team } })
      .allowed;
  expect([get('search', 'search/x'), get('search', 'chat/x'), get('*', 'chat/x')]).toEqual([true, false, false]);
  expect(decide({ identity: own }, { action: 's3:GetObject', resource: 'arn:aws:s3:::b//x' }).allowed).toBe(false);
});

describe('properties', () => {
  const patterns = fc.constantFrom('dynamodb:PutItem', 'dynamodb:*', '*', 's3:*', 'dynamodb:GetItem');
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: patterns,
    Resource: fc.constantFrom('*', TABLE, `${TABLE}/index/*`),
  });
  const policy = fc.array(statement, { maxLength: 5 });
  const request = { principal: SESSION, action: PUT, resource: TABLE, context: new ConditionContext([]) };

  test('the order of statements decides nothing', () => {
    fc.assert(
      fc.property(policy, (written) => {
        const [there, back] = [identity(...written), identity(...[...written].reverse())];
        expect(evaluate(request, { identity: back }).allowed).toBe(evaluate(request, { identity: there }).allowed);
      }),
    );
  });

  test('an explicit Deny that applies wins, wherever it stands', () => {
    fc.assert(
      fc.property(
        policy,
        policy,
        policy,
        fc.constantFrom('identity', 'boundary', 'session', 'resource'),
        (own, boundary, session, part) => {
          const set = { identity: identity(...own), boundary: identity(...boundary), session: identity(...session), resource: resource() };
          const added = {
            ...set,
            [part]: [...set[part as 'identity'], ...(part === 'resource' ? resource(deny(PUT, TABLE, toAll)) : identity(deny(PUT, TABLE)))],
          };
          expect(evaluate(request, added)).toMatchObject({ allowed: false, explicit: true });
        },
      ),
    );
  });

  test('one more Allow never takes a permission away, one less never gives one', () => {
    fc.assert(
      fc.property(policy, policy, (own, boundary) => {
        const before = evaluate(request, { identity: identity(...own), boundary: identity(...boundary) }).allowed;
        const more = evaluate(request, { identity: identity(...own, allow('*')), boundary: identity(...boundary) }).allowed;
        expect(more || !before).toBe(true);
      }),
    );
  });

  test('a boundary never gives what the role has not', () => {
    fc.assert(
      fc.property(policy, policy, (own, boundary) => {
        const bounded = evaluate(request, { identity: identity(...own), boundary: identity(...boundary) }).allowed;
        expect(!bounded || evaluate(request, { identity: identity(...own) }).allowed).toBe(true);
      }),
    );
  });
});
