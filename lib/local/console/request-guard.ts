import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is not answered. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export interface GuardOptions {
  readonly port: number;
  /** Whoever knows it may use the API: it is in the address that the command prints and nowhere else. */
  readonly token: string;
}

const TOKEN_HEADER = 'x-console-token';

/**
 * Keeps other sites, and other users of this machine, from using the API, which starts and kills things. The Host must be this server's, so that
 * no foreign name can be made to lead here; an Origin must be this server's own; each request of the API carries the token, which a cross-site
 * request cannot; and what changes something is JSON, which no form can send.
 */
export function refusalOf(request: IncomingMessage, url: URL, { port, token }: GuardOptions): Refusal | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host = '', origin } = request.headers;
  if (!hosts.includes(host)) {
    return {
      status: 403,
      code: 'Host',
      message: `this page is served for ${hosts.join(' and ')} only, got the host ${JSON.stringify(host)}`,
    };
  }
  if (origin !== undefined && !hosts.some((own) => origin === `http://${own}`)) {
    return { status: 403, code: 'Origin', message: `requests of other sites are refused, got the origin ${JSON.stringify(origin)}` };
  }
  if (!url.pathname.startsWith('/api/')) return undefined;
  if (!isToken(String(request.headers[TOKEN_HEADER] ?? url.searchParams.get('token') ?? ''), token)) {
    return { status: 401, code: 'Token', message: 'the token is missing or wrong: open the address that the command printed' };
  }
  if (request.method === 'POST' && !/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    return {
      status: 415,
      code: 'ContentType',
      message: `the body must be application/json, got ${request.headers['content-type'] ?? 'none'}`,
    };
  }
  return undefined;
}

function isToken(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
