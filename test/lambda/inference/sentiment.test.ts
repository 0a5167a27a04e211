import { classify, labelOf } from '../../../lambda/inference/sentiment';

test.each([
  [0, 'NEGATIVE'],
  [0.4, 'NEGATIVE'],
  [0.401, 'NEUTRAL'],
  [0.5, 'NEUTRAL'],
  [0.599, 'NEUTRAL'],
  [0.6, 'POSITIVE'],
  [1, 'POSITIVE'],
])('a probability of %p is %s', (probability, label) => {
  expect(labelOf(probability)).toBe(label);
});

test('the score is the weighted sum and the bias', () => {
  const { probability } = classify([1, -1], { weights: [2, 1], bias: 0.5 });
  expect(probability).toBeCloseTo(1 / (1 + Math.exp(-1.5)), 12);
});
