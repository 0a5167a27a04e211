import { ceilTo, count, toCents } from '../../../lib/cost/rounding';

test.each([
  [0, 1, 0],
  [70, 1, 70],
  [0.07 * 1000, 1, 70],
  [70.0001, 1, 71],
  [123, 100, 200],
  [200, 100, 200],
  [0.3 * 1000, 100, 300],
  [1e12, 1, 1e12],
])('%d in steps of %d is %d', (value, step, rounded) => {
  expect(ceilTo(value, step)).toBe(rounded);
});

test.each([
  [1.005, 1.01],
  [2.675, 2.68],
  [1.00499, 1],
  [0.1 + 0.2, 0.3],
  [1704.385, 1704.39],
  [123_456_789.125, 123_456_789.13],
])('%d is %d to the cent', (usd, cents) => {
  expect(toCents(usd)).toBe(cents);
});

test.each([
  [1_000_000, '1,000,000'],
  [0.1 + 0.2, '0.3'],
  [104.25, '104.25'],
])('%d is written %s', (value, text) => {
  expect(count(value)).toBe(text);
});
