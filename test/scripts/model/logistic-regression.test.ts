import { accuracy, crossValidate, type Example, fit } from '../../../scripts/model/logistic-regression';

/** Two clouds on either side of a line, without randomness. */
const examples: Example[] = Array.from({ length: 60 }, (_, index) => {
  const positive = index % 2 === 0;
  const wobble = ((index * 7) % 11) / 20;
  return { features: positive ? [1 - wobble, wobble] : [wobble - 1, -wobble], positive };
});

test('separates what can be separated', () => {
  expect(accuracy(fit(examples), examples)).toBe(1);
  expect(crossValidate(examples, 5)).toBe(1);
});

test('the same examples give the same weights', () => {
  expect(fit(examples)).toEqual(fit(examples));
});

test('examples without a difference give a coin flip', () => {
  const noise: Example[] = examples.map(({ positive }) => ({ features: [1, 1], positive }));
  const { weights, bias } = fit(noise);
  expect(weights[0]! + weights[1]! + bias).toBeCloseTo(0, 3);
});
