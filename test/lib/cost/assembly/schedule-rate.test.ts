import { cronTimes, firingsPerMonth } from '../../../../lib/cost/assembly/schedule-rate';
import { firingTimes } from '../../../../lib/local/events/schedule-expression';

test.each([
  ['rate(1 minute)', 43_800],
  ['rate(5 minutes)', 8_760],
  ['rate(2 hours)', 365],
  ['rate(1 day)', 730 / 24],
  ['cron(0 6 * * ? *)', 730 / 24],
  ['at(2027-01-01T00:00:00)', 0],
])('%s fires %d times in 730 h', (expression, times) => {
  expect(firingsPerMonth(expression, 730)).toBeCloseTo(times, 8);
});

test.each([
  'rate(5 seconds)',
  'rate(-1 minutes)',
  'cron(0 6 * * ?)',
  'cron(61 6 * * ? *)',
  'cron(x 6 * * ? *)',
  'cron(0 6 ? * XYZ *)',
  'every day',
  '',
])('%s cannot be told', (expression) => {
  expect(firingsPerMonth(expression, 730)).toBeUndefined();
});

/** What the scheduler of the local run makes of the same expression in the same year. */
function firedIn2027(expression: string): number {
  const times = firingTimes(expression, { timezone: 'Etc/UTC', anchor: 0 });
  let count = 0;
  for (let at = times.next(Date.UTC(2027, 0, 1) - 1); at !== undefined && at < Date.UTC(2028, 0, 1); at = times.next(at)) count++;
  return count;
}

test.each([
  'cron(0/15 8-17 ? * MON-FRI *)',
  'cron(0 0 1 * ? *)',
  'cron(0 0 L * ? *)',
  'cron(0 0 15W * ? *)',
  'cron(0 0 1W * ? *)',
  'cron(0 0 LW * ? *)',
  'cron(30 4,16 1,15,31 1-6 ? *)',
  'cron(0 12 ? * 2#1 *)',
  'cron(0 12 ? * 6L *)',
  'cron(0 12 ? * L *)',
  'cron(5 0/6 ? JAN,JUL SUN *)',
])('%s fires in a year as often as the scheduler of the local run fires', (expression) => {
  const { days, minutes } = cronTimes(expression)!;
  expect(days.length * minutes.length).toBe(firedIn2027(expression));
});
