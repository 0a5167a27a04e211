import { Duration, Size } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import type { RequestFeatures } from '../../../lambda/contract/routing';
import { decide } from '../../../lambda/router/decide';
import { type RoutingCondition, RoutingPolicy, type RoutingRule } from '../../../lib/routing/routing-policy';

const NAMES = ['small', 'large'];

function problems(rules: RoutingRule[], defaultTarget = 'large'): string[] {
  return RoutingPolicy.of({ rules, defaultTarget })._problems(NAMES);
}

function rule(name: string, when: RoutingCondition, target = 'small'): RoutingRule {
  return { name, when, target };
}

test('a policy becomes data with bytes and milliseconds, and without what is not stated', () => {
  const policy = RoutingPolicy.of({
    rules: [rule('short', { maxSize: Size.kibibytes(4), minDeadline: Duration.seconds(2), tenants: ['a'] })],
    defaultTarget: 'large',
  });
  expect(policy._data()).toStrictEqual({
    rules: [{ name: 'short', when: { tenants: ['a'], maxBytes: 4_096, minDeadlineMs: 2_000 }, target: 'small' }],
    defaultTarget: 'large',
  });
});

test('a sound policy has no problems', () => {
  expect(problems([rule('one', { maxTokens: 10 }), rule('two', { maxTokens: 20 }), rule('rest', {})])).toEqual([]);
});

test('fails for targets that are not there, naming those that are', () => {
  expect(problems([rule('one', { override: 'huge' }, 'tiny')], 'none')).toEqual([
    'policy.defaultTarget must be one of "small", "large", got "none"',
    'policy rule "one" must send to one of "small", "large", got "tiny"',
    'policy rule "one" waits for the override "huge", which is not a target; use one of "small", "large"',
  ]);
});

test('fails for names that are empty, taken, or mean something else', () => {
  expect(
    problems([rule('', { maxTokens: 1 }), rule('a', { maxTokens: 2 }), rule('a', { maxTokens: 3 }), rule('default', { maxTokens: 4 })]),
  ).toEqual([
    'policy.rules[0].name must not be empty',
    'policy rule "a" appears twice; give each rule a name of its own',
    'policy rule "default" has the name under which the default target is logged; choose another',
  ]);
});

test.each([
  [{ minTokens: 3, maxTokens: 3 }, []],
  [{ minTokens: 4, maxTokens: 3 }, ['policy rule "one": minTokens must be at most maxTokens, got 4 and 3']],
  [{ minSize: Size.kibibytes(2), maxSize: Size.kibibytes(1) }, ['policy rule "one": minBytes must be at most maxBytes, got 2048 and 1024']],
  [{ minAttachments: -1 }, ['policy rule "one": minAttachments must be a whole number of at least 0, got -1']],
  [{ maxTokens: 1.5 }, ['policy rule "one": maxTokens must be a whole number of at least 0, got 1.5']],
])('bounds: case %#', (when, expected) => {
  expect(problems([rule('one', when)])).toEqual(expected);
});

test.each<[string, RoutingCondition, RoutingCondition]>([
  ['everything', {}, { maxTokens: 1 }],
  ['empty lists', { capabilities: [], tenants: [] }, { maxTokens: 1 }],
  ['a wider range', { maxTokens: 10 }, { maxTokens: 5, minTokens: 2 }],
  ['more tenants', { tenants: ['a', 'b'] }, { tenants: ['b'] }],
  ['fewer capabilities', { capabilities: ['x'] }, { capabilities: ['y', 'x'] }],
  ['the same override', { override: 'small' }, { override: 'small', maxTokens: 5 }],
])('fails for a rule behind one that takes %s', (_, first, second) => {
  expect(problems([rule('first', first), rule('second', second)])).toEqual([
    'policy rule "second" is never reached: "first" before it takes all that it would; move or drop one',
  ]);
});

const condition = fc.record(
  {
    minTokens: fc.integer({ min: 0, max: 3 }),
    maxTokens: fc.integer({ min: 0, max: 3 }),
    capabilities: fc.subarray(['x', 'y']),
    tenants: fc.subarray(['a', 'b']),
    override: fc.constantFrom(...NAMES),
  },
  { requiredKeys: [] },
);

test('a rule that is called unreachable takes no request', () => {
  const features = fc.record({
    bytes: fc.constant(1),
    estimatedTokens: fc.integer({ min: 0, max: 4 }),
    attachments: fc.constant(0),
    capabilities: fc.subarray(['x', 'y']),
    tenant: fc.constantFrom('a', 'b', 'c', undefined),
    override: fc.constantFrom(...NAMES, undefined),
  });
  fc.assert(
    fc.property(condition, condition, features, (first, second, asked) => {
      const rules = [rule('first', first), rule('second', second)];
      const unreachable = problems(rules).some((problem) => problem.includes('"second" is never reached'));
      const decision = decide(RoutingPolicy.of({ rules, defaultTarget: 'large' })._data(), asked as RequestFeatures);
      expect(unreachable && decision.rule === 'second').toBe(false);
    }),
    { numRuns: 500 },
  );
});
