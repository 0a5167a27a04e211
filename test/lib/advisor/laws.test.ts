import { Duration, Size } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { decide } from '../../../lib/advisor/decide';
import { dialsOf } from '../../../lib/advisor/dials';
import { flipsOf } from '../../../lib/advisor/flips';
import { Verdict } from '../../../lib/advisor/recommendation';
import { WorkloadAdvisor } from '../../../lib/advisor/workload-advisor';
import type { TimeRange, WorkloadProfile } from '../../../lib/workload/workload-profile';
import { anyProfile } from './profile-arbitrary';

jest.setTimeout(120_000);

const recommend = (profile: WorkloadProfile) => WorkloadAdvisor.recommend(profile, { estimates: false });

test('the first target fits, unless none does, and then the answer says what must be split', () => {
  fc.assert(
    fc.property(anyProfile, (profile) => {
      const { verdict, targets, summary } = recommend(profile);
      const first = targets[0]!;
      expect(first.fits && !first.comparisonOnly).toBe(verdict !== Verdict.NONE);
      if (verdict !== Verdict.NONE) return expect(first.verdict).toBe(verdict);
      expect(targets.filter(({ fits, comparisonOnly }) => fits && !comparisonOnly)).toEqual([]);
      expect(summary).toMatch(/^No target fits, because \w.*\. Split the work/);
    }),
    { numRuns: 60 },
  );
});

test('a target fits exactly where no binding limit is passed', () => {
  fc.assert(
    fc.property(anyProfile, (profile) => {
      for (const { fits, limits } of recommend(profile).targets) {
        expect(fits).toBe(limits.every((limit) => limit.fits || !limit.binding));
      }
    }),
    { numRuns: 40 },
  );
});

test('every target stands in the answer once, those that fit before those that do not', () => {
  fc.assert(
    fc.property(anyProfile, (profile) => {
      const own = decide(profile).standings;
      expect(new Set(own.map(({ definition }) => definition.target)).size).toBe(19);
      const groups = own.map(({ definition, fits }) => (definition.comparisonOnly ? 2 : fits ? 0 : 1));
      expect(groups).toEqual([...groups].sort());
    }),
  );
});

const longer = ({ typical, worst }: TimeRange, factor: number): TimeRange => {
  const times = (time: Duration) => Duration.millis(time.toMilliseconds({ integral: false }) * factor);
  return { typical: times(typical), ...(worst === undefined ? {} : { worst: times(worst) }) };
};
const larger = (size: Size, factor: number) => Size.bytes(size.toBytes() * factor);

const RAISES: Record<string, (profile: WorkloadProfile, factor: number) => WorkloadProfile> = {
  duration: ({ duration, steps, ...profile }, factor) => ({
    ...profile,
    ...(duration === undefined ? {} : { duration: longer(duration, factor) }),
    ...(steps === undefined ? {} : { steps: steps.map((step) => ({ ...step, duration: longer(step.duration, factor) })) }),
  }),
  memory: ({ memory, steps, ...profile }, factor) => ({
    ...profile,
    ...(memory === undefined ? {} : { memory: larger(memory, factor) }),
    ...(steps === undefined
      ? {}
      : { steps: steps.map((step) => ({ ...step, ...(step.memory === undefined ? {} : { memory: larger(step.memory, factor) }) })) }),
  }),
  traffic: ({ traffic, ...profile }, factor) => {
    if (traffic === undefined) return profile;
    const { requestsPerMonth, peakPerSecond } = traffic;
    const peak = peakPerSecond === undefined ? {} : { peakPerSecond: peakPerSecond * factor };
    return { ...profile, traffic: { ...traffic, requestsPerMonth: requestsPerMonth * factor, ...peak } };
  },
};

test.each(Object.keys(RAISES))('more %s never makes a target fit that did not', (fact) => {
  fc.assert(
    fc.property(anyProfile, fc.double({ min: 1, max: 100, noNaN: true }), (profile, factor) => {
      const misfits = (of: WorkloadProfile) => decide(of).standings.flatMap(({ definition, fits }) => (fits ? [] : [definition.target]));
      expect(misfits(RAISES[fact]!(profile, factor))).toEqual(expect.arrayContaining(misfits(profile)));
    }),
    { numRuns: 300 },
  );
});

/** Profiles that stand half a percent before a threshold, so that one percent crosses it. */
function atThresholds(profile: WorkloadProfile): WorkloadProfile[] {
  const dials = new Map(dialsOf(profile).map((dial) => [dial.fact, dial]));
  return flipsOf(profile, decide(profile)).flatMap(({ fact, value }) => {
    const dial = dials.get(fact);
    if (dial === undefined || value === undefined) return [];
    return [dial.turn(value > dial.value ? value / 1.005 : value * 1.005)];
  });
}

test('one percent more or less of a fact changes the answer only at a threshold that is told', () => {
  let crossed = 0;
  fc.assert(
    fc.property(anyProfile, (random) => {
      for (const profile of [random, ...atThresholds(random).slice(0, 3)]) {
        const now = decide(profile);
        const flips = flipsOf(profile, now);
        for (const { fact, value, least, most, turn } of dialsOf(profile)) {
          for (const moved of [value / 1.01, value * 1.01]) {
            if (value <= 0 || moved < least || moved > most || decide(turn(moved)).first === now.first) continue;
            crossed++;
            const told = flips.filter((flip) => flip.fact === fact).map((flip) => flip.value!);
            const [low, high] = [Math.min(value, moved) / 1.000001, Math.max(value, moved) * 1.000001];
            expect(told.some((at) => at >= low && at <= high)).toBe(true);
          }
        }
      }
    }),
    { numRuns: 40 },
  );
  expect(crossed).toBeGreaterThan(5);
});

test('a threshold that is told is one: on one side of it the answer is as now, on the other as told', () => {
  let seen = 0;
  fc.assert(
    fc.property(anyProfile, (profile) => {
      const now = decide(profile);
      const dials = new Map(dialsOf(profile).map((dial) => [dial.fact, dial]));
      for (const flip of flipsOf(profile, now)) {
        const dial = dials.get(flip.fact);
        if (dial === undefined || flip.value === undefined) continue;
        seen++;
        const then = decide(dial.turn(flip.value));
        expect(then.first).not.toBe(now.first);
        expect(then.verdict).toBe(flip.verdict);
        const back = flip.value > dial.value ? Math.max(dial.value, flip.value / 1.002) : Math.min(dial.value, flip.value * 1.002);
        expect(decide(dial.turn(back)).first).toBe(now.first);
      }
    }),
    { numRuns: 40 },
  );
  expect(seen).toBeGreaterThan(5);
});

test('a profile without facts has an answer that is not settled, and asks for what could change it', () => {
  const { verdict, settled, openQuestions, targets } = recommend({});
  expect(verdict).toBe(Verdict.SERVERLESS);
  expect(settled).toBe(false);
  expect(openQuestions.map(({ fact }) => fact)).toEqual([
    'duration',
    'memory',
    'packageSize',
    'traffic.requestsPerMonth',
    'traffic.shape',
    'multiAgent',
  ]);
  expect(targets[0]!.limits.filter(({ fact }) => fact === 'duration' || fact === 'memory')).toEqual(
    expect.arrayContaining([expect.not.objectContaining({ needed: expect.anything() })]),
  );
});

test('what is not known lets no rule speak and takes no target out', () => {
  const { rules, targets } = recommend({});
  expect(rules).toEqual([]);
  expect(targets.every(({ fits }) => fits)).toBe(true);
});
