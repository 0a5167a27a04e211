import type { Draw } from './distribution';
import type { Random } from './random';

/** A rate that holds for a while. Times are milliseconds. */
export interface RatePiece {
  readonly perMs: number;
  readonly until: number;
}

/** The rate of arrivals from a moment on. */
export type RateAt = (moment: number) => RatePiece;

export const steady =
  (perMs: number): RateAt =>
  () => ({ perMs, until: Number.POSITIVE_INFINITY });

/** Bursts of the same length at moments that nobody knows before. */
export function bursts(random: Random, lengthMs: number, meanGapMs: number, burstPerMs: number, quietPerMs: number): RateAt {
  let piece: RatePiece | undefined;
  let bursting = true;
  return (moment) => {
    while (piece === undefined || piece.until <= moment) {
      bursting = !bursting;
      const begins = piece?.until ?? moment;
      piece = { perMs: bursting ? burstPerMs : quietPerMs, until: begins + (bursting ? lengthMs : random.exponential(meanGapMs)) };
    }
    return piece;
  };
}

/** Poisson arrivals of a rate that changes with time, `most` of them at the most. */
export function arrivalsOf(rateAt: RateAt, from: number, until: number, random: Random, most: number): Float64Array {
  const at = new Float64Array(most);
  let count = 0;
  let now = from;
  let work = random.exponential(1);
  while (now < until && count < most) {
    const { perMs, until: end } = rateAt(now);
    const next = perMs > 0 ? now + work / perMs : Number.POSITIVE_INFINITY;
    if (next >= end) {
      work -= (end - now) * perMs;
      now = end;
      continue;
    }
    now = next;
    if (now < until) {
      at[count] = now;
      count += 1;
    }
    work = random.exponential(1);
  }
  return at.slice(0, count);
}

/** A time for each of so many requests. */
export function durationsOf(count: number, duration: Draw, random: Random): Float64Array {
  const durations = new Float64Array(count);
  for (let index = 0; index < count; index += 1) durations[index] = duration(random);
  return durations;
}
