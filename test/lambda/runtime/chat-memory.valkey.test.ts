import { type ChatMemory, chatMemory } from '../../../lambda/runtime/chat-memory';
import { keyOf } from '../../../lambda/runtime/memory/conversation';
import { conversation, describeChatMemory, turn } from './memory/chat-memory-contract';
import { freePort, serverBinary, startBridge, startServer, type TestCache, type TestServer } from './memory/valkey-server';

jest.setTimeout(60_000);

const binary = serverBinary();
let cache: TestCache;
const opened: ChatMemory[] = [];

function configure(port: number): void {
  Object.assign(process.env, {
    CHAT_MEMORY_KIND: 'valkey',
    CHAT_MEMORY_ENDPOINT: `127.0.0.1:${port}`,
    CHAT_MEMORY_CACHE_NAME: 'chat-cache',
    CHAT_MEMORY_USER: 'chat-user',
    CHAT_MEMORY_TLS: 'off',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
}

function open(options: { ttlSeconds?: number; maxTokens?: number; timeoutMs?: number } = {}): ChatMemory {
  const memory = chatMemory(options);
  opened.push(memory);
  return memory;
}

const nameOf = (chat: { userId: string; conversationId: string }) => `chat:{${keyOf(chat)}}`;

beforeEach(() => configure(cache.port));
afterEach(async () => {
  await Promise.all(opened.splice(0).map((memory) => memory.close()));
});

if (binary) {
  describe('a server', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startServer(binary);
      cache = server;
    });
    afterAll(() => server.stop());
    describeCache();
    describeServer(() => server);
  });
} else {
  describe('the bridge, since neither valkey-server nor redis-server is on the PATH', () => {
    beforeAll(async () => {
      cache = await startBridge();
    });
    afterAll(() => cache.stop());
    describeCache();
  });
}

function describeCache(): void {
  describeChatMemory(() => ({
    open,
    corrupt: async (chat) => void (await cache.admin.rpush(nameOf(chat), '[object Object]')),
  }));

  test('the time to live slides on append and on read, and a conversation that nobody used is gone', async () => {
    const memory = open({ ttlSeconds: 100 });
    const chat = conversation();
    await memory.append(chat, turn('one'));
    expect(await cache.admin.pttl(nameOf(chat))).toBeGreaterThan(99_000);
    await cache.admin.pexpire(nameOf(chat), 5_000);
    await memory.history(chat);
    expect(await cache.admin.pttl(nameOf(chat))).toBeGreaterThan(99_000);
    await cache.admin.pexpire(nameOf(chat), 5_000);
    await memory.append(chat, turn('two'));
    expect(await cache.admin.pttl(nameOf(chat))).toBeGreaterThan(99_000);
    await cache.admin.pexpire(nameOf(chat), 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await memory.history(chat)).messages).toEqual([]);
  });

  test('the default time to live is an hour', async () => {
    const chat = conversation();
    await open().append(chat, turn('one'));
    expect(await cache.admin.pttl(nameOf(chat))).toBeGreaterThan(3_590_000);
  });

  test('the stored list is bounded by tokens, however long the conversation, and numbering goes on', async () => {
    const memory = open({ maxTokens: 100 });
    const chat = conversation();
    let last: number | undefined;
    for (let i = 0; i < 200; i += 1) ({ sequence: last } = await memory.append(chat, turn(`turn ${i}`)));
    expect(await cache.admin.llen(nameOf(chat))).toBeLessThanOrEqual(22);
    expect(last).toBe(400);
    expect((await memory.history(chat)).messages.at(-1)).toEqual(turn('turn 199')[1]);
  });

  test('a list of unreadable values does not grow without bound either', async () => {
    const memory = open({ maxTokens: 100 });
    const chat = conversation();
    await cache.admin.rpush(nameOf(chat), ...Array<string>(500).fill('broken'));
    await memory.append(chat, turn('sound'));
    expect(await cache.admin.llen(nameOf(chat))).toBe(2);
  });

  test('a turn larger than the whole token bound is stored, and left out of a history that must fit it', async () => {
    const memory = open({ maxTokens: 50 });
    const chat = conversation();
    expect(await memory.append(chat, turn('long word '.repeat(100)))).toMatchObject({ stored: true });
    expect(await memory.history(chat)).toEqual({ messages: [], degraded: false, truncated: true });
  });

  test('a deployment without an endpoint is told apart from a store that is down', async () => {
    delete process.env['CHAT_MEMORY_ENDPOINT'];
    await expect(open().history(conversation())).rejects.toThrow('environment variable CHAT_MEMORY_ENDPOINT is required');
  });
}

