import { between, exponential, fixed } from '../../../lib/fleet/distribution';
import { fleetSettings } from '../../../lib/fleet/fleet-settings';
import type { MechanismPlan } from '../../../lib/fleet/mechanism-plan';
import { simulate } from '../../../lib/fleet/simulate';
import type { Work } from '../../../lib/fleet/work';
import { erlangB, erlangC, meanWait } from './queueing-theory';
import { steadyWork } from './steady-work';

const NOTHING = { kind: 'nothing' } as const;
const FOREVER = fixed(Number.POSITIVE_INFINITY);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Off by so much of what theory says. */
const off = (simulated: number, theory: number) => Math.abs(simulated / theory - 1);

/** Requests at those moments, each with a time of work. */
function given(at: readonly number[], duration = 100, until = (at.at(-1) ?? 0) + HOUR): Work {
  return {
    at: Float64Array.from(at),
    durations: new Float64Array(at.length).fill(duration),
    countFrom: 0,
    until,
    dayMs: 24 * HOUR,
    startOfDayMs: 0,
  };
}

const every = (gap: number, count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index * gap);
const together = (count: number, at = 0) => Array.from({ length: count }, () => at);

describe('queueing theory, within 2 %', () => {
  test.each([
    [1, 0.5],
    [5, 4],
    [10, 9],
    [20, 20],
  ])('Erlang B: reserved concurrency %i refuses what a loss system refuses at %d erlangs', (concurrency, load) => {
    const work = steadyWork(load, exponential(SECOND), 300_000);
    const { throttled, requests } = simulate(NOTHING, work, fleetSettings({ coldMs: 0, concurrency, idleLifetime: FOREVER }));
    expect(off(throttled / requests, erlangB(concurrency, load))).toBeLessThan(0.02);
  });

  test('Erlang B holds for any service time, also a constant one', () => {
    const work = steadyWork(4, fixed(SECOND), 300_000);
    const { throttled, requests } = simulate(NOTHING, work, fleetSettings({ coldMs: 0, concurrency: 5, idleLifetime: FOREVER }));
    expect(off(throttled / requests, erlangB(5, 4))).toBeLessThan(0.02);
  });

  test('Erlang B holds for Managed Instances, which refuse what is over their capacity', () => {
    const work = steadyWork(9, exponential(SECOND), 300_000);
    const plan = { kind: 'managedInstances', environments: 5, concurrency: 2 } as const;
    const { throttled, requests, cold } = simulate(plan, work, fleetSettings({ coldMs: 0 }));
    expect(off(throttled / requests, erlangB(10, 9))).toBeLessThan(0.02);
    expect(cold).toBe(0);
  });

  test('Erlang B holds for what spills over from provisioned concurrency', () => {
    const work = steadyWork(4, exponential(SECOND), 300_000);
    const { answeredAhead, requests, throttled } = simulate({ kind: 'fixed', environments: 5 }, work, fleetSettings({ coldMs: 0 }));
    expect(off(1 - answeredAhead / requests, erlangB(5, 4))).toBeLessThan(0.02);
    expect(throttled).toBe(0);
  });

  test.each([
    [2, 1],
    [5, 3.5],
    [10, 8],
  ])('Erlang C: with %i environments behind a queue as many wait as theory says at %d erlangs, and as long', (concurrency, load) => {
    const work = steadyWork(load, exponential(SECOND), 400_000);
    const settings = fleetSettings({ coldMs: 0, concurrency, queued: true, idleLifetime: FOREVER });
    const { waited, waitedMs, requests, throttled } = simulate(NOTHING, work, settings);
    expect(throttled).toBe(0);
    expect(off(waited / requests, erlangC(concurrency, load))).toBeLessThan(0.02);
    expect(off(waitedMs / requests / SECOND, meanWait(concurrency, load))).toBeLessThan(0.02);
  });

  test('one environment is cold when the gap outlasts its idle time: exp(-rate x time) of the requests', () => {
    const work = steadyWork(1 / 300, fixed(0), 300_000);
    const { cold, requests } = simulate(NOTHING, work, fleetSettings({ coldMs: 0.001, idleLifetime: fixed(10 * MINUTE) }));
    expect(off(cold / requests, Math.exp(-2))).toBeLessThan(0.02);
  });

  test('an idle time that is drawn makes it cold as often as the mean of exp(-rate x time)', () => {
    const work = steadyWork(1 / 300, fixed(0), 300_000);
    const { cold, requests } = simulate(NOTHING, work, fleetSettings({ coldMs: 0.001, idleLifetime: between(5 * MINUTE, 7 * MINUTE) }));
    expect(off(cold / requests, (Math.exp(-1) - Math.exp(-1.4)) / 0.4)).toBeLessThan(0.02);
  });
});

