import type { IncomingHttpHeaders } from 'node:http';
import { type JsonObject, UnknownParameter } from './wire';

/** Where a REST operation carries its parameters, by the name that Step Functions gives them. */
export interface RestOperation {
  readonly method: string;
  /** Parameters in braces are escaped whole, those with a plus keep their slashes. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Parameter that is the body. */
  readonly body?: string;
}

export interface RestParts {
  readonly path: string;
  readonly headers: Record<string, string>;
  /** Parameters that neither path, query nor headers carry. */
  readonly rest: JsonObject;
}

/** @throws UnknownParameter when the path needs a parameter that is not given */
export function restParts(operation: RestOperation, parameters: JsonObject): RestParts {
  const rest: Record<string, unknown> = { ...parameters };
  const take = (name: string): unknown => {
    const value = rest[name];
    delete rest[name];
    return value;
  };
  const path = operation.path.replace(/\{(\w+)(\+?)\}/g, (_whole, name: string, slashes: string) => {
    const value = take(name);
    if (value === undefined) throw new UnknownParameter(`The field "${name}" is required but was missing`);
    const text = String(value);
    return slashes === '' ? encodeURIComponent(text) : text.split('/').map(encodeURIComponent).join('/');
  });
  const query = new URLSearchParams();
  for (const [name, key] of Object.entries(operation.query ?? {})) {
    const value = take(name);
    if (value !== undefined) query.append(key, String(value));
  }
  const headers: Record<string, string> = {};
  for (const [name, key] of Object.entries(operation.headers ?? {})) {
    const value = take(name);
    if (value !== undefined) headers[key] = String(value);
  }
  const separator = path.includes('?') ? '&' : '?';
  return { path: query.size === 0 ? path : `${path}${separator}${query}`, headers, rest };
}

/** Members of an answer that travel in its headers. */
export function headerMembers(headers: IncomingHttpHeaders, members: Readonly<Record<string, string>>): Record<string, string> {
  const found = Object.entries(members).map(([header, member]) => [member, headers[header]] as const);
  return Object.fromEntries(found.filter((entry): entry is readonly [string, string] => typeof entry[1] === 'string'));
}

/** @throws UnknownParameter naming the first parameter that is left */
export function refuseRest(rest: JsonObject): void {
  const [name] = Object.keys(rest);
  if (name !== undefined) throw new UnknownParameter(`The field "${name}" is not supported by the local run`);
}
