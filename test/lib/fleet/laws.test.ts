import fc from 'fast-check';
import { fixed } from '../../../lib/fleet/distribution';
import { fleetSettings } from '../../../lib/fleet/fleet-settings';
import type { MechanismPlan } from '../../../lib/fleet/mechanism-plan';
import { simulate } from '../../../lib/fleet/simulate';
import type { Work } from '../../../lib/fleet/work';
import { searchedList } from './searched-list';

const COLD_MS = 1_500;
const LIFETIME_MS = 20_000;

/** Gaps and durations of a few seconds, with idle times that some gaps outlast; no two moments are the same. */
const anyWork: fc.Arbitrary<Work> = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 30_000 }), duration: fc.integer({ min: 0, max: 20_000 }) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((requests) => {
    let now = 0;
    const at = requests.map(({ gap }, index) => (now += gap / (index % 3 === 0 ? 1 : 20) + 1 / 1_024));
    return {
      at: Float64Array.from(at),
      durations: Float64Array.from(requests, ({ duration }, index) => duration + (index + 1) / 65_536),
      countFrom: 0,
      until: now + 60_000,
      dayMs: 86_400_000,
      startOfDayMs: 0,
    };
  });

const anyPlan: fc.Arbitrary<MechanismPlan> = fc.oneof(
  fc.constant<MechanismPlan>({ kind: 'nothing' }),
  fc.record({
    kind: fc.constant('ping' as const),
    environments: fc.integer({ min: 1, max: 4 }),
    everyMs: fc.constant(60_000),
    holdMs: fc.constant(500),
  }),
  fc.record({ kind: fc.constant('fixed' as const), environments: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('managedInstances' as const), environments: fc.integer({ min: 1, max: 4 }), concurrency: fc.constant(1) }),
  fc.constant<MechanismPlan>({ kind: 'autoscaled', min: 1, max: 4, target: 0.7 }),
);

const settingsOf = (concurrency: number, queued = false) =>
  fleetSettings({ coldMs: COLD_MS, concurrency, queued, idleLifetime: fixed(LIFETIME_MS) });

test('cold starts and refusals are those of a list that is searched for each request', () => {
  fc.assert(
    fc.property(anyWork, fc.integer({ min: 1, max: 5 }), (work, concurrency) => {
      const { cold, throttled } = simulate({ kind: 'nothing' }, work, settingsOf(concurrency));
      expect({ cold, throttled }).toEqual(searchedList(work, concurrency, COLD_MS, LIFETIME_MS));
    }),
    { numRuns: 500 },
  );
});

test('every request is answered or refused once, whatever keeps the fleet ready', () => {
  fc.assert(
    fc.property(anyPlan, anyWork, (plan, work) => {
      const tally = simulate(plan, work, settingsOf(5));
      expect(tally.latencies.length + tally.throttled).toBe(work.at.length);
      expect(tally.cold).toBeLessThanOrEqual(tally.latencies.length - tally.answeredAhead);
      expect(tally.environmentsPeak).toBeLessThanOrEqual(5);
      expect([...tally.latencies]).toEqual([...tally.latencies].sort((one, other) => one - other));
    }),
    { numRuns: 300 },
  );
});

test('a queue refuses nobody, and nobody waits where there is room', () => {
  fc.assert(
    fc.property(anyWork, fc.integer({ min: 1, max: 5 }), (work, concurrency) => {
      const tally = simulate({ kind: 'nothing' }, work, settingsOf(concurrency, true));
      expect([tally.throttled, tally.latencies.length]).toEqual([0, work.at.length]);
      if (searchedList(work, concurrency, COLD_MS, LIFETIME_MS).throttled === 0) expect(tally.waited).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('what never ends is paid for as long as it is there', () => {
  fc.assert(
    fc.property(anyWork, fc.integer({ min: 1, max: 4 }), (work, environments) => {
      const { provisionedMs, spanMs } = simulate({ kind: 'fixed', environments }, work, settingsOf(5));
      expect(provisionedMs).toBeCloseTo(environments * spanMs, 3);
    }),
    { numRuns: 100 },
  );
});