/** What only a real server shows: its access control, and connections that break. */
function describeServer(server: () => TestServer): void {
  describe('connection', () => {
    beforeEach(() => void jest.spyOn(console, 'error').mockImplementation(() => {}));
    afterEach(() => void jest.restoreAllMocks());

    test('a connection that died while the environment was frozen costs no turn', async () => {
      const memory = open();
      const chat = conversation();
      await memory.append(chat, turn('one'));
      await server().dropConnections();
      expect(await memory.append(chat, turn('two'))).toMatchObject({ stored: true, sequence: 4 });
      await server().dropConnections();
      expect((await memory.history(chat)).messages).toEqual([...turn('one'), ...turn('two')]);
    });

    test('concurrent commands on a dead connection all come through, and each is stored once', async () => {
      const memory = open({ maxTokens: 100_000 });
      const chat = conversation();
      await memory.append(chat, turn('first'));
      await server().dropConnections();
      const results = await Promise.all(Array.from({ length: 20 }, (_, i) => memory.append(chat, turn(`turn ${i}`))));
      expect(results.every((result) => result.stored)).toBe(true);
      expect(await server().admin.llen(nameOf(chat))).toBe(42);
    });

    test('an append whose answer was lost is repeated without storing the turn twice', async () => {
      const memory = open({ timeoutMs: 400 });
      const chat = conversation();
      await memory.append(chat, turn('one'));
      server().pause();
      const pending = memory.append(chat, turn('two'));
      // The first try times out while the server stands still; it has the command in its socket and runs it on waking.
      setTimeout(() => server().resume(), 600);
      expect(await pending).toMatchObject({ stored: true, sequence: 4 });
      expect((await memory.history(chat)).messages).toEqual([...turn('one'), ...turn('two')]);
    });

    test('a server that does not answer degrades within the time limit, then works again', async () => {
      const memory = open({ timeoutMs: 300 });
      const chat = conversation();
      await memory.append(chat, turn('one'));
      server().pause();
      const start = performance.now();
      expect(await memory.history(chat)).toEqual({ messages: [], degraded: true, truncated: false });
      expect(await memory.append(chat, turn('lost'))).toEqual({ stored: false, degraded: true });
      expect(performance.now() - start).toBeLessThan(2_500);
      server().resume();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await memory.history(chat)).degraded).toBe(false);
    });

    test('a server that is not there degrades; nothing is thrown', async () => {
      configure(await freePort());
      const memory = open({ timeoutMs: 500 });
      expect(await memory.history(conversation())).toEqual({ messages: [], degraded: true, truncated: false });
      expect(await memory.append(conversation(), turn('lost'))).toEqual({ stored: false, degraded: true });
      expect(console.error).toHaveBeenCalledWith(expect.stringContaining('cannot connect to 127.0.0.1'));
    });

    test('a user that the server refuses degrades, and the log says why', async () => {
      process.env['CHAT_MEMORY_USER'] = 'somebody-else';
      expect(await open().history(conversation())).toMatchObject({ degraded: true });
      expect(console.error).toHaveBeenCalledWith(expect.stringContaining('NOAUTH'));
    });

    test('a value of another type under the key degrades and is left as it is', async () => {
      const chat = conversation();
      await server().admin.set(nameOf(chat), 'a string');
      expect(await open().append(chat, turn('x'))).toEqual({ stored: false, degraded: true });
      expect(await open().history(chat)).toMatchObject({ messages: [], degraded: true });
      expect(await server().admin.get(nameOf(chat))).toBe('a string');
    });

    test('each connection signs in with a token of its own', async () => {
      const memory = open();
      const chat = conversation();
      const keys = ['AKIDONE', 'AKIDTWO'];
      const seen: string[] = [];
      for (const key of keys) {
        process.env['AWS_ACCESS_KEY_ID'] = key;
        await memory.append(chat, turn(key));
        await server().dropConnections();
        seen.push(key);
      }
      expect((await memory.history(chat)).messages).toHaveLength(2 * seen.length);
    });
  });

  describe('access string', () => {
    test.each([
      ['another key', ['GET', 'other:1']],
      ['listing the keys', ['KEYS', '*']],
      ['deleting a conversation', ['DEL', 'chat:{x}']],
      ['configuration', ['CONFIG', 'GET', '*']],
      ['publishing', ['PUBLISH', 'c', 'm']],
    ])('does not allow %s', async (_what, [command, ...args]) => {
      const asUser = server().admin.duplicate({ username: server().user, password: 'any', enableReadyCheck: false });
      await expect(asUser.call(command!, ...args)).rejects.toThrow(/NOPERM/);
      asUser.disconnect();
    });
  });
}
