import { CLAIM_CHECK } from '../contract/envelope';
import { ErrorName } from '../contract/errors';
import { NamedError } from '../shared/named-error';

export interface InferenceRequest {
  readonly texts: readonly string[];
  /** Whether the caller sent `texts` and expects a list. */
  readonly many: boolean;
  readonly embeddings: boolean;
}

/** Far more than the encoder reads; beyond it a caller has sent the wrong thing. */
export const MAX_CHARACTERS = 20_000;
/** At about 2 ms each these stay well within a function's timeout, and their embeddings within a response. */
export const MAX_TEXTS = 256;

/** Checks what a caller sent; everything that is wrong with it is said by name, and is never retried. */
export function parseRequest(input: unknown): InferenceRequest {
  if (!isObject(input)) throw invalid(`expected { "text": ... } or { "texts": [...] }, got ${kindOf(input)}`);
  if (CLAIM_CHECK in input)
    throw invalid('the input travels by claim check; send at most 20 texts of a page each, or raise the inline threshold');
  const { text, texts, embeddings = false } = input;
  if (typeof embeddings !== 'boolean') throw invalid(`embeddings must be true or false, got ${kindOf(embeddings)}`);
  if (text !== undefined && texts !== undefined) throw invalid('text and texts exclude each other');
  if (texts === undefined) return { texts: [checkText(text, 'text')], many: false, embeddings };
  if (!Array.isArray(texts)) throw invalid(`texts must be a list, got ${kindOf(texts)}`);
  if (texts.length === 0) throw invalid('texts must hold at least one text, got none');
  if (texts.length > MAX_TEXTS) throw invalid(`texts must hold at most ${MAX_TEXTS} texts, got ${texts.length}; send several requests`);
  return { texts: texts.map((item, index) => checkText(item, `texts[${index}]`)), many: true, embeddings };
}

function checkText(value: unknown, name: string): string {
  if (typeof value !== 'string') throw invalid(`${name} must be a string, got ${kindOf(value)}`);
  if (value.trim() === '') throw invalid(`${name} must not be empty`);
  if (value.length > MAX_CHARACTERS) {
    throw invalid(`${name} must have at most ${MAX_CHARACTERS} characters, got ${value.length}; send passages`);
  }
  return value;
}

export function invalid(message: string, options?: ErrorOptions): NamedError {
  return new NamedError(ErrorName.InvalidInput, message, options);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
