import { buckets, queues } from './assembly/messaging';
import { stateMachines } from './assembly/state-machines';
import { tables } from './assembly/table';
import type { Site } from './deploy/site';
import { LocalTable } from './local-table';
import { cacheKeys } from './services/valkey/cache-data';

/** One thing that a local run has stored, or one execution that it knows. */
export interface StoredEntry {
  readonly kind: 'item' | 'object' | 'message' | 'key' | 'run';
  /** What holds it, such as `table ResearchTable1F2E`. */
  readonly store: string;
  /** An item's attributes, `{key, body}` of an object, a message's text, `{key, type, value}` of a cache, `{name, status, …}` of a run. */
  readonly value: unknown;
}

/** Everything that is stored now: items, objects, messages, keys of caches, and the executions with their ends. */
export async function storedState(site: Site): Promise<StoredEntry[]> {
  const read = [...site.all(tables).map(itemsOf), ...site.all(buckets).map(objectsOf), ...site.caches.map(keysOf)];
  const stored = (await Promise.all(read.map((entries) => entries(site)))).flat();
  const messages = site
    .all(queues)
    .flatMap(({ name }) => site.messages(name).map((value) => ({ kind: 'message', store: `queue ${name}`, value }) as const));
  return [...stored, ...messages, ...(await runsOf(site))];
}

type Reader = (site: Site) => Promise<StoredEntry[]>;

function itemsOf({ name }: { readonly name: string }): Reader {
  return async ({ gateway }) =>
    (await new LocalTable(name, gateway.url).items()).map((value) => ({ kind: 'item', store: `table ${name}`, value }));
}

function objectsOf({ name }: { readonly name: string }): Reader {
  return async (site) => {
    const bucket = site.bucket(name);
    const read = async (key: string) => ({ kind: 'object', store: `bucket ${name}`, value: { key, body: await bucket.get(key) } }) as const;
    return Promise.all((await bucket.list()).map(read));
  };
}

function keysOf(cache: Site['caches'][number], at: number): Reader {
  return async () => (await cacheKeys(cache.command)).map((value) => ({ kind: 'key', store: `cache ${at + 1}`, value }));
}

async function runsOf(site: Site): Promise<StoredEntry[]> {
  const records = site.all(stateMachines).flatMap(({ arn }) => site.executions.list(arn));
  return Promise.all(
    records.map(async ({ machine, name, execution, result }) => {
      const end = execution.status === 'RUNNING' ? { status: execution.status } : await result;
      return { kind: 'run', store: `workflow ${machine.name}`, value: { name, ...end } } as const;
    }),
  );
}
