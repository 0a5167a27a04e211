import { estimateTokens } from '../../shared/estimate-tokens';
import type { ChatMessage } from './conversation';

const VERSION = 1;
/** What a model's message format adds to each message. */
const TOKENS_PER_MESSAGE = 4;

/** One stored message. The order of the first two fields is read by the append script of the Valkey store. */
export interface Entry {
  readonly v: typeof VERSION;
  readonly t: number;
  readonly turn: string;
  readonly at: number;
  readonly role: ChatMessage['role'];
  readonly content: ChatMessage['content'];
}

export function entryOf(message: ChatMessage, turn: string, at: number): Entry {
  const text = typeof message.content === 'string' ? message.content : JSON.stringify(message.content);
  return { v: VERSION, t: estimateTokens(text) + TOKENS_PER_MESSAGE, turn, at, role: message.role, content: message.content };
}

/** Undefined for what is not a message of this version: one bad value must not cost the conversation. */
export function decodeEntry(text: string): Entry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const entry = value as Partial<Entry> | null;
  const sound =
    typeof entry === 'object' &&
    entry?.v === VERSION &&
    typeof entry.t === 'number' &&
    typeof entry.turn === 'string' &&
    (entry.role === 'user' || entry.role === 'assistant') &&
    (typeof entry.content === 'string' || Array.isArray(entry.content));
  return sound ? (entry as Entry) : undefined;
}
