import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { json, Loopback, type Received } from '../http/loopback';

/** The services a router talks to, on one loopback port; each test states what differs from everything going well. */
export class AwsDouble {
  readonly calls: { readonly operation: string; readonly input: Record<string, unknown>; readonly headers: Received['headers'] }[] = [];
  readonly objects = new Map<string, string>();
  /** Answers by operation that replace the usual ones. */
  readonly answers: Record<string, (input: Record<string, unknown>, response: ServerResponse) => void> = {};
  desiredCount = 0;
  private readonly server = new Loopback((request, response) => this.answer(request, response));

  async start(): Promise<void> {
    await this.server.start();
    for (const service of ['LAMBDA', 'SFN', 'SQS', 'ECS', 'S3', 'SECRETS_MANAGER'])
      process.env[`AWS_ENDPOINT_URL_${service}`] = this.server.url;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  of(operation: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.operation === operation).map((call) => call.input);
  }

  get operations(): string[] {
    return this.calls.map((call) => call.operation);
  }

  private answer(request: Received, response: ServerResponse): void {
    const [operation, input] = operationOf(request);
    this.calls.push({ operation, input, headers: request.headers });
    (this.answers[operation] ?? this.usual[operation])!(input, response);
  }

  private readonly usual: AwsDouble['answers'] = {
    Invoke: (_input, response) => json(response, 200, { sentiment: 'positive' }),
    StartExecution: (input, response) => json(response, 200, { executionArn: `arn:execution:${input['name']}`, startDate: 1 }),
    DescribeExecution: (_input, response) => json(response, 200, { status: 'RUNNING', startDate: 1 }),
    SendMessage: (input, response) => takeMessage(input, response),
    DescribeServices: (_input, response) =>
      json(response, 200, { services: [{ serviceName: 'workers', desiredCount: this.desiredCount }] }),
    UpdateService: (input, response) => {
      this.desiredCount = Number(input['desiredCount']);
      json(response, 200, { service: {} });
    },
    GetSecretValue: (_input, response) => json(response, 200, { SecretString: 'sk-target' }),
    PutObject: (input, response) => {
      const key = String(input['path']);
      const taken = input['ifNoneMatch'] === '*' && this.objects.has(key);
      if (!taken) this.objects.set(key, String(input['body']));
      response.writeHead(taken ? 412 : 200, { 'content-type': 'application/xml' });
      response.end(taken ? '<Error><Code>PreconditionFailed</Code></Error>' : '');
    },
    GetObject: (input, response) => {
      const body = this.objects.get(String(input['path']));
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/xml' });
      response.end(body ?? '<Error><Code>NoSuchKey</Code></Error>');
    },
  };
}

/** SQS answers with the digest of what it took, and the client checks it. */
export function takeMessage(input: Record<string, unknown>, response: ServerResponse): void {
  const digest = createHash('md5').update(String(input['MessageBody'])).digest('hex');
  json(response, 200, { MessageId: 'm-1', MD5OfMessageBody: digest });
}

function operationOf({ method, path, headers, body }: Received): [string, Record<string, unknown>] {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return [target.split('.').at(-1)!, JSON.parse(body)];
  if (path.startsWith('/2015-03-31/functions/')) return ['Invoke', { path: decodeURIComponent(path), event: JSON.parse(body) }];
  return [method === 'PUT' ? 'PutObject' : 'GetObject', { path: path.split('?')[0], body, ifNoneMatch: headers['if-none-match'] }];
}
