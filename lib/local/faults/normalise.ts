import type { StoredEntry } from '../stored-state';

/** What a scenario came to, or a thing that it left behind. */
export interface SweptEntry {
  /** `outcome`: what the scenario returned; the others are those of `LocalRunner.stored`. */
  readonly kind: StoredEntry['kind'] | 'outcome';
  readonly store: string;
  readonly value: unknown;
}

/** Changes an entry before it is compared, or leaves it out by answering undefined. */
export type Normalise = (entry: SweptEntry) => SweptEntry | undefined;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
/** Random names and keys of 128 bits and more, task tokens among them; texts have spaces or punctuation before they get so long. */
const RANDOM = /(?<![A-Za-z0-9_+/-])(?=[A-Za-z0-9_+/-]*\d)[A-Za-z0-9_+/-]{32,}={0,2}/g;
/** 2001 to 2286, in seconds and in milliseconds. */
const EPOCH = [
  [1e9, 1e10],
  [1e12, 1e13],
] as const;

/** How often something was tried is no part of what came of it: the checkpoints of a workflow note it beside their results. */
const TRIES = new Set(['attempt', 'redrive', 'redriveCount', 'fence', 'released']);
const LEASE = 'lease';

function isEpoch(value: number): boolean {
  return EPOCH.some(([from, to]) => value >= from && value < to);
}

function text(value: string): unknown {
  if (/^\d{10,13}$/.test(value) && isEpoch(Number(value))) return '<time>';
  const parsed = /^[[{]/.test(value) ? parsedOr(value) : value;
  if (typeof parsed !== 'string') return plain(parsed);
  return value.replace(INSTANT, '<time>').replace(UUID, '<uuid>').replace(RANDOM, '<random>');
}

function parsedOr(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return isEpoch(value) ? '<time>' : value;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Set) return [...value].map(plain).sort();
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name, one]) => one !== undefined && !TRIES.has(name));
  return Object.fromEntries(kept.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, one]) => [String(text(name)), plain(one)]));
}

/**
 * What two runs of one scenario must agree on. Everything that is new each time is replaced by what it is: UUIDs, instants in ISO 8601 and as
 * epoch seconds or milliseconds, and random names of 32 characters and more. Counts of attempts and the leases of checkpointed steps are left
 * out. Texts that are JSON are read, and the order of an object's fields does not matter.
 */
export function normalise({ kind, store, value }: SweptEntry): SweptEntry | undefined {
  if (kind === 'item' && (value as { sk?: unknown }).sk === LEASE) return undefined;
  return { kind, store, value: plain(value) };
}
