/** Share of the examples of which a model is right. */
export function shareRight<T>(examples: readonly T[], isRight: (example: T) => boolean): number {
  return examples.filter(isRight).length / examples.length;
}

/** Mean of what is measured on each fold after training on the others. Every n-th example makes a fold. */
export function meanOverFolds<T>(
  examples: readonly T[],
  folds: number,
  measure: (seen: readonly T[], held: readonly T[]) => number,
): number {
  let sum = 0;
  for (let fold = 0; fold < folds; fold++) {
    const held = examples.filter((_, index) => index % folds === fold);
    const seen = examples.filter((_, index) => index % folds !== fold);
    sum += measure(seen, held);
  }
  return sum / folds;
}
