import { type Judgement, judge, undecided } from './head';
import type { InferenceRequest } from './inference-request';
import type { SentenceModel } from './sentence-model';

export type TextResult = Judgement & Reading;

/** How a text was read. */
interface Reading {
  readonly tokens: number;
  /** The model read the first 128 tokens only. */
  readonly truncated: boolean;
  /** Says why nothing was decided: no piece of the text is in the vocabulary. */
  readonly reason?: 'NotUnderstood';
  readonly embedding?: readonly number[];
}

export type InferenceResult = TextResult | { readonly results: readonly TextResult[] };

/** Decimals of an embedding's numbers in JSON: the int8 weights carry no more than that. */
const DECIMALS = 6;

/** What the head says of each text, and its embedding when asked for. Equal texts have equal results, whatever stands beside them. */
export async function infer(model: SentenceModel, request: InferenceRequest): Promise<InferenceResult> {
  const results: TextResult[] = [];
  for (const text of request.texts) results.push(await inferOne(model, text, request.embeddings));
  return request.many ? { results } : results[0]!;
}

async function inferOne(model: SentenceModel, text: string, withEmbedding: boolean): Promise<TextResult> {
  const { values, tokens, truncated, understood } = await model.embed(text);
  return {
    ...(understood ? judge(values, model.head) : undecided(model.head)),
    tokens,
    truncated,
    ...(understood ? {} : { reason: 'NotUnderstood' as const }),
    ...(withEmbedding ? { embedding: Array.from(values, (value) => Number(value.toFixed(DECIMALS))) } : {}),
  };
}
