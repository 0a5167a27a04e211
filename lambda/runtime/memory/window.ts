import type { ChatMessage } from './conversation';
import type { Entry } from './entry';

export interface Window {
  readonly messages: ChatMessage[];
  /** True when older messages did not fit. */
  readonly truncated: boolean;
}

/** The newest whole turns that fit `maxTokens`, oldest first. A conversation handed to a model begins with the user. */
export function newestTurns(entries: readonly Entry[], maxTokens: number): Window {
  let first = entries.length;
  let tokens = 0;
  while (first > 0) {
    const turn = entries[first - 1]!.turn;
    let start = first;
    let cost = 0;
    while (start > 0 && entries[start - 1]!.turn === turn) {
      start -= 1;
      cost += entries[start]!.t;
    }
    if (tokens + cost > maxTokens) break;
    tokens += cost;
    first = start;
  }
  const truncated = first > 0;
  while (first < entries.length && entries[first]!.role !== 'user') first += 1;
  return { messages: entries.slice(first).map(({ role, content }) => ({ role, content })), truncated };
}
