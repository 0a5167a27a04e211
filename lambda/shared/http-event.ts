/** What the router reads of an event of API Gateway (payload 1.0 and 2.0) or a function URL. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
  /** Header of the given lower-case name. */
  header(name: string): string | undefined;
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request that is answered with a text instead of being routed. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'HttpError';
  }
}

export function httpRequestOf(event: unknown): HttpRequest {
  const { requestContext, httpMethod, rawPath, path, body, isBase64Encoded, headers } = (event ?? {}) as Record<string, unknown>;
  const http = (requestContext as { http?: { method?: string } } | undefined)?.http;
  const method = http?.method ?? httpMethod;
  if (typeof method !== 'string') throw new HttpError(400, 'this function answers HTTP events of API Gateway or a function URL');
  const text = typeof body === 'string' ? body : '';
  return {
    method: method.toUpperCase(),
    path: String(rawPath ?? path ?? '/'),
    body: Buffer.from(text, isBase64Encoded === true ? 'base64' : 'utf8'),
    header: (name) => headerOf(headers, name),
  };
}

/** Payload 1.0 keeps the case that the client wrote. */
function headerOf(headers: unknown, wanted: string): string | undefined {
  const found = Object.entries((headers ?? {}) as Record<string, unknown>).find(([name]) => name.toLowerCase() === wanted);
  return typeof found?.[1] === 'string' ? found[1] : undefined;
}

export function answer(statusCode: number, value: unknown, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  };
}
