import type { ServiceRequest } from '../gateway/service';
import { objectOf } from './object-event';

const NOT_AN_OBJECT = ['uploadId', 'tagging', 'versionId'];

/** The objects that a request deletes, whether they are there or not. */
export function removedKeys({ request, body }: Pick<ServiceRequest, 'request' | 'body'>): { bucket: string; keys: readonly string[] } {
  const { bucket, key, query } = objectOf(request.headers.host ?? '', request.url ?? '/');
  if (request.method === 'DELETE' && key !== '' && !NOT_AN_OBJECT.some((name) => query.has(name))) return { bucket, keys: [key] };
  if (request.method !== 'POST' || !query.has('delete')) return { bucket, keys: [] };
  const named = [...body.toString('utf8').matchAll(/<Object>[\s\S]*?<Key>([\s\S]*?)<\/Key>[\s\S]*?<\/Object>/g)];
  return { bucket, keys: named.map(([, text = '']) => unescaped(text)) };
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
}
