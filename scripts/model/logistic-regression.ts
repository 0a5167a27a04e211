export interface Example {
  readonly features: ArrayLike<number>;
  readonly positive: boolean;
}

export interface LogisticModel {
  readonly weights: number[];
  readonly bias: number;
}

const STEPS = 250;
const MOMENTUM = 0.9;
const LEARNING_RATE = 1.2;
const PENALTY = 3;

/** Unit-length embeddings have tiny coordinates; scaled so, one learning rate and penalty fit them. */
function scaleOf(width: number): number {
  return Math.sqrt(width) / 8;
}

/** L2-penalized logistic regression by full-batch Nesterov descent: no randomness, so equal examples give equal weights. */
export function trainLogistic(examples: readonly Example[]): LogisticModel {
  const width = examples[0]?.features.length ?? 0;
  const scale = scaleOf(width);
  const rows = examples.map(({ features, positive }) => ({
    x: Float64Array.from(features, (value) => value * scale),
    y: positive ? 1 : 0,
  }));
  const weights = new Float64Array(width + 1);
  const velocity = new Float64Array(width + 1);
  const rate = LEARNING_RATE / examples.length;

  for (let step = 0; step < STEPS; step++) {
    const ahead = weights.map((weight, index) => weight + MOMENTUM * velocity[index]!);
    const gradient = ahead.map((weight, index) => (index < width ? PENALTY * weight : 0));
    for (const { x, y } of rows) {
      let score = ahead[width]!;
      for (let index = 0; index < width; index++) score += ahead[index]! * x[index]!;
      const error = 1 / (1 + Math.exp(-score)) - y;
      for (let index = 0; index < width; index++) gradient[index]! += error * x[index]!;
      gradient[width]! += error;
    }
    for (let index = 0; index <= width; index++) {
      velocity[index] = MOMENTUM * velocity[index]! - rate * gradient[index]!;
      weights[index]! += velocity[index]!;
    }
  }
  return { weights: Array.from(weights.subarray(0, width), (weight) => weight * scale), bias: weights[width]! };
}

/** Share of examples on the right side of one half. */
export function accuracy(model: LogisticModel, examples: readonly Example[]): number {
  const right = examples.filter(({ features, positive }) => {
    const score = model.weights.reduce((sum, weight, index) => sum + weight * features[index]!, model.bias);
    return score > 0 === positive;
  });
  return right.length / examples.length;
}

/** Mean accuracy over folds, each judged by a model that has not seen it. Every n-th example makes a fold. */
export function crossValidate(examples: readonly Example[], folds: number): number {
  let sum = 0;
  for (let fold = 0; fold < folds; fold++) {
    const held = examples.filter((_, index) => index % folds === fold);
    const seen = examples.filter((_, index) => index % folds !== fold);
    sum += accuracy(trainLogistic(seen), held);
  }
  return sum / folds;
}
