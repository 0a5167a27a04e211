import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { MAX_BODY_BYTES, SERVER_PORT } from '../../lambda/contract/container';
import { ErrorName } from '../../lambda/contract/errors';
import { RESPONSE_PREFIX, type RoutedJob, WORKER_MAX_RECEIVES, WORKER_STOP_MS } from '../../lambda/contract/routing';
import { ResponseStore, responseKey } from '../../lambda/shared/response-store';
import { loadBundled } from '../../lib/handlers/load-bundled';
import { ContainerProcess, directoryWith, removeDirectories } from '../lambda/entrypoint/container-process';
import { AWS, json, Loopback } from '../lambda/http/loopback';

jest.setTimeout(60_000);

const PACKAGE = join(__dirname, '..', '..', 'python');

const HANDLER = `
import time
from serverless_ai.errors import InvalidInput, ModelUnavailable

running = 0

def handler(event, context):
    global running
    running += 1
    try:
        time.sleep(event.get("ms", 0) / 1000)
        if event.get("fail") == "input":
            raise InvalidInput("secret detail")
        if event.get("fail"):
            raise ModelUnavailable("secret detail")
        if "parts" in event:
            return (part for part in event["parts"])
        if event.get("nothing"):
            return None
        return {"echo": event, "running": running, "id": bool(context.aws_request_id), "left": context.get_remaining_time_in_millis() > 1000}
    finally:
        running -= 1
`;

let root: string;
let container: ContainerProcess | undefined;

beforeAll(() => {
  root = directoryWith({ 'app.py': HANDLER, 'src/part.py': 'def run(event, context):\n    return "from a package"\n' });
});
afterEach(() => container?.kill());
afterAll(removeDirectories);

function start(handler = 'app.handler', environment: Record<string, string> = {}): ContainerProcess {
  const settings = { PYTHONPATH: PACKAGE, PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1', ...environment };
  container = new ContainerProcess('python3', ['-m', 'serverless_ai.container', handler], root, settings);
  return container;
}

async function post(url: string, body: string): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`${url}/invocations`, { method: 'POST', body });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

const invoke = (url: string, event: unknown) => post(url, JSON.stringify(event));
const statusOf = async (url: string) => ((await (await fetch(`${url}/ping`)).json()) as { status: string }).status;

test('as AgentCore calls it: JSON, named errors, parts, pings', async () => {
  const url = await start().url();
  expect(await (await fetch(`${url}/ping`)).json()).toEqual({ status: 'Healthy', time_of_last_update: expect.any(Number) });
  const answer = await invoke(url, { text: 'grüße' });
  expect(answer).toMatchObject({ status: 200, type: 'application/json' });
  expect(JSON.parse(answer.text)).toEqual({ echo: { text: 'grüße' }, running: 1, id: true, left: true });
  expect(await invoke(url, { nothing: true })).toMatchObject({ status: 200, text: 'null' });
  expect(await post(url, '{')).toMatchObject({ status: 400, text: '{"error":"Step.InvalidInput","message":"the body is not JSON"}' });
  expect(await invoke(url, { fail: 'input' })).toMatchObject({
    status: 400,
    text: '{"error":"Step.InvalidInput","message":"secret detail"}',
  });
  expect(await invoke(url, { fail: 'other' })).toMatchObject({ status: 500, text: '{"error":"Model.Unavailable"}' });
  expect(container?.output).toContain('secret detail');
  expect(await invoke(url, { parts: [{ a: 1 }, 'two\nlines'] })).toEqual({
    status: 200,
    type: 'text/event-stream',
    text: 'data: {"a":1}\n\ndata: "two\\nlines"\n\n',
  });
  expect((await fetch(`${url}/else`)).status).toBe(404);
  const wrong = await fetch(`${url}/invocations`);
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
});

test('one request at a time, busy meanwhile, and a stop ends it after the last', async () => {
  const url = await start().url();
  const answers = [1, 2, 3].map(() => invoke(url, { ms: 150 }));
  await (container as ContainerProcess).until(async () => (await statusOf(url)) === 'HealthyBusy' || undefined);
  container?.signal('SIGTERM');
  for (const { text } of await Promise.all(answers)) expect(JSON.parse(text)).toMatchObject({ running: 1 });
  expect(await container?.exitCode()).toBe(0);
});

test('a module in a folder', async () => {
  expect((await invoke(await start('src/part.run').url(), {})).text).toBe('"from a package"');
});

