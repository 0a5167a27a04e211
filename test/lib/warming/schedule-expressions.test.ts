import fc from 'fast-check';
import { type ActiveHours, WeekDay } from '../../../lib/warming/active-hours';
import { minuteOfDay, scheduleExpressions } from '../../../lib/warming/schedule-expressions';

const WEEK = Object.values(WeekDay);
const MINUTES_PER_DAY = 1_440;
const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;

/** Minutes of the week at which cron expressions of this library fire. */
function firings(expressions: readonly string[]): number[] {
  const found = expressions.flatMap((expression) => {
    const [, minute, hour, days] = /^cron\((\S+) (\S+) \? \* (\S+) \*\)$/.exec(expression) ?? [];
    const numbers = (field: string, size: number) =>
      Array.from({ length: size }, (_, value) => value).filter((value) => matches(field, value));
    const dayIndices = WEEK.flatMap((day, index) => (days === '*' || days?.split(',').includes(day) ? [index] : []));
    return dayIndices.flatMap((day) =>
      numbers(hour!, 24).flatMap((h) => numbers(minute!, 60).map((m) => day * MINUTES_PER_DAY + h * 60 + m)),
    );
  });
  return found.sort((a, b) => a - b);
}

function matches(field: string, value: number): boolean {
  return field.split(',').some((part) => {
    if (part === '*') return true;
    const [low, high = low] = part.split('-').map(Number) as [number, number?];
    return value >= low && value <= high;
  });
}

/** Minutes of the week that belong to the hours. */
function activeMinutes({ days = WEEK, from, to }: ActiveHours): Set<number> {
  const [start, end] = [minuteOfDay(from)!, minuteOfDay(to)!];
  const length = (end - start + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  return new Set(
    days.flatMap((day) => {
      const first = WEEK.indexOf(day) * MINUTES_PER_DAY + start;
      return Array.from({ length }, (_, offset) => (first + offset) % MINUTES_PER_WEEK);
    }),
  );
}

test.each([
  [1, 'rate(1 minute)'],
  [5, 'rate(5 minutes)'],
])('without hours, every %p minutes is %s', (every, expression) => {
  expect(scheduleExpressions(every)).toEqual([expression]);
});

test.each([
  [{ from: '08:00', to: '18:00', days: [WeekDay.MONDAY, WeekDay.FRIDAY] }, ['cron(0,20,40 8-17 ? * MON,FRI *)']],
  [{ from: '08:30', to: '10:10' }, ['cron(30,50 8 ? * * *)', 'cron(0,20,40 9 ? * * *)', 'cron(0 10 ? * * *)']],
  [{ from: '09:10', to: '09:50' }, ['cron(10,30 9 ? * * *)']],
  [{ from: '00:00', to: '23:59' }, ['cron(0,20,40 0-22 ? * * *)', 'cron(0,20,40 23 ? * * *)']],
  [{ from: '22:00', to: '00:00' }, ['cron(0,20,40 22-23 ? * * *)']],
  [{ from: '22:00', to: '06:00', days: [WeekDay.SUNDAY] }, ['cron(0,20,40 22-23 ? * SUN *)', 'cron(0,20,40 0-5 ? * MON *)']],
])('%j every 20 minutes', (hours, expressions) => {
  expect(scheduleExpressions(20, hours)).toEqual(expressions);
});

test.each(['8:00', '24:00', '08:60', '', '08:00:00'])('%j is not a time of day', (time) => {
  expect(minuteOfDay(time)).toBeUndefined();
});

test('pings begin with the hours, never wait longer than the interval, and stay within the hours', () => {
  const time = fc.integer({ min: 0, max: MINUTES_PER_DAY - 1 });
  fc.assert(
    fc.property(time, time, fc.integer({ min: 1, max: 60 }), fc.subarray(WEEK, { minLength: 1 }), (from, to, every, days) => {
      fc.pre(from !== to);
      const text = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      const hours = { from: text(from), to: text(to), days };
      const expressions = scheduleExpressions(every, hours);
      const fired = new Set(firings(expressions));
      const active = activeMinutes(hours);
      const before = (minute: number, back: number) => (minute - back + MINUTES_PER_WEEK) % MINUTES_PER_WEEK;
      const beginnings = [...active].filter((minute) => !active.has(before(minute, 1)));
      expect([...fired].filter((minute) => !active.has(minute))).toEqual([]);
      expect(beginnings.filter((minute) => !fired.has(minute))).toEqual([]);
      const silent = [...active].filter((minute) => {
        for (let back = 0; back < every; back++) {
          const past = before(minute, back);
          if (!active.has(past) || fired.has(past)) return false;
        }
        return true;
      });
      expect(silent).toEqual([]);
      expect(expressions.filter((expression) => expression.length > 256)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
