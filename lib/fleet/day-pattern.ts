import type { RateAt } from './arrivals';

/** A part of a day, in order. */
export interface DayPart {
  /** Share of the day. */
  readonly share: number;
  readonly perMs: number;
}

/** Days that are all the same; what the parts leave of them is without requests. */
export function dayPattern(dayMs: number, parts: readonly DayPart[]): RateAt {
  return (moment) => {
    const day = Math.floor(moment / dayMs) * dayMs;
    let end = day;
    for (const { share, perMs } of parts) {
      end += share * dayMs;
      if (moment < end) return { perMs, until: end };
    }
    return { perMs: 0, until: day + dayMs };
  };
}

/** The same rate in the first hours of a day only. */
export function inFirstPart(dayMs: number, share: number, inner: RateAt): RateAt {
  if (share >= 1) return inner;
  return (moment) => {
    const day = Math.floor(moment / dayMs) * dayMs;
    const evening = day + share * dayMs;
    if (moment >= evening) return { perMs: 0, until: day + dayMs };
    const { perMs, until } = inner(moment);
    return { perMs, until: Math.min(until, evening) };
  };
}
