import { PassThrough, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { AWS, Loopback, type Respond } from '../http/loopback';
import { startTable, type TestTable } from '../runtime/memory/dynamodb-table';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** Server-sent events of the body. */
  readonly events: { readonly event: string; readonly data: Record<string, unknown> }[];
}

type Handler = (event: unknown, stream: Writable, context: unknown) => Promise<void>;

/** The agent's own handler between a model and a table that answer over HTTP. */
export class AgentBench {
  readonly model = new Loopback((request, response) => this.respond(request, response));
  respond: Respond = () => undefined;
  private table!: TestTable;
  private handler!: Handler;
  private head?: { statusCode: number; headers: Record<string, string> };

  async start(): Promise<void> {
    this.table = await startTable();
    await this.model.start();
    Object.assign(process.env, AWS, {
      CHAT_MEMORY_KIND: 'dynamodb',
      CHAT_MEMORY_TABLE: this.table.name,
      AWS_ENDPOINT_URL_DYNAMODB: this.table.endpoint,
      MODEL_ID: 'small-model',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: this.model.url,
    });
    this.load();
    // The clients are loaded by a first turn, whose time must not count in a test.
    await this.chat('warm-up', 'x', { context: { getRemainingTimeInMillis: () => 30_000 } });
    this.model.received.length = 0;
  }

  /** A new environment. */
  load(): void {
    Object.assign(globalThis, {
      awslambda: {
        streamifyResponse: (handler: Handler) => handler,
        HttpResponseStream: {
          from: (stream: Writable, head: { statusCode: number; headers: Record<string, string> }) => {
            this.head = head;
            return stream;
          },
        },
      },
    });
    jest.resetModules();
    this.handler = require('../../../lambda/agent/handler').handler;
  }

  async stop(): Promise<void> {
    await Promise.all([this.model.stop(), this.table.stop()]);
  }

  event(body: unknown, userId: string | undefined = 'ines') {
    return {
      httpMethod: 'POST',
      path: '/',
      headers: {},
      body: typeof body === 'string' ? body : JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: userId === undefined ? {} : { authorizer: { claims: { sub: userId } } },
    };
  }

  chat(
    conversationId: string,
    message: string,
    options: { user?: string; turnId?: string; context?: object; stream?: PassThrough } = {},
  ): Promise<Answer> {
    return this.invoke(this.event({ conversationId, message, turnId: options.turnId }, options.user), options);
  }

  async invoke(event: unknown, options: { context?: object; stream?: PassThrough } = {}): Promise<Answer> {
    const { context = { getRemainingTimeInMillis: () => 30_000 }, stream = new PassThrough() } = options;
    this.head = undefined;
    const reading = text(stream).catch(() => '');
    await this.handler(event, stream, context);
    const body = await reading;
    const { statusCode: status, headers } = this.head ?? { statusCode: 0, headers: {} };
    return { status, headers, body, events: eventsOf(body) };
  }
}

function eventsOf(body: string): Answer['events'] {
  return body
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const [first = '', second = ''] = block.split('\n');
      return { event: first.slice(7), data: JSON.parse(second.slice(6)) };
    });
}
