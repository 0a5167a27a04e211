import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DefinitionError } from '../asl/definition/problems';
import type { Deployment } from '../deployment';
import { FaultError } from '../faults/fault';
import { ServiceError } from '../stepfunctions/service-error';
import { ACTIONS } from './actions';
import type { ChangeFeed } from './change-feed';
import { chatMemories } from './chat-memories';
import { ConsoleError } from './console-error';
import { executionDetail, workflowDrawing } from './execution-detail';
import { overview } from './overview';
import { pageFile } from './page-files';
import { refusalOf } from './request-guard';

export interface ConsoleOptions {
  readonly deployment: Deployment;
  /** Tells when something of the stack changed. */
  readonly feed: ChangeFeed;
  /** What the local run left out or could not do, so far. */
  readonly notices: readonly string[];
  /** @default - any free one */
  readonly port?: number;
}

const MAX_BODY_BYTES = 1_000_000;

/** Nothing from elsewhere runs, is loaded or may frame the page. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** Serves the page of a local run on loopback, with an API for it alone. */
export class ConsoleServer {
  /** @throws the error of the system when the port is taken */
  static async start(options: ConsoleOptions): Promise<ConsoleServer> {
    const server = new ConsoleServer(options);
    await server.listen(options.port ?? 0);
    return server;
  }

  private readonly token = randomBytes(24).toString('base64url');
  private readonly server: Server;
  private port = 0;

  private constructor(private readonly options: ConsoleOptions) {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((error: Error) => fail(response, error));
    });
  }

  /** Address of the page, with the token that lets a browser use it; what follows the # is sent to nobody. */
  get url(): string {
    return `${this.origin}/#${this.token}`;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    this.options.feed.close();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    this.port = (this.server.address() as AddressInfo).port;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const refusal = refusalOf(request, url, { port: this.port, token: this.token });
    if (refusal !== undefined) throw new ConsoleError(refusal.code, refusal.message, refusal.status);
    if (url.pathname.startsWith('/api/')) return this.api(request, url, response);
    const file = request.method === 'GET' ? pageFile(url.pathname) : undefined;
    if (file === undefined) throw new ConsoleError('NotFound', `there is no ${request.method} ${url.pathname}`, 404);
    response.setHeader('content-type', file.type);
    response.end(file.body);
  }

  private async api(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    const { deployment, feed, notices } = this.options;
    const name = url.pathname.slice('/api/'.length);
    if (request.method === 'POST') {
      const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
      if (action === undefined) throw new ConsoleError('NotFound', `there is no action ${name}`, 404);
      const result = await action(deployment, await bodyOf(request));
      feed.changed();
      return send(response, result);
    }
    if (request.method !== 'GET') throw new ConsoleError('Method', `a request must be GET or POST, got ${request.method}`, 405);
    switch (name) {
      case 'events':
        return feed.attach(response);
      case 'overview':
        return send(response, await overview(deployment, notices));
      case 'execution':
        return send(response, executionDetail(deployment, url.searchParams.get('arn') ?? ''));
      case 'memory':
        return send(response, await chatMemories(deployment));
      case 'drawing':
        response.setHeader('content-type', 'image/svg+xml; charset=utf-8');
        response.end(workflowDrawing(deployment, deployment.executions.machineOf(url.searchParams.get('workflow') ?? '')));
        return;
      default:
        throw new ConsoleError('NotFound', `there is no ${name}`, 404);
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_BODY_BYTES) throw new ConsoleError('Body', `a request must be at most ${MAX_BODY_BYTES} bytes`, 413);
    chunks.push(chunk as Buffer);
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new ConsoleError('Body', `the request is not JSON: ${(error as Error).message}`);
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Readonly<Record<string, unknown>>;
  throw new ConsoleError('Body', 'the request must be a JSON object');
}

function send(response: ServerResponse, value: object): void {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(value));
}

function fail(response: ServerResponse, error: Error): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known =
    error instanceof ConsoleError || error instanceof ServiceError || error instanceof DefinitionError || error instanceof FaultError;
  response.statusCode = error instanceof ConsoleError ? error.status : known ? 400 : 500;
  send(response, { error: { code: error instanceof ConsoleError ? error.code : error.name, message: error.message } });
}
