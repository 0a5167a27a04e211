import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Redis } from 'iovalkey';
import { VALKEY_ACCESS_STRING } from '../../../../lambda/contract/chat-memory';

export interface TestServer {
  readonly port: number;
  readonly user: string;
  /** An unrestricted connection of the test's own. */
  readonly admin: Redis;
  /** Ends every connection of the memory's user, as ElastiCache does after 12 hours. */
  dropConnections(): Promise<void>;
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

const NAMES = ['valkey-server', 'redis-server'];

function serverBinary(): string | undefined {
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  return NAMES.flatMap((name) => directories.map((directory) => join(directory, name))).find((file) => {
    try {
      execFileSync(file, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

/** A server as ElastiCache Serverless looks to its client: one cluster node, and a user with the memory's access string. */
export async function startServer(user = 'chat-user'): Promise<TestServer> {
  const binary = serverBinary();
  if (!binary) throw new Error(`this suite needs ${NAMES.join(' or ')} on the PATH`);
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
