import type { Sentence } from './sentences';

/** Tells how well sentences answer a question. */
export interface Scorer {
  /** Said of the answers, so that a reader knows how they were found. */
  readonly description: string;
  /** From this relevance on a sentence counts as an answer. */
  readonly threshold: number;
  /** Relevance of each sentence, 0 (none) to 1. */
  rank(question: string, sentences: readonly Sentence[]): Promise<number[]>;
}