describe('environments', () => {
  const settings = fleetSettings({ coldMs: 2 * SECOND, idleLifetime: fixed(6 * MINUTE) });

  test('requests at once start one environment each, and later ones use them again', () => {
    const { cold, environmentsPeak } = simulate(NOTHING, given([...together(3), ...together(3, MINUTE)]), settings);
    expect({ cold, environmentsPeak }).toEqual({ cold: 3, environmentsPeak: 3 });
  });

  test('the one used last is used next, so the others end', () => {
    const one = every(MINUTE, 10, MINUTE);
    const { cold } = simulate(NOTHING, given([...together(2), ...one, ...together(2, 11 * MINUTE)]), settings);
    expect(cold).toBe(3);
  });

  test('an answer from a new environment takes its start as well', () => {
    const { latencies } = simulate(NOTHING, given([0, MINUTE]), settings);
    expect([...latencies]).toEqual([100, 2_100]);
  });

  test('their time counts while they work and while they are idle, until they end', () => {
    const { environmentMs, spanMs } = simulate(NOTHING, given([0], 100, HOUR), settings);
    expect({ environmentMs, spanMs }).toEqual({ environmentMs: 2_100 + 6 * MINUTE, spanMs: HOUR });
  });

  test('a thousand start at once and a hundred with each second; the others are refused', () => {
    const wide = { ...settings, concurrency: 10_000, requestRate: 1_000 };
    expect(simulate(NOTHING, given(together(1_500), 10 * SECOND), wide).throttled).toBe(500);
    const { throttled } = simulate(NOTHING, given([...together(1_000), ...together(200, SECOND)], 10 * SECOND), wide);
    expect(throttled).toBe(100);
  });

  test('more requests per second than ten for each unit of concurrency are refused', () => {
    const { throttled } = simulate(NOTHING, given(every(10, 50), 1), { ...settings, coldMs: 0, concurrency: 1 });
    expect(throttled).toBe(50 - 10 - 4);
  });
});

describe('pings', () => {
  const settings = fleetSettings({ coldMs: 2 * SECOND, idleLifetime: between(5 * MINUTE, 7 * MINUTE) });
  const ping: MechanismPlan = { kind: 'ping', environments: 3, everyMs: 5 * MINUTE, holdMs: 500 };

  test('keep so many environments that as many requests at once find one', () => {
    const work = given([HOUR, HOUR, HOUR, 2 * HOUR, 2 * HOUR].map((at) => at + MINUTE));
    expect(simulate(NOTHING, work, settings).cold).toBe(5);
    const { cold, coldPings, pings } = simulate(ping, work, settings);
    // The first round was half an interval before the trace, and does not count.
    expect({ cold, coldPings, rounds: pings / 3 }).toEqual({ cold: 0, coldPings: 0, rounds: 36 });
  });

  test('one ping at a time keeps one environment, and the others of a burst start cold', () => {
    expect(simulate({ ...ping, environments: 1 }, given(together(4, HOUR + MINUTE)), settings).cold).toBe(3);
  });

  test('a request that comes while they are held gets another environment', () => {
    expect(simulate(ping, given([HOUR, 2 * HOUR + 2.5 * MINUTE + 100]), settings).cold).toBe(1);
  });

  test('an environment that ended comes back cold at a ping and not at a request', () => {
    const rare = { ...ping, everyMs: 8 * MINUTE };
    const { cold, coldPings, pings } = simulate(rare, given([HOUR + 5 * MINUTE]), settings);
    // The one that the request used is still there at the next round.
    expect({ cold, coldPings, pings }).toEqual({ cold: 0, coldPings: 3 * 16 - 1, pings: 3 * 16 });
  });

  test('leave the last of a reserved concurrency to users', () => {
    const { pings, pingRounds } = simulate(ping, given([HOUR]), { ...settings, concurrency: 3, reserved: true });
    expect(pings / pingRounds).toBe(2);
  });

  test('are sent in their hours only', () => {
    const { pingRounds } = simulate({ ...ping, hours: { from: 8, to: 10 } }, given([0], 100, 24 * HOUR), settings);
    expect(pingRounds).toBe(24);
  });
});

