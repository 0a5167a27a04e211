import { createHash, randomUUID } from 'node:crypto';
import { CHAT_MEMORY_DEFAULTS } from '../contract/chat-memory';
import { Env } from '../contract/env';
import { log } from '../shared/logger';
import { readNumberEnv } from '../shared/read-env';
import type { ChatStore } from './memory/chat-store';
import { type ChatMessage, type Conversation, checkTurn, keyOf } from './memory/conversation';
import { decodeEntry, type Entry, entryOf } from './memory/entry';
import { openStore } from './memory/open-store';
import { newestTurns } from './memory/window';

export type { ChatMessage, ContentBlock, Conversation } from './memory/conversation';
export { type Identity, identityOf } from './memory/identity';

export interface ChatHistory {
  /** Oldest first; empty, never null, on the first turn. */
  readonly messages: ChatMessage[];
  /** True when the store did not answer: the conversation may have a past that nobody can see now. Tell the user. */
  readonly degraded: boolean;
  /** True when older turns did not fit the token bound. */
  readonly truncated: boolean;
  /** The messages of the named turn, which then are not among `messages`; absent when no turn of that name is stored. */
  readonly turn?: ChatMessage[];
}

export interface TurnOptions {
  /**
   * A name of the caller's choice that makes the turn recognisable: the same for every attempt at one turn, new for the next. A turn that is
   * stored under it is never stored again.
   *
   * @default - each append is a turn of its own
   */
  readonly turn?: string;
}

export interface AppendResult {
  readonly stored: boolean;
  /** True when the store did not answer; the turn may or may not be kept. */
  readonly degraded: boolean;
  /** Number of the turn's last message in the conversation. Numbers grow; a crashed turn may leave a gap. */
  readonly sequence?: number;
}

export interface ChatMemory {
  /** The newest turns within the token bound. Slides the time to live. */
  history(conversation: Conversation, options?: TurnOptions): Promise<ChatHistory>;
  /** Stores the messages of one turn next to each other, all or none, after every turn stored before. Slides the time to live. */
  append(conversation: Conversation, messages: readonly ChatMessage[], options?: TurnOptions): Promise<AppendResult>;
  /** Ends the connection. A Lambda function needs no close: the environment keeps it for the next invocation. */
  close(): Promise<void>;
}

export interface ChatMemoryOptions {
  /** @default CHAT_MEMORY_TTL_SECONDS, or one hour */
  readonly ttlSeconds?: number;
  /** @default CHAT_MEMORY_MAX_TOKENS, or 8,000 */
  readonly maxTokens?: number;
  /** Milliseconds for one request to the store; after that the answer is degraded. @default 1000 */
  readonly timeoutMs?: number;
}

/**
 * Short-term memory of an agent, in the store that `AiAgentFunction`'s `memory` configured. Make it once, at module
 * scope: it connects at the first use. A store that is down degrades the answers and is logged; it never throws.
 *
 * @example
 * const memory = chatMemory();
 * const { messages, degraded } = await memory.history({ userId, conversationId });
 */
export function chatMemory(options: ChatMemoryOptions = {}): ChatMemory {
  let opened: { store: ChatStore; maxTokens: number } | undefined;
  const open = () => {
    if (!opened) {
      const maxTokens = options.maxTokens ?? readNumberEnv(Env.chatMemoryMaxTokens, CHAT_MEMORY_DEFAULTS.maxTokens);
      const ttlSeconds = options.ttlSeconds ?? readNumberEnv(Env.chatMemoryTtlSeconds, CHAT_MEMORY_DEFAULTS.ttlSeconds);
      opened = { store: openStore({ ttlSeconds, maxTokens, timeoutMs: options.timeoutMs ?? 1_000 }), maxTokens };
    }
    return opened;
  };

  return {
    async history(conversation, { turn } = {}) {
      const key = keyOf(conversation);
      const { store, maxTokens } = open();
      try {
        const entries = decode(await store.read(key));
        if (turn === undefined) return { ...newestTurns(entries, maxTokens), degraded: false };
        const isNamed = (entry: Entry) => entry.turn === turnIdOf(turn);
        const others = newestTurns(
          entries.filter((entry) => !isNamed(entry)),
          maxTokens,
        );
        const stored = entries.filter(isNamed).map(({ role, content }) => ({ role, content }));
        return { ...others, degraded: false, ...(stored.length > 0 && { turn: stored }) };
      } catch (error) {
        log.error('chat memory did not answer, the history is missing', { error });
        return { messages: [], degraded: true, truncated: false };
      }
    },

    async append(conversation, messages, { turn: name } = {}) {
      const key = keyOf(conversation);
      checkTurn(messages);
      const { store } = open();
      const turn = name === undefined ? randomUUID() : turnIdOf(name);
      const at = Date.now();
      const entries = messages.map((message) => entryOf(message, turn, at));
      try {
        return { stored: true, degraded: false, sequence: await store.append(key, turn, entries, name !== undefined) };
      } catch (error) {
        log.error('chat memory did not answer, the turn is not stored', { error });
        return { stored: false, degraded: true };
      }
    },

    async close() {
      await opened?.store.close();
      opened = undefined;
    },
  };
}

/** Of one length and without quotes, whatever the name. */
function turnIdOf(name: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['turn', name]))
    .digest('hex')
    .slice(0, 32);
}

function decode(texts: readonly string[]): Entry[] {
  const entries = texts.map(decodeEntry).filter((entry) => entry !== undefined);
  if (entries.length < texts.length) log.warn('chat memory skipped unreadable messages', { skipped: texts.length - entries.length });
  return entries;
}
