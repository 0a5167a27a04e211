import { accuracy, crossValidate, type Example, trainLogistic } from '../../../scripts/model/logistic-regression';

/** Two clouds on either side of a line, without randomness. */
const examples: Example[] = Array.from({ length: 60 }, (_, index) => {
  const positive = index % 2 === 0;
  const wobble = ((index * 7) % 11) / 20;
  return { features: positive ? [1 - wobble, wobble] : [wobble - 1, -wobble], positive };
});

test('separates what can be separated', () => {
  expect(accuracy(trainLogistic(examples), examples)).toBe(1);
  expect(crossValidate(examples, 5)).toBe(1);
});

test('the same examples give the same weights', () => {
  expect(trainLogistic(examples)).toEqual(trainLogistic(examples));
});

test('examples without a difference give a coin flip', () => {
  const noise: Example[] = examples.map(({ positive }) => ({ features: [1, 1], positive }));
  const { weights, bias } = trainLogistic(noise);
  expect(weights[0]! + weights[1]! + bias).toBeCloseTo(0, 3);
});
