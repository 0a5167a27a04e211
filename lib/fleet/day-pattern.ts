import type { RateAt } from './arrivals';

/** A part of a day, in order. */
export interface DayPart {
  /** Share of the day. */
  readonly share: number;
  readonly rateAt: RateAt;
}

/** Days that are all the same; what the parts leave of them is without requests. */
export function dayPattern(dayMs: number, parts: readonly DayPart[]): RateAt {
  return (moment) => {
    const day = Math.floor(moment / dayMs) * dayMs;
    let end = day;
    for (const { share, rateAt } of parts) {
      end += share * dayMs;
      if (moment >= end) continue;
      const { perMs, until } = rateAt(moment);
      return { perMs, until: Math.min(until, end) };
    }
    return { perMs: 0, until: day + dayMs };
  };
}
