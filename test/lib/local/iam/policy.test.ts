import { readStatement } from '../../../../lib/local/iam/policy';

const WHERE = { id: 'P/0', path: 'Stack/P', version: '2012-10-17' };
const read = (statement: unknown, kind: 'identity' | 'resource' = 'identity') => readStatement(statement, kind, WHERE);

test('lists and single values are the same', () => {
  const one = read({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
  expect(one).toMatchObject({ effect: 'Allow', actions: ['s3:GetObject'], resources: ['*'], conditions: [] });
  expect(read({ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['*'] })).toMatchObject({
    actions: one.actions,
    resources: one.resources,
  });
});

test.each<[string, unknown, RegExp]>([
  ['no object', 'Allow', /a statement must be an object, got "Allow"/],
  ['an unknown element', { Effect: 'Allow', Actions: 'x', Resource: '*' }, /unknown element Actions, allowed are Sid, Effect, Action/],
  ['no effect', { Action: 'x', Resource: '*' }, /Effect must be Allow or Deny, got undefined/],
  ['an effect in lower case', { Effect: 'allow', Action: 'x', Resource: '*' }, /Effect must be Allow or Deny, got "allow"/],
  ['both Action and NotAction', { Effect: 'Allow', Action: 'x', NotAction: 'y', Resource: '*' }, /Action and NotAction exclude each other/],
  ['no action', { Effect: 'Allow', Resource: '*' }, /Action or NotAction is missing/],
  ['no resource', { Effect: 'Allow', Action: 'x' }, /Resource or NotResource is missing/],
  ['an action that is no text', { Effect: 'Allow', Action: 7, Resource: '*' }, /Action must be a text or a list of texts, got 7/],
  ['an empty list of actions', { Effect: 'Allow', Action: [], Resource: '*' }, /Action must be a text or a list of texts, got \[\]/],
  ['a principal of a role', { Effect: 'Allow', Action: 'x', Resource: '*', Principal: '*' }, /a policy of a role names no Principal/],
])('%s is refused with the statement and where it stands', (_what, statement, message) => {
  expect(() => read(statement)).toThrow(message);
  expect(() => read(statement)).toThrow(/^policy statement P\/0 \(Stack\/P\): /);
});

test('a policy of a resource names its principal by a known kind', () => {
  const statement = (Principal?: unknown) => ({
    Effect: 'Allow',
    Action: 'x',
    Resource: '*',
    ...(Principal !== undefined && { Principal }),
  });
  expect(() => read(statement(), 'resource')).toThrow(/Principal or NotPrincipal is missing/);
  expect(() => read(statement({ User: 'x' }), 'resource')).toThrow(/unknown kind of principal User, allowed are AWS, Service, Federated/);
  expect(() => read(statement('x'), 'resource')).toThrow(/Principal must be "\*" or an object, got "x"/);
  expect(read(statement({ Service: 'sns.amazonaws.com' }), 'resource')).toMatchObject({ principals: { Service: ['sns.amazonaws.com'] } });
});
