import type { WorkloadFacts } from '../workload/workload-facts';
import { TrafficShape } from '../workload/workload-profile';
import { arrivalsOf, bursts, durationsOf, type RateAt, steady } from './arrivals';
import { dayPattern } from './day-pattern';
import type { Draw } from './distribution';
import { Random } from './random';
import type { Work } from './work';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
const MONTH_HOURS = 730;
const HOURS_OF_A_DAY = 24;
/** A longer time says no more about a day. */
export const MOST_DAYS = 90;
/** Busy hours bring so much of the requests, at three times the average. */
const BUSY_REQUESTS = 0.8;
const BUSY_FACTOR = 3;
/** Where a peak is told that is over the busy hours, minutes at the peak bring so much of their requests. */
const PEAK_REQUESTS = 0.2;
/** Bursts bring so much of the requests, at a hundred times the average where no peak is told. */
const BURST_REQUESTS = 0.5;
const BURST_FACTOR = 100;
const BURST_MS = 60_000;

export interface DrawOptions {
  readonly seed: number;
  readonly arrivals: number;
  readonly mostDays: number;
}

export interface DrawnWork {
  readonly work: Work;
  readonly assumptions: readonly string[];
}

interface Shape {
  readonly rateAt: RateAt;
  readonly daily: boolean;
  readonly says: string;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
const hoursText = (share: number) => Number((share * HOURS_OF_A_DAY).toPrecision(2));

/** A mean rate, of which bursts of a minute bring a share at the rate of the peak. */
function withBursts(random: Random, mean: number, peak: number, carried: number): RateAt {
  if (peak <= mean) return steady(mean);
  const share = (carried * mean) / peak;
  return bursts(random, BURST_MS, (BURST_MS * (1 - share)) / share, peak, ((1 - carried) * mean) / (1 - share));
}

function shapeOf(facts: WorkloadFacts, activeShare: number, dayMs: number, random: Random): Shape {
  const active = facts.activePerSecond! / SECOND_MS;
  const daily = activeShare < 1;
  const hours = daily ? ` in ${hoursText(activeShare)} hours of the day` : '';
  const told = facts.peakPerSecond === undefined ? undefined : facts.peakPerSecond / SECOND_MS;
  if (facts.shape === TrafficShape.BURSTY) {
    const busy = BUSY_FACTOR * active;
    const share = BUSY_REQUESTS / BUSY_FACTOR;
    const parts = [
      { share: share * activeShare, rateAt: withBursts(random, busy, told ?? busy, PEAK_REQUESTS) },
      { share: (1 - share) * activeShare, rateAt: steady(((1 - BUSY_REQUESTS) * active) / (1 - share)) },
    ];
    const peaks = (told ?? 0) > busy ? `, and ${percent(PEAK_REQUESTS)} of those in minutes at the peak` : '';
    return {
      rateAt: dayPattern(dayMs, parts),
      daily: true,
      says: `${percent(BUSY_REQUESTS)} of the requests come in ${hoursText(share * activeShare)} busy hours of the day${peaks}`,
    };
  }
  const says =
    facts.shape === TrafficShape.SPIKY
      ? `half of the requests come in bursts of a minute${hours}, at moments that nobody knows before`
      : `requests come on their own, at the same rate${daily ? hours : ' all day'} (Poisson)`;
  const rateAt =
    facts.shape === TrafficShape.SPIKY ? withBursts(random, active, told ?? BURST_FACTOR * active, BURST_REQUESTS) : steady(active);
  return { rateAt: daily ? dayPattern(dayMs, [{ share: activeShare, rateAt }]) : rateAt, daily, says };
}

/** How long a day and the simulation are, for about so many arrivals. */
function lengths(perMs: number, daily: boolean, arrivals: number, mostDays: number): { dayMs: number; until: number; countFrom: number } {
  const wanted = arrivals / perMs;
  if (!daily) {
    const until = Math.min(wanted, mostDays * DAY_MS);
    return { dayMs: DAY_MS, until, countFrom: until / 10 };
  }
  const days = Math.min(mostDays, Math.floor(wanted / DAY_MS));
  return days >= 2
    ? { dayMs: DAY_MS, until: days * DAY_MS, countFrom: DAY_MS }
    : { dayMs: wanted / 2, until: wanted, countFrom: wanted / 2 };
}

/** Requests as a workload's traffic says, drawn with a seed. */
export function drawWork(facts: WorkloadFacts, activeHours: number, duration: Draw, { seed, arrivals, mostDays }: DrawOptions): DrawnWork {
  const random = new Random(seed);
  const perMs = facts.requestsPerMonth! / (MONTH_HOURS * 3_600 * SECOND_MS);
  const activeShare = activeHours / HOURS_OF_A_DAY;
  const { daily } = shapeOf(facts, activeShare, DAY_MS, random);
  const { dayMs, until, countFrom } = lengths(perMs, daily, arrivals, mostDays);
  const shape = shapeOf(facts, activeShare, dayMs, random);
  const at = arrivalsOf(shape.rateAt, 0, until, random, 3 * arrivals);
  const durations = durationsOf(at.length, duration, random);
  return {
    work: { at, durations, countFrom, until, dayMs, startOfDayMs: 0 },
    assumptions: [
      shape.says,
      ...(dayMs < DAY_MS ? [`a day is simulated in ${Math.round(dayMs / 60_000)} min, since it has more than ${arrivals} requests`] : []),
    ],
  };
}
