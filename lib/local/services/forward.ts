import type { ServerResponse } from 'node:http';
import { type Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { ServiceRequest } from '../gateway/service';

/** Headers that belong to one connection, or that no longer hold once the body is whole. */
const NOT_FORWARDED = new Set(['connection', 'content-length', 'expect', 'keep-alive', 'transfer-encoding']);

export interface Backend {
  readonly port: number;
  readonly agent: Agent;
}

export interface BackendRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: Buffer;
  readonly signal?: AbortSignal | undefined;
}

export interface BackendResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const RESET = 'ECONNRESET';
const MOST_TRIES = 3;

/**
 * One request to an engine on loopback, answered whole. The engines break no connection that they accepted, so one that was reset before its answer
 * began never reached them: it is sent again.
 */
export async function callBackend(backend: Backend, request: BackendRequest): Promise<BackendResponse> {
  for (let tries = 1; ; tries++) {
    try {
      return await callOnce(backend, request);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== RESET || tries === MOST_TRIES || request.signal?.aborted) throw error;
    }
  }
}

function callOnce(
  { port, agent }: Backend,
  { method, path, headers, body = Buffer.alloc(0), signal }: BackendRequest,
): Promise<BackendResponse> {
  return new Promise((resolve, reject) => {
    const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_FORWARDED.has(name)));
    const request = httpRequest(
      { host: '127.0.0.1', port, agent, method, path, headers: { ...kept, 'content-length': body.length }, ...(signal && { signal }) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', (cause) => reject(new Error(`the engine broke off its answer: ${cause.message}`, { cause })));
        response.on('end', () => resolve({ status: response.statusCode ?? 500, headers: response.headers, body: Buffer.concat(chunks) }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** The client's request as the engine should see it. Aborted when the client goes away, so that a long poll takes no message for nobody. */
export function backendRequest({ request, body }: ServiceRequest, response: ServerResponse): BackendRequest {
  const abort = new AbortController();
  response.once('close', () => abort.abort());
  return { method: request.method ?? 'GET', path: request.url ?? '/', headers: request.headers, body, signal: abort.signal };
}

export function replyWith(response: ServerResponse, { status, headers, body }: BackendResponse, method = 'GET'): void {
  const kept = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !NOT_FORWARDED.has(name) || (method === 'HEAD' && name === 'content-length')),
  );
  response.writeHead(status, method === 'HEAD' ? kept : { ...kept, 'content-length': body.length });
  response.end(method === 'HEAD' ? undefined : body);
}
