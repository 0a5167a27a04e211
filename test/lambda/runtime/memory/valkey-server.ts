import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Redis } from 'iovalkey';
import { VALKEY_ACCESS_STRING } from '../../../../lambda/contract/chat-memory';
import { startValkey } from '../../../../lib/local/services/valkey/valkey';

export interface TestCache {
  readonly port: number;
  /** An unrestricted connection of the test's own. */
  readonly admin: Redis;
  stop(): Promise<void>;
}

export interface TestServer extends TestCache {
  readonly user: string;
  /** Ends every connection of the memory's user, as ElastiCache does after 12 hours. */
  dropConnections(): Promise<void>;
  pause(): void;
  resume(): void;
}

const NAMES = ['valkey-server', 'redis-server'];

/** A server from PATH. In CI its absence fails the suite; elsewhere the suite runs what the runner's bridge can show. */
export function serverBinary(): string | undefined {
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  const binary = NAMES.flatMap((name) => directories.map((directory) => join(directory, name))).find((file) => {
    try {
      execFileSync(file, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
  if (!binary && process.env['CI']) throw new Error(`this suite needs ${NAMES.join(' or ')} on the PATH`);
  return binary;
}

/** The stand-in of the local run, for machines without a server. */
export async function startBridge(user = 'chat-user'): Promise<TestCache> {
  const users = [
    { userName: user, accessString: VALKEY_ACCESS_STRING },
    { userName: 'admin', accessString: 'on ~* +@all' },
  ];
  const bridge = await startValkey({ engine: 'bridge', users });
  const admin = new Redis({ port: bridge.port, host: '127.0.0.1', username: 'admin', password: 'any', disconnectTimeout: 50 });
  return {
    port: bridge.port,
    admin,
    stop: async () => {
      admin.disconnect();
      await bridge.stop();
    },
  };
}

/** A server as ElastiCache Serverless looks to its client: one cluster node, and a user with the memory's access string. */
export async function startServer(binary: string, user = 'chat-user'): Promise<TestServer> {
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'chat-memory-'));
  const options = { port, dir: directory, 'cluster-enabled': 'yes', 'cluster-announce-ip': '127.0.0.1', save: '', bind: '127.0.0.1' };
  const args = Object.entries({ ...options, 'cluster-port': await freePort() }).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = spawn(binary, args, { stdio: 'ignore' });

  const starter = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50, maxRetriesPerRequest: 200, disconnectTimeout: 50 });
  starter.on('error', () => undefined);
  await starter.call('ACL', 'SETUSER', 'admin', 'on', 'nopass', '~*', '&*', '+@all');
  starter.disconnect();
  const admin = new Redis({ port, host: '127.0.0.1', username: 'admin', password: 'any', disconnectTimeout: 50 });
  // A serverless cache has no anonymous user.
  await admin.call('ACL', 'SETUSER', 'default', 'off');
  await admin.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
  // Any password: the token is signed for AWS, and its form has a test of its own.
  await admin.call('ACL', 'SETUSER', user, 'nopass', ...VALKEY_ACCESS_STRING.split(' '));
  for (let state = ''; !state.includes('cluster_state:ok'); state = String(await admin.cluster('INFO'))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    port,
    user,
    admin,
    dropConnections: async () => void (await admin.call('CLIENT', 'KILL', 'USER', user)),
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    stop: async () => {
      admin.disconnect();
      if (server.exitCode === null) {
        server.kill('SIGKILL');
        await once(server, 'exit');
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
