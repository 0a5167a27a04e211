import type { ServerResponse } from 'node:http';

interface ProxyResult {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

export function replyMessage(response: ServerResponse, status: number, message: string): void {
  replyJson(response, status, { message });
}

export function replyJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** What a function gave back, as a response. False when the service would call it malformed. */
export function replyResult(response: ServerResponse, payload: string, format: string): boolean {
  const result = resultOf(payload, format);
  if (result === undefined) return false;
  const { statusCode = 200, headers = {}, multiValueHeaders = {}, cookies = [], body = '', isBase64Encoded } = result;
  for (const [name, content] of Object.entries(headers)) response.setHeader(name, String(content));
  for (const [name, contents] of Object.entries(multiValueHeaders)) response.setHeader(name, contents.map(String));
  if (cookies.length > 0) response.setHeader('set-cookie', [...cookies]);
  response.writeHead(statusCode).end(isBase64Encoded ? Buffer.from(body, 'base64') : body);
  return true;
}

function resultOf(payload: string, format: string): ProxyResult | undefined {
  const value = JSON.parse(payload === '' ? 'null' : payload) as ProxyResult | string | null;
  if (value !== null && typeof value === 'object' && value.statusCode !== undefined) return value;
  if (format !== '2.0') return undefined;
  // A bare value counts as a JSON body with status 200, as payload format 2.0 has it.
  return { headers: { 'content-type': 'application/json' }, body: typeof value === 'string' ? value : JSON.stringify(value) };
}
