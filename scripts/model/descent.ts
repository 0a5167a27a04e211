const STEPS = 250;
const MOMENTUM = 0.9;
const LEARNING_RATE = 1.2;

/**
 * Full-batch Nesterov descent from zero: no randomness, so equal examples give equal parameters.
 * @param addGradient adds the gradient of the loss at a point, summed over the examples, to a vector of zeros
 */
export function descend(
  parameters: number,
  examples: number,
  addGradient: (point: Float64Array, gradient: Float64Array) => void,
): Float64Array {
  const point = new Float64Array(parameters);
  const velocity = new Float64Array(parameters);
  const rate = LEARNING_RATE / examples;
  for (let step = 0; step < STEPS; step++) {
    const ahead = point.map((value, index) => value + MOMENTUM * velocity[index]!);
    const gradient = new Float64Array(parameters);
    addGradient(ahead, gradient);
    for (let index = 0; index < parameters; index++) {
      velocity[index] = MOMENTUM * velocity[index]! - rate * gradient[index]!;
      point[index]! += velocity[index]!;
    }
  }
  return point;
}

/** Weight of the squared weights in the loss. */
export const PENALTY = 3;
