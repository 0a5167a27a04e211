import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type ChatMemory, type Conversation, chatMemory } from '../../../lambda/runtime/chat-memory';
import { keyOf } from '../../../lambda/runtime/memory/conversation';
import { DynamoDbChatStore } from '../../../lambda/runtime/memory/dynamodb-store';
import { type Entry, entryOf } from '../../../lambda/runtime/memory/entry';
import { conversation, describeChatMemory, turn } from './memory/chat-memory-contract';
import { startTable, type TestTable } from './memory/dynamodb-table';

jest.setTimeout(60_000);

let table: TestTable;
const opened: ChatMemory[] = [];

function configure(endpoint: string): void {
  Object.assign(process.env, {
    CHAT_MEMORY_KIND: 'dynamodb',
    CHAT_MEMORY_TABLE: table.name,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
}

function open(options: { ttlSeconds?: number; maxTokens?: number; timeoutMs?: number } = {}): ChatMemory {
  // The double shares this process, whose two cores are shared as well: the default second is for a real service.
  const memory = chatMemory({ timeoutMs: 10_000, ...options });
  opened.push(memory);
  return memory;
}

async function items(key: string) {
  const query = new QueryCommand({
    TableName: table.name,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: key } },
  });
  return (await table.client.send(query)).Items ?? [];
}

beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.stop());
beforeEach(() => configure(table.endpoint));
afterEach(async () => {
  await Promise.all(opened.splice(0).map((memory) => memory.close()));
});

describeChatMemory(() => ({
  open,
  corrupt: async (chat: Conversation) => {
    const last = (await items(keyOf(chat))).filter((item) => item['sk']?.S !== 'head').at(-1)!;
    const [, epoch] = last['sk']!.S!.split('#');
    const broken = { ...last, sk: { S: `turn#${epoch}#000000000002~` }, entries: { L: [{ S: '[object Object]' }, { N: '1' }] } };
    await table.client.send(new PutItemCommand({ TableName: table.name, Item: broken }));
  },
}));

describe('time to live', () => {
  const HOUR = 3_600;
  let now: number;
  let store: DynamoDbChatStore;
  const key = () => keyOf(conversation());
  const entries = (text: string): Entry[] => turn(text).map((message) => entryOf(message, text, 0));
  const texts = async (chat: string) => (await store.read(chat)).map((entry) => (JSON.parse(entry) as Entry).content);
  /** What DynamoDB does in the background, here at once. */
  const deleteExpired = async (chat: string) => {
    for (const item of await items(chat)) {
      if (Number(item['expiresAt']?.N) > now) continue;
      await table.client.send(new DeleteItemCommand({ TableName: table.name, Key: { pk: item['pk']!, sk: item['sk']! } }));
    }
  };

  beforeEach(() => {
    now = 1_800_000_000;
    store = new DynamoDbChatStore(
      async () => table.client,
      table.name,
      { ttlSeconds: HOUR, maxTokens: 8_000, timeoutMs: 10_000 },
      () => now,
    );
  });

  test.each([
    ['a second before the hour', HOUR - 1, ['one?', 'one.']],
    ['at the hour', HOUR, []],
  ])('%s the conversation holds %j', async (_when, later, expected) => {
    const chat = key();
    await store.append(chat, 'one', entries('one'));
    now += later;
    expect(await texts(chat)).toEqual(expected);
  });

  test('reading slides it', async () => {
    const chat = key();
    await store.append(chat, 'one', entries('one'));
    for (let i = 0; i < 10; i += 1) {
      now += HOUR - 1;
      await deleteExpired(chat);
      expect(await texts(chat)).toEqual(['one?', 'one.']);
    }
  });

  test('appending slides it, and the first turn of a long conversation stays', async () => {
    const chat = key();
    for (let i = 0; i < 10; i += 1) {
      await store.append(chat, `turn ${i}`, entries(`turn ${i}`));
      now += HOUR - 1;
      await deleteExpired(chat);
    }
    expect(await texts(chat)).toEqual(Array.from({ length: 10 }, (_, i) => [`turn ${i}?`, `turn ${i}.`]).flat());
  });

  test('an expired conversation starts anew, though its items are still in the table', async () => {
    const chat = key();
    await store.append(chat, 'old', entries('old'));
    now += HOUR;
    expect(await store.append(chat, 'new', entries('new'))).toBe(2);
    expect(await texts(chat)).toEqual(['new?', 'new.']);
  });

  test('a head that was deleted before its turns does not collide with them', async () => {
    const chat = key();
    await store.append(chat, 'old', entries('old'));
    await table.client.send(new DeleteItemCommand({ TableName: table.name, Key: { pk: { S: chat }, sk: { S: 'head' } } }));
    expect(await store.append(chat, 'new', entries('new'))).toBe(2);
    expect(await texts(chat)).toEqual(['new?', 'new.']);
  });

  test('concurrent first turns after the expiry share the new conversation', async () => {
    const chat = key();
    await store.append(chat, 'old', entries('old'));
    now += HOUR;
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => store.append(chat, name, entries(name))));
    expect((await texts(chat)).sort()).toEqual(['a.', 'a?', 'b.', 'b?', 'c.', 'c?', 'd.', 'd?']);
  });

  test('turns outside the token window are left to expire, so a conversation does not grow without bound', async () => {
    store = new DynamoDbChatStore(
      async () => table.client,
      table.name,
      { ttlSeconds: HOUR, maxTokens: 100, timeoutMs: 10_000 },
      () => now,
    );
    const chat = key();
    for (let i = 0; i < 60; i += 1) {
      await store.append(chat, `turn ${i}`, entries(`turn ${i}`));
      now += HOUR / 2;
      await deleteExpired(chat);
    }
    expect((await items(chat)).length).toBeLessThanOrEqual(20);
    expect((await texts(chat)).at(-1)).toBe('turn 59.');
  });
});

describe('a table that does not answer', () => {
  let server: Server | undefined;
  beforeEach(() => void jest.spyOn(console, 'error').mockImplementation(() => {}));
  afterEach(async () => {
    jest.restoreAllMocks();
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  });

  async function double(answer?: { status: number; type: string }): Promise<string> {
    server = createServer((_request, response) => {
      if (!answer) return;
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${answer.type}`, message: 'slow down' }));
    });
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test.each([
    ['hangs', undefined],
    ['is throttled', { status: 400, type: 'ProvisionedThroughputExceededException' }],
    ['fails', { status: 500, type: 'InternalServerError' }],
    ['refuses the role', { status: 400, type: 'AccessDeniedException' }],
  ])('%s: the answer is degraded', async (_what, answer) => {
    configure(await double(answer));
    const memory = open({ timeoutMs: 300 });
    const start = performance.now();
    expect(await memory.history(conversation())).toEqual({ messages: [], degraded: true, truncated: false });
    expect(await memory.append(conversation(), turn('lost'))).toEqual({ stored: false, degraded: true });
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
