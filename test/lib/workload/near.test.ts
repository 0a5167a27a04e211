import fc from 'fast-check';
import { distance, near } from '../../../lib/workload/near';

test.each([
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['abc', 'abc', 0],
  ['memroy', 'memory', 1],
  ['ab', 'ba', 1],
])('from %j to %j it takes %d', (from, to, changes) => {
  expect(distance(from, to)).toBe(changes);
});

test('distance is symmetric, and zero of equal words only', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
      expect(distance(a, b)).toBe(distance(b, a));
      expect(distance(a, b) === 0).toBe(a === b);
      expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(distance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
    }),
  );
});

const FIELDS = ['memory', 'packageSize', 'peakPerSecond', 'requestsPerMonth', 'gpu'];

test.each([
  ['memroy', 'memory'],
  ['Memory', 'memory'],
  ['peak_per_second', 'peakPerSecond'],
  ['pakageSize', 'packageSize'],
  ['requestPerMonth', 'requestsPerMonth'],
  ['gpus', 'gpu'],
  ['gpu', 'gpu'],
])('%j is near %j', (word, wanted) => {
  expect(near(word, FIELDS)).toBe(wanted);
});

test.each(['', '---', 'x', 'colour', 'ab', 'completelyDifferent'])('nothing is near %j', (word) => {
  expect(near(word, FIELDS)).toBeUndefined();
});

test('the nearest wins, and of equals the first', () => {
  expect(near('lambdas', ['lambda-x', 'lambda'])).toBe('lambda');
  expect(near('sqx', ['sqs', 'sqz'])).toBe('sqs');
  expect(near('lambda', [])).toBeUndefined();
});
