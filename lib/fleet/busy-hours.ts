import type { DayHours } from './mechanism-plan';
import { hourOf, type Work } from './work';

const HOURS = 24;
/** Hours that bring so much of the requests are the busy ones. */
const MOST_REQUESTS = 0.95;
/** More hours than these leave too little of a day to save anything. */
const LONGEST = 18;

/** The fewest hours in a row that bring almost all requests; undefined where the day has no quiet part, or no whole day is known. */
export function busyHoursOf(work: Work): DayHours | undefined {
  if (work.until - work.countFrom < work.dayMs) return undefined;
  const counts = new Array<number>(HOURS).fill(0);
  for (const at of work.at) counts[Math.floor(hourOf(work, at))]! += 1;
  const enough = MOST_REQUESTS * work.at.length;
  for (let length = 1; length <= LONGEST; length += 1) {
    for (let from = 0; from < HOURS; from += 1) {
      let sum = 0;
      for (let hour = 0; hour < length; hour += 1) sum += counts[(from + hour) % HOURS]!;
      if (sum >= enough) return { from, to: (from + length) % HOURS || HOURS };
    }
  }
  return undefined;
}
