import { firingTimes } from '../../../../lib/local/events/schedule-expression';

function firings(expression: string, from: string, { count = 3, timezone = 'UTC' } = {}): string[] {
  const anchor = Date.parse(from);
  const times = firingTimes(expression, { timezone, anchor });
  const found: string[] = [];
  for (let at = times.next(anchor); at !== undefined && found.length < count; at = times.next(at)) {
    found.push(new Date(at).toISOString().replace('.000Z', ''));
  }
  return found;
}

test.each([
  ['rate(5 minutes)', ['2026-03-01T00:05:00', '2026-03-01T00:10:00', '2026-03-01T00:15:00']],
  ['rate(1 hour)', ['2026-03-01T01:00:00', '2026-03-01T02:00:00', '2026-03-01T03:00:00']],
  ['rate(2 days)', ['2026-03-03T00:00:00', '2026-03-05T00:00:00', '2026-03-07T00:00:00']],
  ['cron(0 10 * * ? *)', ['2026-03-01T10:00:00', '2026-03-02T10:00:00', '2026-03-03T10:00:00']],
  ['cron(15 12 ? * 2 *)', ['2026-03-02T12:15:00', '2026-03-09T12:15:00', '2026-03-16T12:15:00']],
  ['cron(0 8 ? * MON-FRI *)', ['2026-03-02T08:00:00', '2026-03-03T08:00:00', '2026-03-04T08:00:00']],
  ['cron(0/15 8 1 * ? *)', ['2026-03-01T08:00:00', '2026-03-01T08:15:00', '2026-03-01T08:30:00']],
  ['cron(15 10 ? * 6L 2026-2027)', ['2026-03-27T10:15:00', '2026-04-24T10:15:00', '2026-05-29T10:15:00']],
  ['cron(0 8 ? * 3#2 *)', ['2026-03-10T08:00:00', '2026-04-14T08:00:00', '2026-05-12T08:00:00']],
  ['cron(0 8 3W * ? *)', ['2026-03-03T08:00:00', '2026-04-03T08:00:00', '2026-05-04T08:00:00']],
  ['cron(0 8 L * ? *)', ['2026-03-31T08:00:00', '2026-04-30T08:00:00', '2026-05-31T08:00:00']],
  ['cron(0 8 ? * L *)', ['2026-03-07T08:00:00', '2026-03-14T08:00:00', '2026-03-21T08:00:00']],
  ['cron(0 0 1 1 ? 2020/5)', ['2030-01-01T00:00:00', '2035-01-01T00:00:00', '2040-01-01T00:00:00']],
  ['cron(0 0 1 1 ? 2020)', []],
  ['at(2026-03-05T09:30:00)', ['2026-03-05T09:30:00']],
  ['at(2026-02-05T09:30:00)', []],
])('%s', (expression, expected) => {
  expect(firings(expression, '2026-03-01T00:00:00Z')).toEqual(expected);
});

test('a time zone is that of the clocks on its walls', () => {
  const options = { timezone: 'America/New_York', count: 2 };
  expect(firings('at(2026-03-08T09:00:00)', '2026-03-01T00:00:00Z', options)).toEqual(['2026-03-08T13:00:00']);
  expect(firings('cron(0 9 * * ? *)', '2026-03-07T00:00:00Z', options)).toEqual(['2026-03-07T14:00:00', '2026-03-08T13:00:00']);
});

test('a time that a change of the clocks leaves out is no firing, one that it repeats is one', () => {
  const timezone = 'America/New_York';
  expect(firings('cron(30 2 * * ? *)', '2026-03-07T00:00:00Z', { timezone, count: 2 })).toEqual([
    '2026-03-07T07:30:00',
    '2026-03-09T06:30:00',
  ]);
  const repeated = firings('cron(0/30 1 * * ? *)', '2026-10-31T12:00:00Z', { timezone, count: 3 });
  expect(repeated).toEqual(['2026-11-01T05:00:00', '2026-11-01T05:30:00', '2026-11-02T06:00:00']);
});

test.each([
  ['every(5 minutes)', 'it must be rate(value unit), cron(six fields) or at(yyyy-mm-ddThh:mm:ss)'],
  ['rate(0 minutes)', 'a rate is a positive whole number and minutes, hours or days'],
  ['rate(5 seconds)', 'a rate is a positive whole number and minutes, hours or days'],
  ['cron(0 10 * * *)', 'it must have 6 fields, got 5'],
  ['cron(0 10 * * * *)', 'one of day-of-month and day-of-week must be ?, the other not'],
  ['cron(0 10 ? * ? *)', 'one of day-of-month and day-of-week must be ?, the other not'],
  ['at(2026-03-05)', 'a time is written as yyyy-mm-ddThh:mm:ss'],
])('%s is refused', (expression, why) => {
  expect(() => firings(expression, '2026-03-01T00:00:00Z')).toThrow(`schedule expression ${expression} is not valid: ${why}`);
});

test('a field that no clock reaches is refused', () => {
  expect(() => firings('cron(61 10 * * ? *)', '2026-03-01T00:00:00Z')).toThrow(
    /^schedule expression cron\(61 10 \* \* \? \*\) is not valid: /,
  );
});
