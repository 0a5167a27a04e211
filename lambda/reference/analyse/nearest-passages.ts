import type { Passage } from '../research';

/** Cosine similarity of two vectors of length 1. */
export function similarity(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

/**
 * The passages nearest to the question. Meaning (embeddings) and shared words both count: each ranks the passages, and the
 * ranks are fused (reciprocal rank fusion, k = 60), so that neither scale drowns the other.
 */
export function nearestPassages(
  question: readonly number[],
  embeddings: readonly (readonly number[])[],
  passages: readonly Passage[],
  limit: number,
): Passage[] {
  const nearness = passages.map((_, index) => similarity(question, embeddings[index] ?? []));
  const rankBy = (value: (index: number) => number) => {
    const order = passages.map((_, index) => index).sort((left, right) => value(right) - value(left));
    return new Map(order.map((index, rank) => [index, rank]));
  };
  const byMeaning = rankBy((index) => nearness[index] ?? 0);
  const byWords = rankBy((index) => passages[index]?.score ?? 0);
  return passages
    .map((passage, index) => ({ ...passage, score: 1 / (60 + (byMeaning.get(index) ?? 0)) + 1 / (60 + (byWords.get(index) ?? 0)) }))
    .sort((left, right) => right.score - left.score)
    .slice(0, limit);
}
