/** Logistic classifier over a sentence embedding. */
export interface SentimentHead {
  readonly weights: readonly number[];
  readonly bias: number;
}

export type SentimentLabel = 'POSITIVE' | 'NEGATIVE' | 'NEUTRAL';

export interface Sentiment {
  readonly label: SentimentLabel;
  /** Probability that the text is positive, 0 to 1. */
  readonly probability: number;
}

/** The head knows two classes only; in between it does not decide. */
const NEUTRAL_ABOVE = 0.4;
const NEUTRAL_BELOW = 0.6;

/** What is said of a text of which the model understands nothing. */
export const UNDECIDED: Sentiment = { label: 'NEUTRAL', probability: 0.5 };

export function classify(embedding: ArrayLike<number>, head: SentimentHead): Sentiment {
  let score = head.bias;
  for (let index = 0; index < embedding.length; index++) score += embedding[index]! * head.weights[index]!;
  const probability = 1 / (1 + Math.exp(-score));
  return { label: labelOf(probability), probability };
}

export function labelOf(probability: number): SentimentLabel {
  if (probability > NEUTRAL_ABOVE && probability < NEUTRAL_BELOW) return 'NEUTRAL';
  return probability < 0.5 ? 'NEGATIVE' : 'POSITIVE';
}
