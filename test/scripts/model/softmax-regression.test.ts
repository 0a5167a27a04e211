import { classifyByLabel } from '../../../lambda/inference/labelled-head';
import { crossValidateLabels, type LabelledFeatures, trainSoftmax } from '../../../scripts/model/softmax-regression';

const LABELS = ['left', 'right', 'up'];
const CORNERS = [
  [-1, 0],
  [1, 0],
  [0, 1],
] as const;

/** A cloud around each corner, without randomness. */
const examples: LabelledFeatures[] = Array.from({ length: 90 }, (_, index) => {
  const corner = CORNERS[index % 3]!;
  const wobble = ((index * 7) % 11) / 30;
  return { label: LABELS[index % 3]!, features: [corner[0] + wobble / 2, corner[1] - wobble] };
});

test('separates three classes that can be separated', () => {
  const head = trainSoftmax(examples, LABELS);
  expect(head.weights.map((row) => row.length)).toEqual([2, 2, 2]);
  expect(examples.filter(({ features, label }) => classifyByLabel(features, head).label !== label)).toEqual([]);
  expect(crossValidateLabels(examples, LABELS, 5)).toBe(1);
});

test('the same examples give the same head', () => {
  expect(trainSoftmax(examples, LABELS)).toEqual(trainSoftmax(examples, LABELS));
});

test('examples without a difference give each label its share', () => {
  const noise = examples.map(({ label }) => ({ label, features: [1, 1] }));
  const { probabilities } = classifyByLabel([1, 1], trainSoftmax(noise, LABELS));
  for (const label of LABELS) expect(probabilities[label]).toBeCloseTo(1 / 3, 3);
});
