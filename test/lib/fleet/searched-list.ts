import type { Work } from '../../../lib/fleet/work';

export interface Counted {
  readonly cold: number;
  readonly throttled: number;
}

/** The plain way: a list of environments, searched for each request for the one that was used last of those that wait. */
export function searchedList({ at, durations }: Work, concurrency: number, coldMs: number, lifetimeMs: number): Counted {
  const freeAt: number[] = [];
  let [cold, throttled] = [0, 0];
  for (let index = 0; index < at.length; index += 1) {
    const now = at[index]!;
    const waiting = freeAt.filter((end) => end <= now && now < end + lifetimeMs);
    if (freeAt.filter((end) => end > now).length >= concurrency) throttled += 1;
    else if (waiting.length === 0) {
      cold += 1;
      freeAt.push(now + coldMs + durations[index]!);
    } else freeAt[freeAt.indexOf(Math.max(...waiting))] = now + durations[index]!;
  }
  return { cold, throttled };
}
