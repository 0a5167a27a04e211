import type { ServerResponse } from 'node:http';
import type { ServiceRequest } from '../../../lib/local/gateway/service';
import { startDynamoDb } from '../../../lib/local/services/dynamodb/dynamodb';
import { operationOf, replyError, replyJson } from '../../../lib/local/services/reply';
import { buildLocalServices } from '../../../scripts/build-local-services.cjs';
import { gatewayOver } from '../../lib/local/services/test-gateway';

export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly body: Record<string, unknown>;
}

/** Decides what happens to a call instead of its being answered: an error to answer with, or a wait before it goes through. */
export type Fault = (call: Call) => { error: string; message?: string; status?: number } | { delayMs: number } | undefined;

type Attributes = Record<string, Record<string, unknown>>;

/** The AWS services around a workflow's handlers on one loopback port: a table, a bucket, and recorders that answer success. */
export class AwsDouble {
  readonly calls: Call[] = [];
  readonly objects = new Map<string, Buffer>();
  fault: Fault = () => undefined;
  /** What recorders answer, by operation. */
  readonly answers = new Map<string, (body: Record<string, unknown>) => unknown>();

  private constructor(
    readonly url: string,
    private readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<AwsDouble> {
    await buildLocalServices({ quiet: true });
    const table = await startDynamoDb({
      tables: [
        {
          logicalId: 'Store',
          name: 'workflow-store',
          arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/workflow-store',
          keySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          attributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: 'S' },
          ],
          globalIndexes: [],
          localIndexes: [],
        },
      ],
    });
    let double: AwsDouble | undefined;
    const gateway = await gatewayOver({
      register: (registry) => {
        table.register({
          register: (name, handler) =>
            registry.register(name, async (request, response) => {
              if (await double!.intercepted(request, response)) return;
              await handler(request, response);
            }),
        });
        for (const name of ['s3', 'states', 'events', 'sns']) {
          registry.register(name, async (request, response) => {
            if (await double!.intercepted(request, response)) return;
            if (name === 's3') double!.answerObject(request, response);
            else double!.answerRecorded(request, response);
          });
        }
      },
    });
    double = new AwsDouble(gateway.url, async () => {
      await gateway.close();
      await table.stop();
    });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: gateway.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIATEST',
      AWS_SECRET_ACCESS_KEY: 'secret',
      WORKFLOW_TABLE: 'workflow-store',
      WORKFLOW_BUCKET: 'workflow-bucket',
      WORKFLOW_RETENTION_SECONDS: '3600',
    });
    return double;
  }

  stop(): Promise<void> {
    return this.close();
  }

  reset(): void {
    this.calls.length = 0;
    this.fault = () => undefined;
    this.answers.clear();
  }

  operations(service = 'dynamodb'): string[] {
    return this.calls.filter((call) => call.service === service).map((call) => call.operation);
  }

  sent(operation: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.operation === operation).map((call) => call.body);
  }

  /** Items of the table whose partition key holds the text, read past the fault and the record of calls. */
  async items(text: string): Promise<Attributes[]> {
    const [calls, fault] = [[...this.calls], this.fault];
    this.fault = () => undefined;
    const { DynamoDBClient, paginateScan } = await import('@aws-sdk/client-dynamodb');
    const client = new DynamoDBClient({});
    const items: Attributes[] = [];
    // Large results of other tests fill the first megabyte, and with it a page.
    for await (const page of paginateScan({ client }, { TableName: 'workflow-store', ConsistentRead: true })) {
      items.push(...((page.Items ?? []) as unknown as Attributes[]));
    }
    client.destroy();
    this.calls.splice(0, this.calls.length, ...calls);
    this.fault = fault;
    return items.filter((item) => String(item['pk']?.['S']).includes(text));
  }

  private async intercepted(request: ServiceRequest, response: ServerResponse): Promise<boolean> {
    const call = callOf(request);
    this.calls.push(call);
    const fault = this.fault(call);
    if (!fault) return false;
    if ('delayMs' in fault) {
      await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
      return false;
    }
    if (call.service === 's3') {
      response.writeHead(fault.status ?? 500, { 'content-type': 'application/xml' });
      response.end(`<Error><Code>${fault.error}</Code><Message>${fault.message ?? 'fault'}</Message></Error>`);
    } else {
      replyError(response, fault.error, fault.message ?? 'fault', fault.status);
    }
    return true;
  }

  private answerObject({ request, body }: ServiceRequest, response: ServerResponse): void {
    const key = decodeURIComponent(new URL(request.url ?? '/', this.url).pathname.slice(1));
    if (request.method === 'PUT') {
      this.objects.set(key, body);
      response.writeHead(200, { etag: '"0"' }).end();
      return;
    }
    const object = this.objects.get(key);
    if (object) response.writeHead(200, { 'content-length': object.byteLength }).end(object);
    else
      response
        .writeHead(404, { 'content-type': 'application/xml' })
        .end('<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>');
  }

  private answerRecorded(request: ServiceRequest, response: ServerResponse): void {
    const call = callOf(request);
    const answer = this.answers.get(call.operation)?.(call.body) ?? {};
    if (call.service !== 'sns') {
      replyJson(response, answer);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      `<${call.operation}Response><${call.operation}Result><MessageId>1</MessageId></${call.operation}Result></${call.operation}Response>`,
    );
  }
}

function callOf(request: ServiceRequest): Call {
  const text = request.body.toString('utf8');
  if (request.service === 's3') return { service: 's3', operation: request.request.method ?? '', body: {} };
  if (request.service === 'sns') {
    const form = Object.fromEntries(new URLSearchParams(text));
    return { service: 'sns', operation: form['Action'] ?? '', body: form };
  }
  return { service: request.service, operation: operationOf(request), body: JSON.parse(text) as Record<string, unknown> };
}
