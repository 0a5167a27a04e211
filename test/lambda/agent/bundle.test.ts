import { InvokeCommand, InvokeWithResponseStreamCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import { VALKEY_ACCESS_STRING } from '../../../lambda/contract/chat-memory';
import type { WarmingReport } from '../../../lambda/contract/warming';
import { type LocalValkey, startValkey } from '../../../lib/local/services/valkey/valkey';
import { arnOf, LocalFunctions, REGION } from '../../lib/local/lambda/local-functions';
import { answerEvents } from '../http/event-stream';
import { Loopback } from '../http/loopback';
import { startTable, type TestTable } from '../runtime/memory/dynamodb-table';

jest.setTimeout(90_000);

const functions = new LocalFunctions();
const model = new Loopback((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  response.end(Buffer.concat(answerEvents('Hi', ' there.')));
});
let table: TestTable;
let cache: LocalValkey;
let client: LambdaClient;

beforeAll(async () => {
  table = await startTable();
  await model.start();
  cache = await startValkey({ users: [{ userName: 'chat-user', accessString: VALKEY_ACCESS_STRING }] });
  const bundle = (name: string) =>
    build({
      entryPoints: [`lambda/${name}/handler.ts`],
      outfile: `${functions.directory}/${name}.js`,
      bundle: true,
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
      minify: true,
      keepNames: true,
    });
  await Promise.all(['agent', 'warmer'].map(bundle));
  await functions.start([
    functions.spec('agent', {
      handler: 'agent.handler',
      aliases: { live: '1' },
      environment: {
        CHAT_MEMORY_KIND: 'dynamodb',
        CHAT_MEMORY_TABLE: table.name,
        AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
        MODEL_ID: 'small-model',
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: model.url,
      },
    }),
    functions.spec('agent-on-valkey', {
      handler: 'agent.handler',
      environment: {
        CHAT_MEMORY_KIND: 'valkey',
        CHAT_MEMORY_ENDPOINT: `${cache.host}:${cache.port}`,
        CHAT_MEMORY_CACHE_NAME: 'chat-cache',
        CHAT_MEMORY_USER: 'chat-user',
        CHAT_MEMORY_TLS: 'off',
        MODEL_ID: 'small-model',
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: model.url,
      },
    }),
    functions.spec('warmer', {
      handler: 'warmer.handler',
      timeoutMs: 60_000,
      environment: { WARMING_TARGETS: JSON.stringify([{ functionArn: `${arnOf('agent')}:live`, environments: 3, coldStartMs: 20_000 }]) },
    }),
  ]);
  const credentials = { accessKeyId: 'TEST', secretAccessKey: 'test' };
  client = new LambdaClient({ region: REGION, endpoint: functions.gateway.url, maxAttempts: 1, credentials });
});
afterAll(async () => {
  client.destroy();
  await functions.close();
  await Promise.all([model.stop(), table.stop(), cache.stop()]);
});

async function stream(event: unknown, functionName = `${arnOf('agent')}:live`) {
  const command = new InvokeWithResponseStreamCommand({ FunctionName: functionName, Payload: JSON.stringify(event) });
  const { EventStream } = await client.send(command);
  let text = '';
  for await (const { PayloadChunk } of EventStream!) text += Buffer.from(PayloadChunk?.Payload ?? []).toString('utf8');
  const [head = '', body = ''] = text.split('\0'.repeat(8));
  return { head: JSON.parse(head), body };
}

const event = (userId?: string) => ({
  httpMethod: 'POST',
  body: JSON.stringify({ conversationId: 'c', message: 'Hello?' }),
  requestContext: userId ? { authorizer: { claims: { sub: userId } } } : {},
});

test('the bundled agent streams through the real runtime, status and headers first', async () => {
  const { head, body } = await stream(event('ines'));
  expect(head).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/event-stream' } });
  expect(body).toContain('event: text\ndata: {"text":"Hi"}\n\n');
  expect(body).toContain('"memory":{"stored":true,"degraded":false}');
});

test('the bundled agent remembers in Valkey, signed in as its own user', async () => {
  await stream(event('ines'), 'agent-on-valkey');
  const { body } = await stream(event('ines'), 'agent-on-valkey');
  expect(body).toContain('"memory":{"stored":true,"degraded":false}');
  expect(JSON.parse(model.received.at(-1)!.body).messages).toHaveLength(3);
});

test('a refusal is a whole HTTP answer too', async () => {
  const { head, body } = await stream(event());
  expect(head).toMatchObject({ statusCode: 401, headers: { 'content-type': 'application/json' } });
  expect(JSON.parse(body).message).toContain('authenticated callers only');
});

test('the bundled warmer warms as many environments as asked, and finds them warm the next time', async () => {
  const warm = async () => {
    const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'warmer' }));
    return (JSON.parse(Buffer.from(Payload!).toString('utf8')) as WarmingReport[])[0];
  };
  // One environment is warm from the turns before.
  expect(await warm()).toMatchObject({ asked: 3, distinct: 3, cold: 2, failed: 0 });
  expect(await warm()).toMatchObject({ asked: 3, distinct: 3, cold: 0, failed: 0 });
});
