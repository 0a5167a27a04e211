import { Duration, Size } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { CostModel } from '../../../../lib/cost/cost-model';
import { sum } from '../../../../lib/cost/price-lines';
import { ComputeTarget } from '../../../../lib/workload/compute-target';
import { EventSource, TrafficShape, type WorkloadProfile } from '../../../../lib/workload/workload-profile';

interface Facts {
  readonly requests: number;
  readonly ms: number;
  readonly mib: number;
}

const LIMITS: Readonly<Record<keyof Facts, number>> = { requests: 1e9, ms: 7_200_000, mib: 65_536 };

/** Numbers of every size: most of a uniform range would be near its end. */
const upTo = (max: number) => fc.double({ min: 0, max: Math.log(max), noNaN: true }).map((exponent) => Math.round(Math.exp(exponent)));

const facts = fc.record({ requests: upTo(LIMITS.requests), ms: upTo(LIMITS.ms), mib: upTo(LIMITS.mib) });

const surroundings = fc.record(
  {
    eventSource: fc.constantFrom(...Object.values(EventSource)),
    alwaysOn: fc.boolean(),
    gpu: fc.boolean(),
    streaming: fc.boolean(),
    shape: fc.constantFrom(...Object.values(TrafficShape)),
    activeHoursPerDay: fc.integer({ min: 1, max: 24 }),
    modelMib: upTo(65_536),
    waitingMs: upTo(600_000),
    tokens: fc.constant({ input: 1000, output: 200, inputPrice: 1, outputPrice: 4 }),
  },
  { requiredKeys: [] },
);

type Surroundings = typeof surroundings extends fc.Arbitrary<infer S> ? S : never;

function profileOf(
  { requests, ms, mib }: Facts,
  { shape, activeHoursPerDay, modelMib, waitingMs, ...more }: Surroundings,
): WorkloadProfile {
  const duration = { typical: Duration.millis(ms) };
  const step = { name: 'ask', duration, ...(waitingMs !== undefined && { waiting: Duration.millis(waitingMs) }) };
  return {
    ...more,
    steps: [step],
    memory: Size.mebibytes(mib),
    traffic: { requestsPerMonth: requests, ...(shape && { shape }), ...(activeHoursPerDay && { activeHoursPerDay }) },
    ...(modelMib !== undefined && { modelSize: Size.mebibytes(modelMib) }),
  };
}

const RUNS = { numRuns: 40 };
const growth = fc.double({ min: 1, max: 10, noNaN: true });

describe.each(Object.values(ComputeTarget))('%s', (target) => {
  test.each(['requests', 'ms', 'mib'] as const)('costs no less when %s grow', (fact) => {
    fc.assert(
      fc.property(facts, surroundings, growth, (less, around, factor) => {
        const more = { ...less, [fact]: Math.ceil(less[fact] * factor) };
        const before = CostModel.estimate(profileOf(less, around), target).monthly;
        const after = CostModel.estimate(profileOf(more, around), target).monthly;
        // A double's noise is no saving.
        expect(after - before).toBeGreaterThanOrEqual(-1e-9 * Math.max(1, before));
      }),
      RUNS,
    );
  });

  test('lines add up, the idle floor is a part, and no amount is negative but a credit', () => {
    fc.assert(
      fc.property(facts, surroundings, fc.boolean(), (some, around, freeTier) => {
        const { monthly, idleFloor, perRequest, lines } = CostModel.estimate(profileOf(some, around), target, { freeTier });
        expect(monthly).toBeCloseTo(sum(lines.map(({ amount }) => amount)), 6);
        expect(idleFloor).toBeLessThanOrEqual(monthly + 1e-9);
        expect(perRequest).toBeCloseTo((monthly - idleFloor) / some.requests, 9);
        for (const { amount, quantity, unitPrice, item } of lines) {
          expect(Number.isFinite(amount) && quantity >= 0).toBe(true);
          if (!item.includes('credit')) expect(amount).toBeGreaterThanOrEqual(0);
          expect(Math.abs(quantity * unitPrice - amount)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(amount)));
        }
      }),
      RUNS,
    );
  });
});
