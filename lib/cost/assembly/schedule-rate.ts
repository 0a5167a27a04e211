const UNIT_HOURS: Readonly<Record<string, number>> = { minute: 1 / 60, hour: 1, day: 24 };
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEK = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const DAY_MS = 86_400_000;
const MINUTES_OF_DAY = 1440;
/** A year without a 29th of February, which stands for any year. */
const YEAR = 2027;
export const YEAR_DAYS = 365;
const YEAR_HOURS = YEAR_DAYS * 24;

/** Times of a cron expression in one year, in minutes from its start. */
export interface CronTimes {
  /** Days of the year, from 0. */
  readonly days: readonly number[];
  /** Minutes of each of those days. */
  readonly minutes: readonly number[];
}

/**
 * How often an expression of EventBridge (Scheduler) fires in a month of so many hours; undefined where it cannot be told. A time that comes
 * once counts as none. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function firingsPerMonth(expression: string, monthHours: number): number | undefined {
  const [, kind, inside = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'at') return 0;
  if (kind === 'rate') {
    const [, count = '', unit = ''] = /^(\d+)\s+(minute|hour|day)s?$/.exec(inside.trim()) ?? [];
    const period = Number(count) * (UNIT_HOURS[unit] ?? 0);
    return period > 0 ? monthHours / period : undefined;
  }
  const times = cronTimes(expression);
  return times && (times.days.length * times.minutes.length * monthHours) / YEAR_HOURS;
}

/** Times at which `cron(…)` fires, in its own time zone; undefined where it is none. */
export function cronTimes(expression: string): CronTimes | undefined {
  const fields = /^cron\((.*)\)$/.exec(expression.trim())?.[1]?.trim().split(/\s+/) ?? [];
  if (fields.length !== 6) return undefined;
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = ''] = fields;
  const minutes = numbersOf(minute, 0, 59);
  const hours = numbersOf(hour, 0, 23);
  const months = numbersOf(month, 1, 12, MONTHS);
  const matches = dayOfMonth === '?' || dayOfMonth === '*' ? weekdayTest(dayOfWeek) : dateTest(dayOfMonth);
  if (minutes === undefined || hours === undefined || months === undefined || matches === undefined) return undefined;
  const days = Array.from({ length: YEAR_DAYS }, (_, day) => day).filter((day) => {
    const date = dateAt(day);
    return months.includes(date.getUTCMonth() + 1) && matches(date);
  });
  return { days, minutes: hours.flatMap((one) => minutes.map((other) => one * 60 + other)).filter((at) => at < MINUTES_OF_DAY) };
}

type DayTest = (date: Date) => boolean;

const dateAt = (day: number): Date => new Date(Date.UTC(YEAR, 0, 1) + day * DAY_MS);
const lastOfMonth = (date: Date): number => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();

/** `*`, `1`, `1-5`, `1,3`, `0/15`, `MON-FRI`; undefined for anything else. */
function numbersOf(field: string, min: number, max: number, names: readonly string[] = []): number[] | undefined {
  const read = (text: string) => {
    const named = names.indexOf(text.toUpperCase());
    return named >= 0 ? named + min : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step] = part.split('/');
    const [first = '', last] = range === '*' || range === '?' ? [String(min), String(max)] : range.split('-');
    const from = read(first);
    const to = last !== undefined ? read(last) : step !== undefined ? max : from;
    const by = step === undefined ? 1 : Number(step);
    if (!(from >= min && to <= max && by >= 1)) return undefined;
    // FRI-MON goes over the end of the week.
    const span = to >= from ? to - from : to - from + (max - min + 1);
    for (let at = 0; at <= span; at += by) found.add(((from - min + at) % (max - min + 1)) + min);
  }
  return [...found].sort((a, b) => a - b);
}

function weekdayTest(field: string): DayTest | undefined {
  const [, nthDay, nth] = /^(\w+)#([1-5])$/.exec(field) ?? [];
  const [, lastDay] = /^([1-7]|[a-z]{3})L$/i.exec(field) ?? [];
  const single = nthDay ?? lastDay;
  const days = numbersOf(field === 'L' ? '7' : (single ?? field), 1, 7, WEEK);
  if (days === undefined) return undefined;
  return (date) => {
    if (!days.includes(date.getUTCDay() + 1)) return false;
    if (nth !== undefined) return Math.ceil(date.getUTCDate() / 7) === Number(nth);
    return single === undefined || date.getUTCDate() + 7 > lastOfMonth(date);
  };
}

function dateTest(field: string): DayTest | undefined {
  if (field === 'L') return (date) => date.getUTCDate() === lastOfMonth(date);
  const [, near] = /^(\d+|L)W$/.exec(field) ?? [];
  if (near !== undefined) return (date) => date.getUTCDate() === workdayNear(date, near === 'L' ? lastOfMonth(date) : Number(near));
  const dates = numbersOf(field, 1, 31);
  return dates && ((date) => dates.includes(date.getUTCDate()));
}

/** The working day nearest to a date, in the same month. */
function workdayNear(date: Date, wanted: number): number {
  const last = lastOfMonth(date);
  const target = Math.min(wanted, last);
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), target)).getUTCDay();
  if (weekday === 6) return target > 1 ? target - 1 : target + 2;
  if (weekday === 0) return target < last ? target + 1 : target - 2;
  return target;
}
