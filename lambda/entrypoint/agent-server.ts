import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerInvocation, sendJson } from './answer-invocation';
import { Health } from './health';
import type { Handler } from './load-handler';

export interface AgentServerOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Ends the server once the requests that came before are answered. */
  readonly stop: AbortSignal;
  readonly onListening?: (port: number) => void;
}

/**
 * Serves a handler as AgentCore calls it. One request at a time, as in an environment of Lambda, for which the handler was written;
 * pings are answered meanwhile.
 * Source: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-http-protocol-contract.html
 */
export async function serveAgent(handler: Handler, { host, port, stop, onListening }: AgentServerOptions): Promise<void> {
  const health = new Health();
  let last: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work);
    return last;
  };
  // Loaded here: a worker needs no server.
  const { createServer } = await import('node:http');
  const server = createServer((request, response) => {
    const way = route(request);
    response.once('finish', () => {
      if (stop.aborted) setImmediate(() => server.closeIdleConnections());
    });
    if (way === 'ping') sendJson(response, 200, health.report());
    else if (way === 'invocations') void health.during(() => inTurn(() => answerInvocation(handler, request, response)));
    else refuse(response, way);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  onListening?.((server.address() as AddressInfo).port);
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  const close = () => {
    server.close();
    server.closeIdleConnections();
  };
  if (stop.aborted) close();
  else stop.addEventListener('abort', close, { once: true });
  await closed;
}

const ROUTES: Readonly<Record<string, { readonly method: string; readonly way: 'ping' | 'invocations' }>> = {
  '/ping': { method: 'GET', way: 'ping' },
  '/invocations': { method: 'POST', way: 'invocations' },
};

type Refusal = { readonly status: 404 } | { readonly status: 405; readonly allow: string };

function route(request: IncomingMessage): 'ping' | 'invocations' | Refusal {
  const known = ROUTES[(request.url ?? '').split('?')[0] ?? ''];
  if (known === undefined) return { status: 404 };
  return known.method === request.method ? known.way : { status: 405, allow: known.method };
}

function refuse(response: ServerResponse, refusal: Refusal): void {
  if (refusal.status === 404) sendJson(response, 404, { error: 'NotFound', message: 'there are POST /invocations and GET /ping' });
  else sendJson(response, 405, { error: 'MethodNotAllowed', message: `use ${refusal.allow}` }, { allow: refusal.allow });
}
