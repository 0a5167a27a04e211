import { readFileSync } from 'node:fs';

/** Where the rated texts come from; none of them was seen in training. */
export const RATED_SOURCES = ['tweets', 'reviews', 'films', 'editorials'] as const;

export type RatedSource = (typeof RATED_SOURCES)[number];

interface RatedEntry {
  /** Line of the published file. */
  readonly id: string;
  /** Mean of what people said, -4 to 4. */
  readonly rating: number;
  /** The embedding's numbers as int8 in base64, to be multiplied by `scale`. */
  readonly embedding: string;
  readonly scale: number;
}

export interface RatedFile {
  /** Whose work the ratings are. */
  readonly about: string;
  /** sha256 of the encoder that made the embeddings. */
  readonly encoder: string;
  readonly sources: Partial<Record<RatedSource, RatedEntry[]>>;
}

export interface RatedExample {
  readonly features: readonly number[];
  readonly positive: boolean;
}

/** Embeddings of rated texts with the sign of their rating. */
export function readRated(file: string): { readonly encoder: string; readonly examples: Readonly<Record<RatedSource, RatedExample[]>> } {
  const { encoder, sources } = JSON.parse(readFileSync(file, 'utf8')) as RatedFile;
  const examplesOf = (source: RatedSource) =>
    (sources[source] ?? []).map(({ rating, embedding, scale }) => ({
      features: Array.from(new Int8Array(Buffer.from(embedding, 'base64')), (value) => value * scale),
      positive: rating > 0,
    }));
  const [tweets, reviews, films, editorials] = [examplesOf('tweets'), examplesOf('reviews'), examplesOf('films'), examplesOf('editorials')];
  return { encoder, examples: { tweets, reviews, films, editorials } };
}
