import type { Quota } from '../quotas/quota';
import { near } from '../workload/near';

const WORDS = /[\s_-]+/;

/** `Step Functions`, `step-functions` and `stepfunctions` are the same. */
const joined = (words: readonly string[]): string => words.join('').toLowerCase();

/** Whether the name is that of the platform or of some of its words that stand together: `lambda`, `step functions`. */
function namesPlatform(name: string, platform: string): boolean {
  const words = platform.split(WORDS);
  const wanted = joined(name.split(WORDS));
  return words.some((_, from) => words.slice(from).some((_word, count) => joined(words.slice(from, from + count + 1)) === wanted));
}

/** Whether the name is an id or the first parts of one: `lambda.stream`. */
function beginsId(name: string, id: string): boolean {
  return `${id}.`.startsWith(`${name.toLowerCase().replace(/\.$/, '')}.`);
}

export function quotasOf(name: string, quotas: readonly Quota[]): Quota[] {
  const trimmed = name.trim();
  if (trimmed === '') return [];
  return quotas.filter(({ platform, id }) => namesPlatform(trimmed, platform) || beginsId(trimmed, id));
}

export interface ServiceNames {
  readonly platforms: readonly string[];
  /** What ids begin with. */
  readonly prefixes: readonly string[];
}

export function serviceNames(quotas: readonly Quota[]): ServiceNames {
  return {
    platforms: [...new Set(quotas.map(({ platform }) => platform))],
    prefixes: [...new Set(quotas.map(({ id }) => id.split('.')[0] ?? id))],
  };
}

/** The name that was most likely meant: a platform, one of its words, or the beginning of an id. */
export function nearService(name: string, quotas: readonly Quota[]): string | undefined {
  const { platforms, prefixes } = serviceNames(quotas);
  const words = platforms.flatMap((platform) => platform.split(WORDS));
  return near(name, [...new Set([...platforms, ...words.map((word) => word.toLowerCase()), ...prefixes, ...quotas.map(({ id }) => id)])]);
}
