import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { type Head, parseHead } from './head';
import { Tokenizer, type VocabularyEntry } from './tokenizer';

/** Longest input of the encoder; the rest of a text is cut off and the answer says so. */
export const MAX_TOKENS = 128;

export interface ModelPaths {
  readonly onnx: string;
  readonly vocabulary: string;
  readonly head: string;
}

export interface Embedding {
  readonly values: Float32Array;
  /** Tokens of the whole text. */
  readonly tokens: number;
  readonly truncated: boolean;
  /** False when no piece of the text is in the vocabulary: emoji, or a script the model never saw. */
  readonly understood: boolean;
}

export interface SentenceModel {
  readonly head: Head;
  embed(text: string): Promise<Embedding>;
}

export function modelPathsIn(directory: string): ModelPaths {
  return { onnx: join(directory, 'model.onnx'), vocabulary: join(directory, 'vocab.json'), head: join(directory, 'head.json') };
}

/** Loads the session, the vocabulary and the head. Takes about 0.3 s of CPU, so an environment does it once. */
export async function loadSentenceModel(paths: ModelPaths): Promise<SentenceModel> {
  const [encoder, head] = await Promise.all([loadEncoder(paths), readFile(paths.head, 'utf8')]);
  return { ...encoder, head: parseHead(head) };
}

/** The encoder without a head, which is what a head is trained on. */
export async function loadEncoder({ onnx, vocabulary }: Omit<ModelPaths, 'head'>): Promise<Pick<SentenceModel, 'embed'>> {
  // Builds of the runtime from 1.29 on report model names to their maker unless this is set before they are loaded.
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
  const [runtime, entries] = await Promise.all([import('onnxruntime-node'), readJson<VocabularyEntry[]>(vocabulary)]);
  const tokenizer = new Tokenizer(entries);
  // A second thread made sentences slower: one Lambda vCPU has nothing to give it.
  const session = await runtime.InferenceSession.create(onnx, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  return { embed: (text) => embed(text, tokenizer, session, runtime.Tensor) };
}

/**
 * One text at a time: activations are quantized over the whole input, so in a batch the neighbours of a text would change
 * its embedding, and on one vCPU a batch is not faster.
 */
async function embed(text: string, tokenizer: Tokenizer, session: InferenceSession, TensorType: typeof Tensor): Promise<Embedding> {
  const tokens = tokenizer.encode(text);
  const ids = BigInt64Array.from(tokens.slice(0, MAX_TOKENS), BigInt);
  const shape = [1, ids.length];
  const outputs = await session.run({
    input_ids: new TensorType('int64', ids, shape),
    attention_mask: new TensorType('int64', new BigInt64Array(ids.length).fill(1n), shape),
  });
  const values = outputs['sentence_embedding']!.data as Float32Array;
  return { values, tokens: tokens.length, truncated: tokens.length > MAX_TOKENS, understood: tokenizer.understands(tokens) };
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
