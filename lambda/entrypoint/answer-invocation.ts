import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAX_BODY_BYTES } from '../contract/container';
import { ErrorName } from '../contract/errors';
import { log } from '../shared/logger';
import { NamedError } from '../shared/named-error';
import { type Handler, UNLIMITED_MS } from './load-handler';
import { isParts } from './streamed';

/** Answers POST /invocations: JSON in, and JSON out, or server-sent events when the handler returns an async iterable. */
export async function answerInvocation(
  handler: Handler,
  request: IncomingMessage,
  response: ServerResponse,
  maxBodyBytes: number = MAX_BODY_BYTES,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const event = await readJson(request, maxBodyBytes);
    const context = { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => UNLIMITED_MS, signal: gone.signal };
    const result = await handler(event, context);
    if (isParts(result)) await stream(result, response, gone.signal);
    else sendJson(response, 200, result ?? null);
  } catch (error) {
    fail(response, error);
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers }).end(text);
}

async function readJson(request: IncomingMessage, maxBodyBytes: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The request outlives the loop: its refusal still has to be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new NamedError(ErrorName.InvalidInput, `the body must have at most ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw new NamedError(ErrorName.InvalidInput, 'the body is not JSON', { cause });
  }
}

/** A caller that is gone, or reads slowly, holds the handler back. */
async function stream(parts: AsyncIterable<unknown>, response: ServerResponse, gone: AbortSignal): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  for await (const part of parts) {
    if (gone.aborted) return;
    if (!response.write(`data: ${JSON.stringify(part)}\n\n`)) await drained(response);
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.once('drain', go).once('close', go);
  });
}

/** A caller gets its own mistakes explained; of any other error it gets the name, and the log the rest. */
function fail(response: ServerResponse, error: unknown): void {
  const { name = 'Error', message = String(error) } = (error ?? {}) as Partial<Error>;
  log.error('invocation failed', { error });
  const body = name === ErrorName.InvalidInput ? { error: name, message } : { error: name };
  if (!response.headersSent) sendJson(response, name === ErrorName.InvalidInput ? 400 : 500, body, { connection: 'close' });
  else response.end(`event: error\ndata: ${JSON.stringify(body)}\n\n`);
}
