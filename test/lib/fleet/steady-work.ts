import { arrivalsOf, durationsOf, steady } from '../../../lib/fleet/arrivals';
import type { Draw } from '../../../lib/fleet/distribution';
import { Random } from '../../../lib/fleet/random';
import type { Work } from '../../../lib/fleet/work';

const DAY_MS = 86_400_000;

/** Poisson arrivals, of which the first tenth only fills the fleet. */
export function steadyWork(perSecond: number, service: Draw, count: number, seed = 1): Work {
  const random = new Random(seed);
  const until = (count / perSecond) * 1_000;
  const at = arrivalsOf(steady(perSecond / 1_000), 0, until, random, 2 * count);
  const durations = durationsOf(at.length, service, random);
  return { at, durations, countFrom: until / 10, until, dayMs: DAY_MS, startOfDayMs: 0 };
}