test.each([
  ['app', "the command must name a handler such as app.handler, got 'app'"],
  ['other.handler', "No module named 'other'"],
  ['app.other', 'handler app.other: module app has no function other'],
  ['app.running', 'handler app.running: module app has no function running'],
])('fails when the command is %s', async (handler, message) => {
  expect(await start(handler).exitCode()).toBe(1);
  expect(container?.output).toContain(message);
});

test('what both languages agree on is the same in both', () => {
  const script = `
import json
from serverless_ai import agent_server, errors, worker
print(json.dumps([agent_server.PORT, agent_server.MAX_BODY_BYTES, worker.MAX_RECEIVES, worker.STOP_SECONDS * 1000, worker.RESPONSE_PREFIX,
    errors.InvalidInput.__name__, errors.ModelUnavailable.__name__, worker.response_key("inés", "r-1")]))`;
  const { stdout } = spawnSync('python3', ['-c', script], { env: { ...process.env, PYTHONPATH: PACKAGE, PYTHONDONTWRITEBYTECODE: '1' } });
  expect(JSON.parse(stdout.toString())).toEqual([
    SERVER_PORT,
    MAX_BODY_BYTES,
    WORKER_MAX_RECEIVES,
    WORKER_STOP_MS,
    RESPONSE_PREFIX,
    ErrorName.InvalidInput,
    ErrorName.ModelUnavailable,
    responseKey('inés', 'r-1'),
  ]);
});

describe('as a worker', () => {
  interface Engine {
    buildApp(options: object): { listen(options: { port: number; host: string }): Promise<string>; close(): Promise<void> };
    readonly SqsStore: new () => object;
    readonly SnsStore: new () => object;
    readonly S3Store: new () => { createBucket(name: string): void };
  }
  let services: ReturnType<Engine['buildApp']>;
  let agent: Loopback;
  let sqs: SQSClient;
  let environment: Record<string, string>;

  beforeAll(async () => {
    const { buildApp, SqsStore, SnsStore, S3Store } = loadBundled<Engine>('fauxqs');
    const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
    stores.s3Store.createBucket('responses');
    services = buildApp({ logger: false, stores, defaultRegion: 'eu-west-1' });
    const url = await services.listen({ port: 0, host: '127.0.0.1' });
    agent = await new Loopback((_request, response) => json(response, 200, { protection: {} })).start();
    environment = { ...AWS, AWS_ENDPOINT_URL_SQS: url, AWS_ENDPOINT_URL_S3: url, RESPONSE_BUCKET: 'responses' };
    Object.assign(process.env, environment);
    sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  });
  afterAll(async () => {
    sqs.destroy();
    await Promise.all([services.close(), agent.stop()]);
  });

  test('each message goes to the handler, its result to the bucket, failures come again, and a stop ends it after the job', async () => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
    const send = (body: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    const job = (responseId: string, input: unknown): string => JSON.stringify({ responseId, userId: 'ines', input } satisfies RoutedJob);
    await send(job('r-1', { text: 'hello' }));
    await send(job('r-2', { parts: ['a', 'b'] }));
    await send(job('r-3', { fail: 'other' }));
    const worker = start('app.handler', {
      ...environment,
      WORKER_QUEUE_URL: `https://sqs.eu-west-1.amazonaws.com${new URL(QueueUrl).pathname}`,
      ECS_AGENT_URI: `${agent.url}/api/abc`,
    });
    const responses = new ResponseStore(() => 'responses');
    const answer = (id: string) => worker.until(() => responses.read('ines', id));
    expect(await answer('r-1')).toMatchObject({ status: 'succeeded', responseId: 'r-1', output: { echo: { text: 'hello' } } });
    expect(await answer('r-2')).toMatchObject({ status: 'succeeded', output: 'ab' });
    await worker.until(() => worker.output.includes('"Model.Unavailable"') || undefined);
    expect(await responses.read('ines', 'r-3')).toBeUndefined();
    expect(agent.received.map(({ body }) => JSON.parse(body))).toEqual(
      expect.arrayContaining([{ ProtectionEnabled: true, ExpiresInMinutes: 30 }, { ProtectionEnabled: false }]),
    );

    await send(job('r-4', { ms: 600 }));
    await worker.until(async () => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      // The failed one waits for its next try.
      return Attributes?.['ApproximateNumberOfMessages'] === '0' || undefined;
    });
    worker.signal('SIGTERM');
    expect(await worker.exitCode()).toBe(0);
    expect(await responses.read('ines', 'r-4')).toMatchObject({ status: 'succeeded' });
  });
});
