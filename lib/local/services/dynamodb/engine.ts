import { Agent, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadBundled } from '../../../handlers/load-bundled';
import { type Backend, callBackend } from '../forward';

export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;

/** Whatever an operation answers: its output, or an error with `__type`. */
export interface EngineResponse {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

type Dynalite = (options: { createTableMs: number; deleteTableMs: number; updateTableMs: number }) => Server;

/** The engine wants a signature but does not verify it. */
const SIGNED = {
  'content-type': 'application/x-amz-json-1.0',
  authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local',
  'x-amz-date': '20260101T000000Z',
};

/** A burst of new connections is more than a busy machine accepts: it resets some of them. */
const MAX_CONNECTIONS = 64;

/** Short name of the error in a response: `ConditionalCheckFailedException`; empty when it succeeded. */
export function errorName({ body }: EngineResponse): string {
  return String(body['__type'] ?? '').replace(/^.*#/, '');
}

/** DynamoDB's tables and single-item operations, by the wire protocol of dynalite. */
export class TableEngine {
  private readonly keys = new Map<string, readonly string[]>();

  private constructor(
    private readonly server: Server,
    private readonly backend: Backend,
  ) {}

  static async start(): Promise<TableEngine> {
    const server = loadBundled<Dynalite>('dynalite')({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    // An idle connection that the engine closed just as it was used again would be a failure that DynamoDB does not have.
    server.keepAliveTimeout = 0;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TableEngine(server, {
      port: (server.address() as AddressInfo).port,
      agent: new Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS }),
    });
  }

  async call(operation: string, input: unknown): Promise<EngineResponse> {
    const response = await callBackend(this.backend, {
      method: 'POST',
      path: '/',
      headers: { ...SIGNED, 'x-amz-target': `DynamoDB_20120810.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
    });
    const text = response.body.toString('utf8');
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
  }

  /** Names of a table's key attributes; undefined when there is no such table. */
  async keyNames(table: string): Promise<readonly string[] | undefined> {
    const known = this.keys.get(table);
    if (known) return known;
    const described = await this.call('DescribeTable', { TableName: table });
    const schema = (described.body['Table'] as { KeySchema?: { AttributeName: string }[] } | undefined)?.KeySchema;
    const names = schema?.map((element) => element.AttributeName);
    if (names) this.keys.set(table, names);
    return names;
  }

  forgetTable(table: string): void {
    this.keys.delete(table);
  }

  async read(table: string, key: Item): Promise<Item | undefined> {
    return (await this.call('GetItem', { TableName: table, Key: key, ConsistentRead: true })).body['Item'] as Item | undefined;
  }

  async stop(): Promise<void> {
    this.backend.agent.destroy();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}
