import { Env } from '../../../lambda/contract/env';
import { tables } from '../assembly/table';
import type { Site } from '../deploy/site';
import type { FunctionSpec } from '../lambda/function-spec';
import { LocalTable } from '../local-table';
import { cacheKeys } from '../services/valkey/cache-data';

/** A store of conversations and what it holds. */
export interface ChatMemoryView {
  readonly kind: 'DynamoDB' | 'Valkey';
  readonly name: string;
  readonly entries: readonly { readonly key: string; readonly value: unknown }[];
}

/** The tables that functions use as chat memory, and the keys of the caches, as the stores hold them. */
export async function chatMemories(
  site: Pick<Site, 'gateway' | 'all' | 'caches'> & { readonly specs: readonly FunctionSpec[] },
): Promise<ChatMemoryView[]> {
  const used = new Set(site.specs.map(({ environment }) => environment[Env.chatMemoryTable]));
  const chatTables = site.all(tables).filter(({ name }) => used.has(name));
  const inTables = chatTables.map(async ({ name, keySchema }): Promise<ChatMemoryView> => {
    const items = await new LocalTable(name, site.gateway.url).items();
    const keys = keySchema.map(({ AttributeName }) => AttributeName);
    const entries = items.map((item) => ({
      key: keys.map((key) => String(item[key])).join(' · '),
      value: Object.fromEntries(
        Object.entries(item)
          .filter(([attribute]) => !keys.includes(attribute))
          .map(([one, value]) => [one, readable(value)]),
      ),
    }));
    return { kind: 'DynamoDB', name, entries };
  });
  const inCaches = site.caches.map(async ({ command }, at): Promise<ChatMemoryView> => {
    const entries = (await cacheKeys(command)).map(({ key, value }) => ({ key, value: readable(value) }));
    return { kind: 'Valkey', name: `cache ${at + 1}`, entries };
  });
  return Promise.all([...inTables, ...inCaches]);
}

/** Texts that hold JSON are read, sets are lists, bytes are told by their number. */
function readable(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return `${value.length} bytes`;
  if (value instanceof Set) return [...value].map(readable);
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, readable(one)]));
  }
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
