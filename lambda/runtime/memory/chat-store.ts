import type { Entry } from './entry';

/** Where conversations are kept. Both ways append a whole turn or nothing, in one order for all readers. */
export interface ChatStore {
  /** Stored entries as JSON text, oldest first; at least the newest `maxTokens` of them. Slides the time to live. */
  read(key: string): Promise<readonly string[]>;
  /** Sequence number of the turn's last message. Slides the time to live. `named`: the turn may be stored already, and then stays as it is. */
  append(key: string, turn: string, entries: readonly Entry[], named?: boolean): Promise<number>;
  close(): Promise<void>;
}

export interface StoreBounds {
  readonly ttlSeconds: number;
  readonly maxTokens: number;
  /** Milliseconds for one request to the store. */
  readonly timeoutMs: number;
}
