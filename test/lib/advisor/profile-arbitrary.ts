import { Duration, Size } from 'aws-cdk-lib/core';
import fc, { type Arbitrary } from 'fast-check';
import {
  AgentCoupling,
  EventSource,
  StateKind,
  type TimeRange,
  TrafficShape,
  type WorkloadProfile,
  type WorkloadStep,
} from '../../../lib/workload/workload-profile';

/** A number from a range that spans magnitudes. */
const spread = (least: number, most: number): Arbitrary<number> =>
  fc.double({ min: Math.log10(least), max: Math.log10(most), noNaN: true }).map((power) => 10 ** power);

const maybe = <T>(arbitrary: Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const duration = spread(0.001, 1e8).map((seconds) => Duration.millis(seconds * 1_000));
const size = spread(1, 3e6).map((megabytes) => Size.bytes(megabytes * 1024 ** 2));
const range: Arbitrary<TimeRange> = fc
  .tuple(spread(0.001, 1e8), spread(1, 1_000), fc.boolean())
  .map(([seconds, factor, single]) =>
    single
      ? { typical: Duration.millis(seconds * 1_000) }
      : { typical: Duration.millis(seconds * 1_000), worst: Duration.millis(seconds * factor * 1_000) },
  );
const step: Arbitrary<Omit<WorkloadStep, 'name'>> = fc.record(
  { duration: range, memory: size, gpu: fc.boolean() },
  { requiredKeys: ['duration'] },
);

/** Profiles of the whole domain: any fact may be missing. */
export const anyProfile: Arbitrary<WorkloadProfile> = fc
  .record(
    {
      duration: maybe(range),
      steps: maybe(fc.array(step, { minLength: 1, maxLength: 4 })),
      memory: maybe(size),
      packageSize: maybe(size),
      modelSize: maybe(size),
      gpu: maybe(fc.constantFrom(false, false, false, true)),
      traffic: maybe(
        fc
          .record({
            requestsPerMonth: fc.oneof(fc.constant(0), spread(1, 1e11)),
            peak: maybe(spread(1, 1_000)),
            shape: maybe(fc.constantFrom(...Object.values(TrafficShape))),
            activeHoursPerDay: maybe(fc.integer({ min: 1, max: 24 })),
          })
          .map(({ peak, ...traffic }) => ({
            ...traffic,
            ...(peak === undefined ? {} : { peakPerSecond: Math.max(0.001, (peak * traffic.requestsPerMonth) / 2e5) }),
          })),
      ),
      latency: maybe(fc.record({ p50: maybe(duration), coldBudget: maybe(duration) })),
      streaming: maybe(fc.boolean()),
      state: maybe(fc.record({ kind: fc.constantFrom(...Object.values(StateKind)) })),
      alwaysOn: maybe(fc.constantFrom(false, false, true)),
      multiAgent: maybe(fc.constantFrom(...Object.values(AgentCoupling))),
      eventSource: maybe(fc.constantFrom(...Object.values(EventSource))),
      payload: maybe(fc.record({ request: maybe(size), response: maybe(size) })),
      constraints: maybe(fc.record({ vpc: fc.boolean(), containerImage: fc.boolean(), euOnly: fc.boolean() })),
    },
    { requiredKeys: [] },
  )
  .map(({ steps, ...profile }) => ({
    ...profile,
    ...(steps === undefined ? {} : { steps: steps.map((each, index) => ({ name: `step ${index + 1}`, ...each })) }),
  }));
