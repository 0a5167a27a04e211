import { durationsOf } from '../../../lib/fleet/arrivals';
import { exponential } from '../../../lib/fleet/distribution';
import { fleetSettings } from '../../../lib/fleet/fleet-settings';
import { Random } from '../../../lib/fleet/random';
import { simulate } from '../../../lib/fleet/simulate';
import type { Work } from '../../../lib/fleet/work';
import { LocalFunctions } from '../local/lambda/local-functions';
import { Gate, type PlayedTrace, playOn, WAITING } from './played-trace';

jest.setTimeout(120_000);

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const COLD_MS = 1_500;
const CONCURRENCY = 5;

/** Hours of requests that overlap and quiet ones in turn: in the quiet ones one environment is used and the others end. */
function busyAndQuiet(hours: number, busy: number, quiet: number, seed: number): Work {
  const random = new Random(seed);
  const at: number[] = [];
  let now = 0;
  const requests = (count: number, gap: number) => {
    for (let request = 0; request < count; request += 1) {
      now += random.exponential(gap);
      at.push(now);
    }
  };
  for (let hour = 0; hour < hours; hour += 1) {
    requests(busy, 4 * SECOND);
    requests(quiet, MINUTE);
  }
  const durations = durationsOf(at.length, exponential(10 * SECOND), random);
  return { at: Float64Array.from(at), durations, countFrom: 0, until: now, dayMs: 1_440 * MINUTE, startOfDayMs: 0 };
}

/** Idle times in the order in which environments come to rest: the same for both. */
function lifetimes(): () => number {
  const random = new Random(99);
  return () => (5 + 2 * random.uniform()) * MINUTE;
}

/** What the simulator says of each request: what the trace up to it has more of than the trace before it. */
function simulated(work: Work): PlayedTrace {
  const [cold, throttled]: [number[], number[]] = [[], []];
  let [environmentsPeak, before] = [0, { cold: 0, throttled: 0 }];
  for (let count = 1; count <= work.at.length; count += 1) {
    const tally = simulate(
      { kind: 'nothing' },
      { ...work, at: work.at.subarray(0, count), durations: work.durations.subarray(0, count) },
      fleetSettings({ coldMs: COLD_MS, concurrency: CONCURRENCY, reserved: true, idleLifetime: lifetimes() }),
    );
    if (tally.cold > before.cold) cold.push(count - 1);
    if (tally.throttled > before.throttled) throttled.push(count - 1);
    [environmentsPeak, before] = [tally.environmentsPeak, tally];
  }
  return { cold, throttled, environmentsPeak };
}

test('the same 520 requests start cold and are refused as in the real pool of the local runner', async () => {
  const work = busyAndQuiet(5, 84, 20, 8);
  const expected = simulated(work);
  // A trace that tells them apart: environments are used again, end, and are refused.
  expect(expected.cold.length).toBeGreaterThan(20);
  expect(expected.throttled.length).toBeGreaterThan(10);

  const functions = new LocalFunctions();
  const gate = new Gate();
  let time = 0;
  const clock = { now: () => time, sleep: () => new Promise<void>(() => undefined) };
  functions.code({ 'index.js': WAITING });
  await gate.start();
  try {
    const lambda = await functions.start([functions.spec('waiting', { reservedConcurrency: CONCURRENCY })], {
      clock,
      freeze: false,
      idleReclaim: { now: () => time, lifetimeMs: lifetimes() },
    });
    const setTime = (now: number) => {
      time = now;
    };
    expect(await playOn(lambda, 'waiting', gate, work, COLD_MS, setTime)).toEqual(expected);
    expect(lambda.coldStarts('waiting')).toBe(expected.cold.length);
  } finally {
    await functions.close();
    await gate.close();
  }
});
