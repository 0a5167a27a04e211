import type { IncomingMessage } from 'node:http';
import type { ApiModel } from '../assembly/apis';
import type { Caller } from './caller';
import type { RouteMatch } from './route-match';

/** One request on its way to a function, as both payload formats need it. */
export interface ApiRequest {
  readonly api: ApiModel;
  readonly route: RouteMatch;
  readonly caller: Caller;
  readonly message: IncomingMessage;
  /** Without the stage that a REST API is served below. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** Header values by lower-case name, repeated ones in order. */
export function headersOf(message: IncomingMessage): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value : [value];
  }
  return headers;
}

/** The body as an event carries it: text as it is, anything else in base64. */
export function bodyOf({ body, message }: ApiRequest): { readonly body?: string; readonly isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const type = message.headers['content-type'] ?? 'text/plain';
  const text = /^(text\/|application\/(json|xml|x-www-form-urlencoded|javascript))/.test(type);
  return { body: body.toString(text ? 'utf8' : 'base64'), isBase64Encoded: !text };
}

export function filled<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}
