import { classifyByLabel, type LabelledHead, softmax } from '../../lambda/inference/labelled-head';
import { descend, PENALTY } from './descent';
import { FeatureMatrix, scaleOf } from './feature-matrix';
import { meanOverFolds, shareRight } from './judge';

export interface LabelledFeatures {
  readonly features: ArrayLike<number>;
  readonly label: string;
}

/** L2-penalized multinomial logistic regression: one row of weights for each label, probabilities by softmax. */
export function trainSoftmax(examples: readonly LabelledFeatures[], labels: readonly string[]): LabelledHead {
  const width = examples[0]?.features.length ?? 0;
  const scale = scaleOf(width);
  const rows = new FeatureMatrix(
    examples.map(({ features }) => features),
    width,
  );
  const targets = examples.map(({ label }) => labels.indexOf(label));
  const stride = width + 1;
  const point = descend(labels.length * stride, examples.length, (weights, gradient) => {
    for (let index = 0; index < weights.length; index++) gradient[index] = index % stride < width ? PENALTY * weights[index]! : 0;
    targets.forEach((target, row) => {
      const probabilities = softmax(labels.map((_, label) => rows.dot(row, weights, label * stride) + weights[label * stride + width]!));
      probabilities.forEach((probability, label) => {
        const error = probability - (label === target ? 1 : 0);
        rows.addTo(gradient, label * stride, row, error);
        gradient[label * stride + width]! += error;
      });
    });
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
