import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Cluster } from 'iovalkey';
import { findServer } from '../../../../../lib/local/services/valkey/server';
import { type LocalValkey, startValkey } from '../../../../../lib/local/services/valkey/valkey';
import { buildLocalServices } from '../../../../../scripts/build-local-services.cjs';

beforeAll(() => buildLocalServices({ quiet: true }).then(() => undefined));

const USERS = [
  {
    userName: 'chat-user',
    accessString: 'on ~chat:* resetchannels -@all +@connection +@read +@write +@scripting +@transaction +cluster|slots +cluster|info +info',
  },
];

function clientOf({ host, port }: LocalValkey, username = 'chat-user'): Cluster {
  return new Cluster([{ host, port }], {
    dnsLookup: (address, callback) => callback(null, address),
    clusterRetryStrategy: () => null,
    redisOptions: { username, password: `token-${Math.random()}`, maxRetriesPerRequest: 1 },
  });
}

const APPEND = `
local n = redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('LTRIM', KEYS[1], -tonumber(ARGV[2]), -1)
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('HINCRBY', KEYS[2], 'turns', 1)
return { n, redis.call('LLEN', KEYS[1]) }`;

test('in CI a real server is on PATH, elsewhere the bridge may stand in', () => {
  const found = findServer();
  if (!found) process.stderr.write('no valkey-server or redis-server on PATH: these tests run on the bridge only\n');
  expect(process.env['CI'] === 'true' && !found).toBe(false);
});

const engines = findServer() ? (['server', 'bridge'] as const) : (['bridge'] as const);

describe.each(engines)('the same client against the %s', (engine) => {
  let valkey: LocalValkey;
  let client: Cluster;

  beforeAll(async () => {
    valkey = await startValkey({ users: USERS, engine });
    client = clientOf(valkey);
  }, 20_000);

  afterAll(async () => {
    client?.disconnect();
    await valkey?.stop();
  });

  test('says what it is', () => {
    expect(valkey.kind === 'bridge').toBe(engine === 'bridge');
  });

  test('strings, counters, hashes, lists and expiry', async () => {
    expect(await client.get('chat:none')).toBeNull();
    expect(await client.set('chat:a', 'ä "quoted" \r\n text')).toBe('OK');
    expect(await client.get('chat:a')).toBe('ä "quoted" \r\n text');
    expect(await client.set('chat:a', 'x', 'NX')).toBeNull();
    expect(await client.incr('chat:n')).toBe(1);
    expect(await client.hset('chat:h', 'f', '1', 'g', '2')).toBe(2);
    expect(await client.hgetall('chat:h')).toEqual({ f: '1', g: '2' });
    expect(await client.rpush('chat:l', 'one', 'two', 'three')).toBe(3);
    expect(await client.lrange('chat:l', 0, -1)).toEqual(['one', 'two', 'three']);
    expect(await client.expire('chat:l', 100)).toBe(1);
    expect(await client.ttl('chat:l')).toBeGreaterThan(90);
    expect(await client.del('chat:l')).toBe(1);
    expect(await client.ttl('chat:l')).toBe(-2);
  });

  test('a script is atomic over the keys of one hash tag', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => client.eval(APPEND, 2, 'chat:{c}:turns', 'chat:{c}:meta', `turn ${i}`, '10', '3600')),
    );
    expect(replies).toHaveLength(20);
    expect(await client.llen('chat:{c}:turns')).toBe(10);
    expect(await client.hget('chat:{c}:meta', 'turns')).toBe('20');
    expect(await client.ttl('chat:{c}:turns')).toBeGreaterThan(3590);
  });

  test('a script is loaded once and run by its hash', async () => {
    const [node] = client.nodes('master');
    const sha = String(await node!.script('LOAD', "return redis.call('SET', KEYS[1], ARGV[1])"));
    expect(await client.evalsha(sha, 1, 'chat:sha', 'v')).toBe('OK');
    expect(await client.get('chat:sha')).toBe('v');
    await expect(client.evalsha('f'.repeat(40), 1, 'chat:sha', 'v')).rejects.toThrow(/^NOSCRIPT/);
  });

  test('a script can fail with an error of its own', async () => {
    await expect(client.eval("return redis.error_reply('CONFLICT stale turn')", 1, 'chat:x')).rejects.toThrow(/CONFLICT stale turn/);
  });

  test('a transaction runs as one', async () => {
    const replies = await client.multi().set('chat:{m}a', '1').incr('chat:{m}a').lpush('chat:{m}b', 'x').exec();
    expect(replies).toEqual([
      [null, 'OK'],
      [null, 2],
      [null, 1],
    ]);
  });

  test('an unknown command is an error by name', async () => {
    await expect(client.call('NOSUCHCOMMAND', 'chat:x')).rejects.toThrow(/unknown command/i);
  });

  test('fails when the user is not one of the template', async () => {
    const stranger = clientOf(valkey, 'stranger');
    const errors: Error[] = [];
    stranger.on('error', (error: Error & { lastNodeError?: Error }) => errors.push(error.lastNodeError ?? error));
    await expect(stranger.get('chat:a')).rejects.toThrow();
    expect(errors.map(String).join()).toMatch(/NOAUTH|WRONGPASS/);
    stranger.disconnect();
  });
});

test('fails when an access string is refused by the server, with what it says', async () => {
  if (!findServer()) return expect(engines).toEqual(['bridge']);
  await expect(startValkey({ users: [{ userName: 'u', accessString: 'on +nosuchcommand' }] })).rejects.toThrow(
    /did not start[\s\S]*nosuchcommand/,
  );
}, 20_000);

test('with a real server a key outside the access string is refused', async () => {
  if (!findServer()) return expect(engines).toEqual(['bridge']);
  const valkey = await startValkey({ users: USERS, engine: 'server' });
  const client = clientOf(valkey);
  await expect(client.set('other:a', '1')).rejects.toThrow(/^NOPERM/);
  client.disconnect();
  await valkey.stop();
}, 20_000);

test('without a server on PATH none is found, and asking for one is an error', async () => {
  const path = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  try {
    expect(findServer()).toBeUndefined();
    await expect(startValkey({ engine: 'server' })).rejects.toThrow(
      'neither valkey-server nor redis-server is on PATH; install one, or run on the bridge',
    );
  } finally {
    process.env['PATH'] = path;
  }
});

async function listens(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  const answered = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(
    () => false,
  );
  socket.destroy();
  return answered;
}

for (const signal of findServer() ? (['SIGKILL', 'SIGTERM', 'SIGINT'] as const) : []) {
  test(`a server does not outlive a runner that ends by ${signal}`, async () => {
    const runner = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'abrupt-end.fixture.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(runner, 'exit');
    const [line] = (await once(createInterface(runner.stdout), 'line')) as [string];
    const port = Number(line);
    expect(await listens(port)).toBe(true);
    runner.kill(signal);
    await exited;
    while (await listens(port)) await new Promise((resolve) => setTimeout(resolve, 20));
  }, 30_000);
}
