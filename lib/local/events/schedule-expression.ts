import { Cron } from 'croner';
import { instantAt, offsetAt } from './zoned-time';

/** When a schedule fires. */
export interface FiringTimes {
  /** The first time after `after`, in epoch milliseconds; undefined when there is none. */
  next(after: number): number | undefined;
}

export interface ExpressionOptions {
  /** IANA name. */
  readonly timezone: string;
  /** Epoch milliseconds from which a rate counts. */
  readonly anchor: number;
}

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const HOUR_MS = 3_600_000;
const CRON_FIELDS = 6;

/**
 * Reads `rate(…)`, `cron(…)` or `at(…)` as EventBridge Scheduler and the schedules of rules write them.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 *
 * @throws when AWS would refuse the expression
 */
export function firingTimes(expression: string, options: ExpressionOptions): FiringTimes {
  const [, kind, inside = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') return rate(expression, inside, options.anchor);
  if (kind === 'cron') return cron(expression, inside, options.timezone);
  if (kind === 'at') return once(expression, inside, options.timezone);
  throw refused(expression, 'it must be rate(value unit), cron(six fields) or at(yyyy-mm-ddThh:mm:ss)');
}

function rate(expression: string, inside: string, anchor: number): FiringTimes {
  const [, count = '', unit = ''] = /^(\d+)\s+(minute|hour|day)s?$/.exec(inside.trim()) ?? [];
  const period = Number(count) * (UNITS[unit] ?? 0);
  if (!(period > 0)) throw refused(expression, 'a rate is a positive whole number and minutes, hours or days');
  return { next: (after) => anchor + Math.max(1, Math.floor((after - anchor) / period) + 1) * period };
}

function once(expression: string, inside: string, timezone: string): FiringTimes {
  const local = inside.trim();
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(local) ? instantAt(local, timezone) : Number.NaN;
  if (Number.isNaN(at)) throw refused(expression, 'a time is written as yyyy-mm-ddThh:mm:ss');
  return { next: (after) => (at > after ? at : undefined) };
}

function cron(expression: string, inside: string, timezone: string): FiringTimes {
  const fields = inside.trim().split(/\s+/);
  if (fields.length !== CRON_FIELDS) throw refused(expression, `it must have ${CRON_FIELDS} fields, got ${fields.length}`);
  const [, , dayOfMonth, , dayOfWeek] = fields;
  if ((dayOfMonth === '?') === (dayOfWeek === '?'))
    throw refused(expression, 'one of day-of-month and day-of-week must be ?, the other not');
  // A bare L in the weekdays is the last day of the week.
  const [minutes, hours, days, months, weekdays, years] = fields.map((field, index) => {
    if (field === '?') return '*';
    return index === 4 && field === 'L' ? '7' : field;
  });
  const job = read(expression, `0 ${minutes} ${hours} ${days} ${months} ${weekdays} ${years}`, timezone);
  return {
    next: (after) => {
      let at = job.nextRun(new Date(after))?.getTime();
      while (at !== undefined && (!job.match(new Date(at)) || happenedBefore(at, timezone))) at = job.nextRun(new Date(at))?.getTime();
      return at;
    },
  };
}

function read(expression: string, pattern: string, timezone: string): Cron {
  try {
    return new Cron(pattern, { timezone, mode: '7-part', alternativeWeekdays: true, sloppyRanges: true, paused: true });
  } catch (error) {
    throw refused(expression, (error as Error).message);
  }
}

/** The hour that a change of the clocks repeats does not fire again: the wall showed the same an hour ago. */
function happenedBefore(at: number, timezone: string): boolean {
  return offsetAt(at - HOUR_MS, timezone) - offsetAt(at, timezone) === HOUR_MS;
}

function refused(expression: string, why: string): Error {
  return new Error(`schedule expression ${expression} is not valid: ${why}`);
}
