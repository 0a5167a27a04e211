import { type ActiveHours, WeekDay } from './active-hours';

const MINUTES_PER_HOUR = 60;
const HOURS_PER_DAY = 24;
const MINUTES_PER_DAY = HOURS_PER_DAY * MINUTES_PER_HOUR;
const WEEK = Object.values(WeekDay);

/** Minutes since midnight of `HH:MM`, or undefined when it is not a time of day. */
export function minuteOfDay(time: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return hours === undefined ? undefined : Number(hours) * MINUTES_PER_HOUR + Number(minutes);
}

/**
 * Scheduler expressions that fire every so many minutes, within the active hours if there are any. Each hour starts anew, so an
 * interval that does not divide an hour is cut short at its end and never lengthened.
 */
export function scheduleExpressions(everyMinutes: number, hours?: ActiveHours): string[] {
  if (hours === undefined) return [`rate(${everyMinutes} minute${everyMinutes === 1 ? '' : 's'})`];
  const from = minuteOfDay(hours.from) ?? 0;
  const to = minuteOfDay(hours.to) ?? 0;
  const days = hours.days ?? WEEK;
  if (from < to) return windowExpressions(everyMinutes, from, to, days);
  const nextDays = days.map((day) => WEEK[(WEEK.indexOf(day) + 1) % WEEK.length]!);
  return [...windowExpressions(everyMinutes, from, MINUTES_PER_DAY, days), ...windowExpressions(everyMinutes, 0, to, nextDays)];
}

/** A cron expression crosses hours and minutes, so a window that begins or ends within an hour takes one for each ragged end. */
function windowExpressions(every: number, from: number, to: number, days: readonly WeekDay[]): string[] {
  if (from === to) return [];
  const [firstHour, firstMinute] = split(from);
  const [lastHour, lastMinute] = split(to);
  if (firstHour === lastHour) return [cron(minutes(firstMinute, lastMinute, every), firstHour, firstHour, days)];

  const expressions: string[] = [];
  const firstWhole = firstMinute === 0 ? firstHour : firstHour + 1;
  if (firstMinute > 0) expressions.push(cron(minutes(firstMinute, MINUTES_PER_HOUR, every), firstHour, firstHour, days));
  if (firstWhole < lastHour) expressions.push(cron(minutes(0, MINUTES_PER_HOUR, every), firstWhole, lastHour - 1, days));
  if (lastMinute > 0) expressions.push(cron(minutes(0, lastMinute, every), lastHour, lastHour, days));
  return expressions;
}

function minutes(from: number, to: number, every: number): string {
  const list: number[] = [];
  for (let minute = from; minute < to; minute += every) list.push(minute);
  return list.length === MINUTES_PER_HOUR ? '*' : list.join(',');
}

function cron(minute: string, firstHour: number, lastHour: number, days: readonly WeekDay[]): string {
  const hour =
    firstHour === 0 && lastHour === HOURS_PER_DAY - 1 ? '*' : firstHour === lastHour ? `${firstHour}` : `${firstHour}-${lastHour}`;
  const weekDays = WEEK.every((day) => days.includes(day)) ? '*' : [...new Set(days)].join(',');
  return `cron(${minute} ${hour} ? * ${weekDays} *)`;
}

function split(minute: number): [hour: number, minute: number] {
  return [Math.floor(minute / MINUTES_PER_HOUR), minute % MINUTES_PER_HOUR];
}
