import { schedulePeriod } from '../../../../../lib/validation/rules/compute/schedule-period';

test.each([
  ['rate(1 minute)', 1],
  ['rate(5 minutes)', 5],
  ['rate(2 hours)', 120],
  ['rate(1 day)', 1440],
  ['cron(* * * * ? *)', 1],
  ['cron(*/10 * * * ? *)', 10],
  ['cron(0/5 8-18 ? * MON-FRI *)', 5],
  ['cron(0-30/5 * * * ? *)', 5],
])('%s runs every %d minutes', (expression, minutes) => {
  expect(schedulePeriod(expression)).toBe(minutes);
});

test.each(['cron(0 6 * * ? *)', 'cron(5,35 * * * ? *)', 'at(2026-11-24T08:00:00)', 'rate(soon)', ''])(
  '%s has no even period of minutes',
  (expression) => {
    expect(schedulePeriod(expression)).toBeUndefined();
  },
);
