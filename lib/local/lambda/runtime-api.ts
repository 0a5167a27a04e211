import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answer';

const PREFIX = '/2018-06-01/runtime';

/** An event as a runtime receives it. */
export interface RuntimeEvent {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: Buffer;
  /** Epoch milliseconds at which the environment is killed. */
  readonly deadline: number;
  readonly traceId: string;
  readonly clientContext?: string;
}

/** A runtime that waits for its next event. */
export interface Poll {
  deliver(event: RuntimeEvent): void;
}

/** The environment behind one Runtime API. */
export interface RuntimeListener {
  onNext(poll: Poll): void;
  onInitError(body: string): void;
  /** The open answer of that request; undefined when the environment must not answer it (any more). */
  answerFor(requestId: string): Answer | undefined;
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function reply(response: ServerResponse, status: number, document: unknown): void {
  const body = JSON.stringify(document);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

const ACCEPTED = { status: 'OK' };

/** The HTTP interface between the service and the runtime in one environment. Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
export class RuntimeApi {
  private readonly server: Server;

  constructor(private readonly listener: RuntimeListener) {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
    // A streamed answer may take as long as the function runs, and a frozen runtime sends nothing at all.
    this.server.requestTimeout = 0;
    this.server.headersTimeout = 0;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', resolve);
    });
  }

  /** Value of AWS_LAMBDA_RUNTIME_API. */
  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').slice(PREFIX.length);
    if (request.method === 'GET' && path === '/invocation/next') {
      this.listener.onNext(pollOf(response));
      return;
    }
    if (request.method === 'POST' && path === '/init/error') {
      const body = await read(request);
      reply(response, 202, ACCEPTED);
      this.listener.onInitError(body.toString('utf8'));
      return;
    }
    const [, requestId, verb] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (request.method !== 'POST' || requestId === undefined) {
      request.resume();
      reply(response, 404, { errorType: 'NotFound', errorMessage: `no such operation: ${request.method} ${request.url}` });
      return;
    }
    const answer = this.listener.answerFor(decodeURIComponent(requestId));
    if (answer === undefined) {
      request.resume();
      reply(response, 403, { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' });
    } else if (verb === 'error') {
      // Marked before its body is read: the same answer must not be taken twice.
      answer.begin('application/json', false);
      answer.fail((await read(request)).toString('utf8'));
      reply(response, 202, ACCEPTED);
    } else {
      await receive(request, response, answer);
    }
  }
}

/** JSON with only the characters that a header may carry; outside of strings JSON has no others. */
function headerSafe(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function pollOf(response: ServerResponse): Poll {
  return {
    deliver(event) {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': event.payload.length,
        'lambda-runtime-aws-request-id': event.requestId,
        'lambda-runtime-deadline-ms': String(event.deadline),
        'lambda-runtime-invoked-function-arn': event.functionArn,
        'lambda-runtime-trace-id': event.traceId,
        ...(event.clientContext !== undefined && { 'lambda-runtime-client-context': headerSafe(event.clientContext) }),
      });
      response.end(event.payload);
    },
  };
}

/** Takes an answer in, chunk by chunk; a failure in the middle of a stream comes in its trailers. */
async function receive(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const streaming = request.headers['lambda-runtime-function-response-mode'] === 'streaming';
  answer.begin(streaming ? (request.headers['content-type'] ?? 'application/octet-stream') : 'application/json', streaming);
  let fits = true;
  // An answer that is too large is still read to its end: breaking the connection would break the runtime.
  for await (const chunk of request) fits = fits && answer.write(chunk as Buffer);
  if (!fits) {
    reply(response, 413, { errorType: 'RequestEntityTooLarge', errorMessage: 'Exceeded maximum allowed payload size' });
    return;
  }
  const failed = request.trailers['lambda-runtime-function-error-type'];
  if (failed !== undefined) {
    const body = Buffer.from(request.trailers['lambda-runtime-function-error-body'] ?? '', 'base64').toString('utf8');
    answer.fail(body || JSON.stringify({ errorType: failed, errorMessage: '' }));
  }
  answer.end();
  reply(response, 202, ACCEPTED);
}
