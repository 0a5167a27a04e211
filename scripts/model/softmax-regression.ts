import { classifyByLabel, type LabelledHead, softmax } from '../../lambda/inference/labelled-head';
import { descend, PENALTY, scaleOf } from './descent';
import { meanOverFolds, shareRight } from './judge';

export interface LabelledFeatures {
  readonly features: ArrayLike<number>;
  readonly label: string;
}

/** L2-penalized multinomial logistic regression: one row of weights for each label, probabilities by softmax. */
export function trainSoftmax(examples: readonly LabelledFeatures[], labels: readonly string[]): LabelledHead {
  const width = examples[0]?.features.length ?? 0;
  const scale = scaleOf(width);
  const rows = examples.map(({ features, label }) => ({
    x: Float64Array.from(features, (value) => value * scale),
    y: labels.indexOf(label),
  }));
  const stride = width + 1;
  const point = descend(labels.length * stride, examples.length, (weights, gradient) => {
    for (let index = 0; index < weights.length; index++) gradient[index] = index % stride < width ? PENALTY * weights[index]! : 0;
    for (const { x, y } of rows) {
      const probabilities = softmax(labels.map((_, row) => scoreOf(weights, row * stride, x)));
      probabilities.forEach((probability, row) => {
        const error = probability - (row === y ? 1 : 0);
        const start = row * stride;
        for (let index = 0; index < width; index++) gradient[start + index]! += error * x[index]!;
        gradient[start + width]! += error;
      });
    }
  });
  const rowOf = (row: number) => point.subarray(row * stride, row * stride + width);
  return {
    labels,
    bias: labels.map((_, row) => point[row * stride + width]!),
    weights: labels.map((_, row) => Array.from(rowOf(row), (weight) => weight * scale)),
  };
}

/** Mean accuracy over folds, each judged by a head that has not seen it. */
export function crossValidateLabels(examples: readonly LabelledFeatures[], labels: readonly string[], folds: number): number {
  return meanOverFolds(examples, folds, (seen, held) => {
    const head = trainSoftmax(seen, labels);
    return shareRight(held, ({ features, label }) => classifyByLabel(features, head).label === label);
  });
}

function scoreOf(weights: Float64Array, start: number, x: Float64Array): number {
  let score = weights[start + x.length]!;
  for (let index = 0; index < x.length; index++) score += weights[start + index]! * x[index]!;
  return score;
}
