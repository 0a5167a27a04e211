import { CHAT_KEY_PREFIX } from '../../contract/chat-memory';
import type { ChatStore, StoreBounds } from './chat-store';
import type { Entry } from './entry';
import type { ValkeyConnection } from './valkey-connection';
import { APPEND_SCRIPT, READ_SCRIPT } from './valkey-scripts';

/** A conversation is one list: appends of concurrent turns are ordered by the server, which runs each script alone. */
export class ValkeyChatStore implements ChatStore {
  constructor(
    private readonly connection: ValkeyConnection,
    private readonly bounds: StoreBounds,
  ) {}

  async read(key: string): Promise<readonly string[]> {
    const entries = await this.connection.run((client) => client.eval(READ_SCRIPT, 1, nameOf(key), this.ttlMs));
    return entries as string[];
  }

  async append(key: string, turn: string, entries: readonly Entry[], named = false): Promise<number> {
    const bodies = entries.map((entry) => JSON.stringify(entry).slice(1));
    const sequence = await this.connection.run((client, repetition) =>
      client.eval(APPEND_SCRIPT, 1, nameOf(key), this.ttlMs, this.bounds.maxTokens, repetition || named ? '1' : '0', turn, ...bodies),
    );
    return Number(sequence);
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private get ttlMs(): number {
    return this.bounds.ttlSeconds * 1_000;
  }
}

/** The braces keep any further key of the conversation in the same slot. */
function nameOf(key: string): string {
  return `${CHAT_KEY_PREFIX}{${key}}`;
}
