import type { WorkloadFacts } from '../workload/workload-facts';
import { TrafficShape } from '../workload/workload-profile';
import { arrivalsOf, bursts, durationsOf, type RateAt, steady } from './arrivals';
import { dayPattern, inFirstPart } from './day-pattern';
import type { Draw } from './distribution';
import { Random } from './random';
import type { Work } from './work';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
const MONTH_HOURS = 730;
const HOURS_OF_A_DAY = 24;
/** A longer time says no more about a day. */
const MOST_DAYS = 90;
/** Busy hours bring so much of the requests, at three times the average where no peak is told. */
const BUSY_REQUESTS = 0.8;
const BUSY_FACTOR = 3;
/** Bursts bring so much of the requests, a minute each, at a hundred times the average where no peak is told. */
const BURST_REQUESTS = 0.5;
const BURST_FACTOR = 100;
const BURST_MS = 60_000;

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

function shapeOf(facts: WorkloadFacts, activeShare: number, dayMs: number, random: Random): Shape {
  const active = facts.activePerSecond! / SECOND_MS;
  const daily = activeShare < 1;
  const hours = daily ? ` in ${Number((activeShare * HOURS_OF_A_DAY).toPrecision(3))} hours of the day` : '';
  const told = facts.peakPerSecond === undefined ? undefined : facts.peakPerSecond / SECOND_MS;
  if (facts.shape === TrafficShape.BURSTY) {
    const busy = Math.max(told ?? BUSY_FACTOR * active, active);
    const share = (BUSY_REQUESTS * active) / busy;
    const quiet = ((1 - BUSY_REQUESTS) * active) / (1 - share);
    const parts = [
      { share: share * activeShare, perMs: busy },
      { share: (1 - share) * activeShare, perMs: quiet },
    ];
    return {
      rateAt: dayPattern(dayMs, parts),
      daily: true,
      says: `${percent(BUSY_REQUESTS)} of the requests come in the busy ${percent(share * activeShare)} of the day${hours}`,
    };
  }
  if (facts.shape === TrafficShape.SPIKY) {
    const peak = Math.max(told ?? BURST_FACTOR * active, active);
    const share = (BURST_REQUESTS * active) / peak;
    const quiet = ((1 - BURST_REQUESTS) * active) / (1 - share);
    const gap = (BURST_MS * (1 - share)) / share;
    const inner = bursts(random, BURST_MS, gap, peak, quiet);
    return {
      rateAt: inFirstPart(dayMs, activeShare, inner),
      daily,
      says: `half of the requests come in bursts of a minute${hours}, at moments that nobody knows before`,
    };
  }
  return {
    rateAt: inFirstPart(dayMs, activeShare, steady(active)),
    daily,
    says: `requests come on their own, at the same rate${daily ? hours : ' all day'} (Poisson)`,
  };
}

/** How long a day and the simulation are, for about so many arrivals. */
function lengths(perMs: number, daily: boolean, arrivals: number): { dayMs: number; until: number; countFrom: number } {
  const wanted = arrivals / perMs;
  if (!daily) {
    const until = Math.min(wanted, MOST_DAYS * DAY_MS);
    return { dayMs: DAY_MS, until, countFrom: until / 10 };
  }
  const days = Math.min(MOST_DAYS, Math.floor(wanted / DAY_MS));
  return days >= 2
    ? { dayMs: DAY_MS, until: days * DAY_MS, countFrom: DAY_MS }
    : { dayMs: wanted / 2, until: wanted, countFrom: wanted / 2 };
}

/** Requests as a workload's traffic says, drawn with a seed. */
export function drawWork(facts: WorkloadFacts, activeHours: number, duration: Draw, seed: number, arrivals: number): DrawnWork {
  const random = new Random(seed);
  const perMs = facts.requestsPerMonth! / (MONTH_HOURS * 3_600 * SECOND_MS);
  const activeShare = activeHours / HOURS_OF_A_DAY;
  const { daily } = shapeOf(facts, activeShare, DAY_MS, random);
  const { dayMs, until, countFrom } = lengths(perMs, daily, arrivals);
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
