import { descend, PENALTY } from './descent';
import { FeatureMatrix, scaleOf } from './feature-matrix';
import { meanOverFolds, shareRight } from './judge';

export interface Example {
  readonly features: ArrayLike<number>;
  readonly positive: boolean;
}

export interface LogisticModel {
  readonly weights: number[];
  readonly bias: number;
}

/** L2-penalized logistic regression for two classes. */
export function trainLogistic(examples: readonly Example[]): LogisticModel {
  const width = examples[0]?.features.length ?? 0;
  const scale = scaleOf(width);
  const rows = new FeatureMatrix(
    examples.map(({ features }) => features),
    width,
  );
  const targets = examples.map(({ positive }) => (positive ? 1 : 0));
  const point = descend(width + 1, examples.length, (weights, gradient) => {
    for (let index = 0; index < width; index++) gradient[index] = PENALTY * weights[index]!;
    targets.forEach((target, row) => {
      const error = 1 / (1 + Math.exp(-(rows.dot(row, weights, 0) + weights[width]!))) - target;
      rows.addTo(gradient, 0, row, error);
      gradient[width]! += error;
    });
  });
  return { weights: Array.from(point.subarray(0, width), (weight) => weight * scale), bias: point[width]! };
}

/** Probability that an example is positive. */
export function probabilityOf({ weights, bias }: LogisticModel, features: ArrayLike<number>): number {
  return 1 / (1 + Math.exp(-weights.reduce((sum, weight, index) => sum + weight * features[index]!, bias)));
}

/** Share of examples on the right side of one half. */
export function accuracy(model: LogisticModel, examples: readonly Example[]): number {
  return shareRight(examples, ({ features, positive }) => probabilityOf(model, features) > 0.5 === positive);
}

/** Mean accuracy over folds, each judged by a model that has not seen it. */
export function crossValidate(examples: readonly Example[], folds: number): number {
  return meanOverFolds(examples, folds, (seen, held) => accuracy(trainLogistic(seen), held));
}
