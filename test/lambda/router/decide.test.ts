import fc from 'fast-check';
import type { RequestFeatures, RouteCondition, RoutingPolicyData } from '../../../lambda/contract/routing';
import { decide, overridesOf } from '../../../lambda/router/decide';

const features = (some: Partial<RequestFeatures> = {}): RequestFeatures => ({
  bytes: 100,
  estimatedTokens: 25,
  attachments: 0,
  capabilities: [],
  ...some,
});
const policy = (when: RouteCondition): RoutingPolicyData => ({ rules: [{ name: 'rule', when, target: 'special' }], defaultTarget: 'rest' });
const matches = (when: RouteCondition, some: Partial<RequestFeatures>) => decide(policy(when), features(some)).target === 'special';

test.each<[RouteCondition, Partial<RequestFeatures>, boolean]>([
  [{}, {}, true],
  [{ minBytes: 100 }, { bytes: 99 }, false],
  [{ minBytes: 100 }, { bytes: 100 }, true],
  [{ maxBytes: 100 }, { bytes: 100 }, true],
  [{ maxBytes: 100 }, { bytes: 101 }, false],
  [{ minTokens: 10 }, { estimatedTokens: 9 }, false],
  [{ minTokens: 10 }, { estimatedTokens: 10 }, true],
  [{ maxTokens: 10 }, { estimatedTokens: 11 }, false],
  [{ minAttachments: 1 }, { attachments: 0 }, false],
  [{ minAttachments: 1 }, { attachments: 1 }, true],
  [{ maxAttachments: 0 }, { attachments: 1 }, false],
  [{ maxDeadlineMs: 1_000 }, { deadlineMs: 1_000 }, true],
  [{ maxDeadlineMs: 1_000 }, { deadlineMs: 1_001 }, false],
  [{ maxDeadlineMs: 1_000 }, {}, false],
  [{ minDeadlineMs: 1_000 }, {}, true],
  [{ minDeadlineMs: 1_000 }, { deadlineMs: 999 }, false],
  [{ capabilities: ['vision'] }, { capabilities: ['vision', 'tools'] }, true],
  [{ capabilities: ['vision', 'tools'] }, { capabilities: ['vision'] }, false],
  [{ capabilities: [] }, {}, true],
  [{ tenants: ['acme'] }, { tenant: 'acme' }, true],
  [{ tenants: ['acme'] }, { tenant: 'other' }, false],
  [{ tenants: ['acme'] }, {}, false],
  [{ tenants: [] }, {}, true],
  [{ override: 'big' }, { override: 'big' }, true],
  [{ override: 'big' }, {}, false],
  [{ override: 'big' }, { override: 'small' }, false],
  [{ minBytes: 0, maxTokens: 25, maxAttachments: 0 }, {}, true],
])('%j of %j holds: %s', (when, some, expected) => {
  expect(matches(when, some)).toBe(expected);
});

test('says which rule decided and why', () => {
  expect(decide(policy({ minTokens: 20, capabilities: ['vision'] }), features({ capabilities: ['vision'] }))).toEqual({
    target: 'special',
    rule: 'rule',
    reason: 'tokens 25, capabilities vision',
  });
  expect(decide(policy({}), features()).reason).toBe('takes every request');
  expect(decide(policy({ minTokens: 1_000 }), features())).toEqual({ target: 'rest', rule: 'default', reason: 'no rule matched' });
});

test('overrides are those that some rule waits for', () => {
  const rules = [{ override: 'a' }, { override: 'b', minBytes: 1 }, { override: 'a', maxBytes: 5 }, {}].map((when, i) => ({
    name: String(i),
    when,
    target: 'x',
  }));
  expect(overridesOf({ rules, defaultTarget: 'x' })).toEqual(['a', 'b']);
});

const anyBound = fc.option(fc.nat(200), { nil: undefined });
const anyCondition: fc.Arbitrary<RouteCondition> = fc.record({
  minBytes: anyBound,
  maxBytes: anyBound,
  minTokens: anyBound,
  maxTokens: anyBound,
  minDeadlineMs: anyBound,
  maxDeadlineMs: anyBound,
  capabilities: fc.option(fc.subarray(['vision', 'tools', 'code']), { nil: undefined }),
  tenants: fc.option(fc.subarray(['acme', 'other']), { nil: undefined }),
  override: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
});
const anyPolicy: fc.Arbitrary<RoutingPolicyData> = fc
  .array(anyCondition, { maxLength: 6 })
  .map((conditions) => ({ rules: conditions.map((when, i) => ({ name: `r${i}`, when, target: `t${i}` })), defaultTarget: 'rest' }));
const anyFeatures: fc.Arbitrary<RequestFeatures> = fc.record({
  bytes: fc.nat(200),
  estimatedTokens: fc.nat(200),
  attachments: fc.nat(3),
  capabilities: fc.subarray(['vision', 'tools', 'code']),
  deadlineMs: fc.option(fc.nat(200), { nil: undefined }),
  tenant: fc.option(fc.constantFrom('acme', 'other'), { nil: undefined }),
  override: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
});

test('any policy: the first rule that would match alone decides', () => {
  fc.assert(
    fc.property(anyPolicy, anyFeatures, (data, request) => {
      const first = data.rules.find((rule) => decide({ rules: [rule], defaultTarget: 'none' }, request).target === rule.target);
      expect(decide(data, request).target).toBe(first?.target ?? 'rest');
      expect(decide(data, request).rule).toBe(first?.name ?? 'default');
    }),
  );
});

test('any policy: a rule after the one that decided changes nothing; neither policy nor features are written to', () => {
  fc.assert(
    fc.property(anyPolicy, anyCondition, anyFeatures, (data, extra, request) => {
      const frozen = JSON.stringify([data, request]);
      const longer = { ...data, rules: [...data.rules, { name: 'last', when: extra, target: 'last' }] };
      const before = decide(data, request);
      if (before.rule !== 'default') expect(decide(longer, request)).toEqual(before);
      expect(JSON.stringify([data, request])).toBe(frozen);
    }),
  );
});

test('any condition: a further bound never lets more requests in', () => {
  fc.assert(
    fc.property(anyCondition, anyCondition, anyFeatures, (one, other, request) => {
      const defined = Object.fromEntries(
        Object.entries(other).filter(([key, value]) => value !== undefined && one[key as keyof RouteCondition] === undefined),
      );
      if (matches({ ...one, ...defined }, request)) expect(matches(one, request)).toBe(true);
    }),
  );
});
