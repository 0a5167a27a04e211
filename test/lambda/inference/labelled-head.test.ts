import fc from 'fast-check';
import { classifyByLabel, softmax } from '../../../lambda/inference/labelled-head';

test('the label with the highest score wins, and probabilities are those of a softmax', () => {
  const head = { labels: ['a', 'b', 'c'], bias: [0, 1, 0], weights: [[1], [0], [-1]] };
  const { label, probability, probabilities } = classifyByLabel([2], head);
  expect(label).toBe('a');
  expect(probability).toBeCloseTo(Math.exp(2) / (Math.exp(2) + Math.exp(1) + Math.exp(-2)), 12);
  expect(probabilities['b']).toBeCloseTo(probability / Math.E, 12);
});

test('probabilities sum to 1 and keep the order of the scores, however large they are', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 8 }), (scores) => {
      const probabilities = softmax(scores);
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
      expect(probabilities[scores.indexOf(Math.max(...scores))]).toBe(Math.max(...probabilities));
    }),
  );
});

test('a label may be named like a property of every object', () => {
  const head = { labels: ['__proto__', 'constructor'], bias: [1, 0], weights: [[0], [0]] };
  const { label, probabilities } = classifyByLabel([1], head);
  expect(label).toBe('__proto__');
  expect(Object.keys(probabilities)).toEqual(['__proto__', 'constructor']);
});
