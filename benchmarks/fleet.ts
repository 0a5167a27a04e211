import { arrivalsOf, durationsOf, steady } from '../lib/fleet/arrivals';
import { exponential, fixed } from '../lib/fleet/distribution';
import { fleetSettings } from '../lib/fleet/fleet-settings';
import { Random } from '../lib/fleet/random';
import { simulate } from '../lib/fleet/simulate';
import type { Work } from '../lib/fleet/work';
import { median } from './measure';
import type { Figure } from './report';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const COLD_MS = 2_000;
const LIFETIME_MS = 6 * MINUTE_MS;
/** Environments that work at once, on average. */
const LOAD = 50;
const SIZES = [10_000, 100_000, 1_000_000];

function draw(arrivals: number): Work {
  const random = new Random(1);
  const until = (arrivals / LOAD) * SECOND_MS;
  const at = arrivalsOf(steady(LOAD / SECOND_MS), 0, until, random, 2 * arrivals);
  return {
    at,
    durations: durationsOf(at.length, exponential(SECOND_MS), random),
    countFrom: 0,
    until,
    dayMs: 1_440 * MINUTE_MS,
    startOfDayMs: 0,
  };
}

/** The plain way: a list of environments, searched for each request for the one that was used last of those that wait. */
function searchedList({ at, durations }: Work): number {
  const environments: { freeAt: number }[] = [];
  let cold = 0;
  for (let index = 0; index < at.length; index += 1) {
    const now = at[index]!;
    let found: { freeAt: number } | undefined;
    for (const environment of environments) {
      const waits = environment.freeAt <= now && now < environment.freeAt + LIFETIME_MS;
      if (waits && (found === undefined || environment.freeAt > found.freeAt)) found = environment;
    }
    if (found === undefined) {
      cold += 1;
      environments.push({ freeAt: now + COLD_MS + durations[index]! });
    } else found.freeAt = now + durations[index]!;
  }
  return cold;
}

function simulated(work: Work): number {
  return simulate({ kind: 'nothing' }, work, fleetSettings({ coldMs: COLD_MS, idleLifetime: fixed(LIFETIME_MS) })).cold;
}

function timed<T>(run: () => T): { readonly result: T; readonly ms: number } {
  const start = performance.now();
  const result = run();
  return { result, ms: performance.now() - start };
}

/** What a simulation takes at three sizes, beside the plain way, which must find the same cold starts. */
export function fleetTimes(rounds: number): Figure[] {
  return SIZES.map((size) => {
    const work = draw(size);
    const pairs = Array.from({ length: Math.max(3, Math.ceil(rounds / 3)) }, () => {
      const [ours, theirs] = [timed(() => simulated(work)), timed(() => searchedList(work))];
      if (ours.result !== theirs.result) throw new Error(`${ours.result} cold starts, and ${theirs.result} by searching a list`);
      return { ours: ours.ms, theirs: theirs.ms };
    });
    return {
      what: `fleet of ${LOAD} busy environments, ${size.toLocaleString('en-US')} requests`,
      peer: 'a searched list of environments',
      ours: median(pairs.map(({ ours }) => ours)),
      theirs: median(pairs.map(({ theirs }) => theirs)),
      unit: 'ms',
      ...(size > 10_000 && { bar: 1 }),
    };
  });
}
