import { join } from 'node:path';
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildSync } from 'esbuild';
import type { RoutedJob } from '../../../lambda/contract/routing';
import { ResponseStore } from '../../../lambda/shared/response-store';
import { loadBundled } from '../../../lib/handlers/load-bundled';
import { AWS } from '../http/loopback';
import { ContainerProcess, directoryWith, removeDirectories } from './container-process';

jest.setTimeout(60_000);

const HANDLER = `
let running = 0;
exports.handler = async (event, context) => {
  running += 1;
  try {
    if (event.ms) await new Promise((resolve) => setTimeout(resolve, event.ms));
    if (event.fail) throw Object.assign(new Error('secret detail'), { name: event.fail });
    if (event.parts) return (async function* () { for (const part of event.parts) yield part; })();
    if (event.nothing) return undefined;
    return { echo: event, running, id: typeof context.awsRequestId, left: context.getRemainingTimeInMillis() > 1000 };
  } finally {
    running -= 1;
  }
};
`;

const STREAMING = `
exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  for (const part of event.parts) stream.write(part);
  if (event.fail) throw new Error('broke');
  stream.end();
});
`;

let program: string;
let root: string;
let container: ContainerProcess | undefined;

beforeAll(() => {
  const built = directoryWith({});
  program = join(built, 'entrypoint.cjs');
  buildSync({
    entryPoints: [join(__dirname, '..', '..', '..', 'lambda', 'entrypoint', 'handler.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  root = directoryWith({
    'index.js': HANDLER,
    'streaming.js': STREAMING,
    'module.mjs': 'export const handler = async () => "from an ES module";',
    'constant.js': 'exports.handler = 1;',
  });
});
afterEach(() => container?.kill());
afterAll(removeDirectories);

function start(handler = 'index.handler', environment: Record<string, string> = {}): ContainerProcess {
  container = new ContainerProcess(process.execPath, [program, handler], root, environment);
  return container;
}

async function post(url: string, body: string): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`${url}/invocations`, { method: 'POST', body });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

const invoke = (url: string, event: unknown) => post(url, JSON.stringify(event));

describe('as AgentCore calls it', () => {
  test('JSON in, JSON out, and a ping', async () => {
    const url = await start().url();
    expect(await (await fetch(`${url}/ping`)).json()).toEqual({ status: 'Healthy', time_of_last_update: expect.any(Number) });
    const answer = await invoke(url, { text: 'grüße' });
    expect(answer).toMatchObject({ status: 200, type: 'application/json' });
    expect(JSON.parse(answer.text)).toEqual({ echo: { text: 'grüße' }, running: 1, id: 'string', left: true });
    expect(await invoke(url, { nothing: true })).toMatchObject({ status: 200, text: 'null' });
  });

  test('a caller hears of its own mistake, and only the name of any other', async () => {
    const url = await start().url();
    expect(await post(url, '{')).toMatchObject({ status: 400, text: '{"error":"Step.InvalidInput","message":"the body is not JSON"}' });
    expect(await invoke(url, { fail: 'Step.InvalidInput' })).toMatchObject({
      status: 400,
      text: '{"error":"Step.InvalidInput","message":"secret detail"}',
    });
    expect(await invoke(url, { fail: 'Model.Unavailable' })).toMatchObject({ status: 500, text: '{"error":"Model.Unavailable"}' });
    expect(container?.output).toContain('secret detail');
    expect(await (await fetch(`${url}/else`)).json()).toMatchObject({ error: 'NotFound' });
    const wrong = await fetch(`${url}/invocations`);
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('one request at a time, busy meanwhile, and pings between', async () => {
    const url = await start().url();
    const answers = [1, 2, 3].map(() => invoke(url, { ms: 100 }));
    const health = await (container as ContainerProcess).until(async () => {
      const ping = (await (await fetch(`${url}/ping`)).json()) as { status: string };
      return ping.status === 'HealthyBusy' ? ping : undefined;
    });
    expect(health.status).toBe('HealthyBusy');
    for (const { text } of await Promise.all(answers)) expect(JSON.parse(text)).toMatchObject({ running: 1 });
    expect(await (await fetch(`${url}/ping`)).json()).toMatchObject({ status: 'Healthy' });
  });

  test('parts are server-sent events', async () => {
    const url = await start().url();
    expect(await invoke(url, { parts: [{ a: 1 }, 'two\nlines'] })).toEqual({
      status: 200,
      type: 'text/event-stream',
      text: 'data: {"a":1}\n\ndata: "two\\nlines"\n\n',
    });
  });

  test('a handler that streams on Lambda streams here', async () => {
    const url = await start('streaming.handler').url();
    const answer = await invoke(url, { parts: ['ein', 'ß'] });
    expect(answer.type).toBe('text/event-stream');
    expect([...answer.text.matchAll(/^data: (.*)$/gm)].map(([, part]) => JSON.parse(part!)).join('')).toBe('einß');
    expect((await invoke(url, { parts: ['x'], fail: true })).text).toContain('event: error\ndata: {"error":"Error"}');
  });

  test('a stop ends it after what is running', async () => {
    const url = await start().url();
    const answer = invoke(url, { ms: 300, text: 'last' });
    await (container as ContainerProcess).until(async () =>
      ((await (await fetch(`${url}/ping`)).json()) as { status: string }).status === 'HealthyBusy' ? true : undefined,
    );
    container?.signal('SIGTERM');
    expect(JSON.parse((await answer).text)).toMatchObject({ echo: { text: 'last' } });
    expect(await container?.exitCode()).toBe(0);
    await expect(fetch(`${url}/ping`)).rejects.toThrow('fetch failed');
  });
});

test('an ES module', async () => {
  expect((await invoke(await start('module.handler').url(), {})).text).toBe('"from an ES module"');
});

test.each([
  ['index', 'the command must name a handler such as index.handler, got \\"index\\"'],
  ['other.handler', 'there is no other.js, other.mjs, other.cjs in'],
  ['index.other', 'index.js exports no function other'],
  ['constant.handler', 'constant.js exports no function handler'],
])('fails when the command is %s', async (handler, message) => {
  expect(await start(handler).exitCode()).toBe(1);
  expect(container?.output).toContain(message);
});

describe('as a worker', () => {
  interface Engine {
    buildApp(options: object): { listen(options: { port: number; host: string }): Promise<string>; close(): Promise<void> };
    readonly SqsStore: new () => object;
    readonly SnsStore: new () => object;
    readonly S3Store: new () => { createBucket(name: string): void };
  }
  let services: ReturnType<Engine['buildApp']>;
  let sqs: SQSClient;
  let environment: Record<string, string>;

  beforeAll(async () => {
    const { buildApp, SqsStore, SnsStore, S3Store } = loadBundled<Engine>('fauxqs');
    const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
    stores.s3Store.createBucket('responses');
    services = buildApp({ logger: false, stores, defaultRegion: 'eu-west-1' });
    const url = await services.listen({ port: 0, host: '127.0.0.1' });
    environment = { ...AWS, AWS_ENDPOINT_URL_SQS: url, AWS_ENDPOINT_URL_S3: url, RESPONSE_BUCKET: 'responses' };
    Object.assign(process.env, environment);
    sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  });
  afterAll(async () => {
    sqs.destroy();
    await services.close();
  });

  test('each message goes to the handler, its result to the bucket, and a stop ends it after the job', async () => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
    const send = (responseId: string, input: unknown) => {
      const job: RoutedJob = { responseId, userId: 'ines', input };
      return sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(job) }));
    };
    await send('r-1', { text: 'hello' });
    await send('r-2', { parts: ['a', 'b'] });
    const worker = start('index.handler', { ...environment, WORKER_QUEUE_URL: QueueUrl });
    const responses = new ResponseStore(() => 'responses');
    const answer = (id: string) => worker.until(() => responses.read('ines', id));
    expect(await answer('r-1')).toMatchObject({ status: 'succeeded', output: { echo: { text: 'hello' }, id: 'string' } });
    expect(await answer('r-2')).toMatchObject({ status: 'succeeded', output: 'ab' });

    await send('r-3', { ms: 500 });
    await worker.until(async () => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesNotVisible'] }),
      );
      return Attributes?.['ApproximateNumberOfMessagesNotVisible'] === '1' ? true : undefined;
    });
    worker.signal('SIGTERM');
    expect(await worker.exitCode()).toBe(0);
    expect(await responses.read('ines', 'r-3')).toMatchObject({ status: 'succeeded' });
  });
});