describe('provisioned concurrency', () => {
  const settings = fleetSettings({ coldMs: 2 * SECOND, idleLifetime: fixed(6 * MINUTE) });

  test('is never cold, and what is over it starts on demand', () => {
    const { cold, answeredAhead } = simulate({ kind: 'fixed', environments: 3 }, given(together(5, HOUR)), settings);
    expect({ cold, answeredAhead }).toEqual({ cold: 2, answeredAhead: 3 });
  });

  test('takes its part of a reserved concurrency', () => {
    const { throttled } = simulate({ kind: 'fixed', environments: 3 }, given(together(6, HOUR)), { ...settings, concurrency: 4 });
    expect(throttled).toBe(2);
  });

  test('by the clock is there in its hours, and paid for no longer', () => {
    const plan: MechanismPlan = { kind: 'scheduled', environments: 2, otherwise: 0, hours: { from: 9, to: 17 } };
    const { cold, answeredAhead, provisionedMs } = simulate(plan, given([8.5 * HOUR, 9.5 * HOUR, 18 * HOUR], 100, 24 * HOUR), settings);
    expect({ cold, answeredAhead, hours: provisionedMs / HOUR }).toEqual({ cold: 2, answeredAhead: 1, hours: 16 });
  });

  test('is not taken back in minutes without a request, which give the alarm no data', () => {
    const plan: MechanismPlan = { kind: 'autoscaled', min: 1, max: 10, target: 0.7 };
    const busy = given(every(250, 4 * 60 * 20), SECOND, 20 * MINUTE);
    const [atPeak, after] = [simulate(plan, busy, settings), simulate(plan, { ...busy, until: 80 * MINUTE }, settings)];
    expect(atPeak.environmentsPeak).toBeGreaterThan(5);
    expect(after.provisionedMs - atPeak.provisionedMs).toBeGreaterThan(5 * HOUR);
  });

  test('that follows its utilization comes minutes after the load, and goes minutes later still', () => {
    const load = [...every(250, 4 * 60 * 30, 0), ...every(10 * SECOND, 6 * 60, 30 * MINUTE)];
    const work = given(load, SECOND);
    const plan: MechanismPlan = { kind: 'autoscaled', min: 1, max: 10, target: 0.7 };
    const within = (minutes: number) => {
      const cut = load.filter((at) => at < minutes * MINUTE);
      return simulate(
        plan,
        { ...work, at: Float64Array.from(cut), durations: work.durations.subarray(0, cut.length), until: minutes * MINUTE },
        settings,
      );
    };
    expect(within(3).provisionedMs).toBe(3 * MINUTE);
    expect(within(5).provisionedMs).toBeGreaterThan(5 * MINUTE);
    const [atPeak, after] = [within(30), within(90)];
    expect(atPeak.environmentsPeak).toBeGreaterThan(5);
    // An hour with next to nothing to do is not an hour at the capacity of the peak.
    expect(after.provisionedMs - atPeak.provisionedMs).toBeLessThan(3 * HOUR);
  });
});
