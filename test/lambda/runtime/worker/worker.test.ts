import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { build } from 'esbuild';
import type { RoutedJob } from '../../../../lambda/contract/routing';
import { ResponseStore } from '../../../../lambda/shared/response-store';
import { loadBundled } from '../../../../lib/handlers/load-bundled';
import { AWS, json, Loopback } from '../../http/loopback';

jest.setTimeout(120_000);

/** What this test uses of the local run's S3 and SQS. */
interface Engine {
  buildApp(options: object): { listen(options: { port: number; host: string }): Promise<string>; close(): Promise<void> };
  readonly SqsStore: new () => object;
  readonly SnsStore: new () => object;
  readonly S3Store: new () => { createBucket(name: string): void };
}

const directory = mkdtempSync(join(tmpdir(), 'worker-'));
const program = join(directory, 'worker.js');
let services: ReturnType<Engine['buildApp']>;
let agent: Loopback;
let sqs: SQSClient;
let queueUrl: string;
let worker: ChildProcess | undefined;
let output: string;

beforeAll(async () => {
  await build({ entryPoints: [join(__dirname, 'double-worker.ts')], outfile: program, bundle: true, platform: 'node', target: 'node20' });
  const { buildApp, SqsStore, SnsStore, S3Store } = loadBundled<Engine>('fauxqs');
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  stores.s3Store.createBucket('responses');
  services = buildApp({ logger: false, stores, defaultRegion: 'eu-west-1' });
  const url = await services.listen({ port: 0, host: '127.0.0.1' });
  Object.assign(process.env, AWS, {
    AWS_ENDPOINT_URL_SQS: url,
    AWS_ENDPOINT_URL_S3: url,
    RESPONSE_BUCKET: 'responses',
    WORKER_VISIBILITY_SECONDS: '6',
  });
  sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  agent = await new Loopback((_request, response) => json(response, 200, { protection: {} })).start();
});
afterAll(async () => {
  sqs.destroy();
  rmSync(directory, { recursive: true, force: true });
  await Promise.all([services.close(), agent.stop()]);
});

beforeEach(async () => {
  const created = await sqs.send(new CreateQueueCommand({ QueueName: `jobs-${Date.now()}` }));
  // As AWS names it, while the endpoint is another.
  queueUrl = `https://sqs.eu-west-1.amazonaws.com${new URL(created.QueueUrl!).pathname}`;
  agent.received.length = 0;
  output = '';
  worker = spawn(process.execPath, [program], {
    env: { ...process.env, NODE_OPTIONS: '', WORKER_QUEUE_URL: queueUrl, ECS_AGENT_URI: `${agent.url}/api/abc` },
  });
  worker.stdout!.on('data', (chunk) => (output += chunk));
  worker.stderr!.on('data', (chunk) => (output += chunk));
});
afterEach(() => void worker?.kill('SIGKILL'));

const send = (responseId: string, input: unknown) => {
  const job: RoutedJob = { responseId, userId: 'ines', input };
  return sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(job) }));
};

async function until<T>(read: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let i = 0; i < 1_000; i += 1) {
    const value = await read();
    if (value) return value;
    await delay(50);
  }
  throw new Error(`nothing came; the worker said:\n${output}`);
}

const response = (responseId: string) => until(() => new ResponseStore(() => 'responses').read('ines', responseId));
const exitCode = async () => (worker!.exitCode ?? ((await once(worker!, 'exit')) as [number])[0]) as number;

test('does a job that outlasts the visibility timeout once, under protection, and takes it from the queue', async () => {
  await send('r-long', { text: 'long', ms: 8_000 });
  expect(await response('r-long')).toMatchObject({ status: 'succeeded', output: 'LONG' });
  await until(() => agent.received.length === 2);
  expect(agent.received.map(({ method, path, body }) => [method, path, JSON.parse(body)])).toEqual([
    ['PUT', '/api/abc/task-protection/v1/state', { ProtectionEnabled: true, ExpiresInMinutes: 30 }],
    ['PUT', '/api/abc/task-protection/v1/state', { ProtectionEnabled: false }],
  ]);
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...AttributeNames] }));
  expect(Attributes).toEqual({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
  expect(output.match(/job done/g)).toHaveLength(1);
});

test('SIGTERM lets a short job finish and ends the process with 0', async () => {
  await send('r-short', { text: 'short', ms: 1_000 });
  await until(() => agent.received.length === 1);
  worker?.kill('SIGTERM');
  expect(await response('r-short')).toMatchObject({ output: 'SHORT' });
  expect(await exitCode()).toBe(0);
});

test('SIGTERM gives a long job back at once for another worker', async () => {
  await send('r-given', { text: 'given', ms: 60_000 });
  await until(() => agent.received.length === 1);
  worker?.kill('SIGTERM');
  expect(await exitCode()).toBe(0);
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 1 }));
  expect(JSON.parse(Messages![0]!.Body!)).toMatchObject({ responseId: 'r-given' });
});
