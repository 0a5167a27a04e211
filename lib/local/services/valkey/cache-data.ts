/** Runs a command with every right. */
export type AdminCommand = (...words: string[]) => Promise<unknown>;

export interface CacheKey {
  readonly key: string;
  readonly type: string;
  readonly value: unknown;
}

const READ: Readonly<Record<string, (key: string) => string[]>> = {
  string: (key) => ['GET', key],
  list: (key) => ['LRANGE', key, '0', '-1'],
  hash: (key) => ['HGETALL', key],
  set: (key) => ['SMEMBERS', key],
  zset: (key) => ['ZRANGE', key, '0', '-1', 'WITHSCORES'],
  stream: (key) => ['XRANGE', key, '-', '+'],
};

/** Every key of a cache with its value, in the order of the keys. */
export async function cacheKeys(command: AdminCommand): Promise<CacheKey[]> {
  const names = ((await command('KEYS', '*')) as string[]).sort();
  const keys: CacheKey[] = [];
  for (const key of names) {
    const type = String(await command('TYPE', key));
    const words = READ[type]?.(key);
    keys.push({ key, type, value: words === undefined ? `a ${type}` : inOrder(type, await command(...words)) });
  }
  return keys;
}

/** Hashes and sets have no order of their own. */
function inOrder(type: string, value: unknown): unknown {
  if (type === 'set') return [...(value as string[])].sort();
  if (type !== 'hash' || !Array.isArray(value)) return value;
  const pairs = value.flatMap((name, at) => (at % 2 === 0 ? [[String(name), value[at + 1]] as const] : []));
  return Object.fromEntries(pairs.sort(([one], [other]) => one.localeCompare(other)));
}

export async function emptyCache(command: AdminCommand): Promise<void> {
  await command('FLUSHALL');
}
