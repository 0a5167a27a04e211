import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import type { CacheUser } from '../../assembly/cache';
import { Reaper, signalGroup } from '../../lambda/reaper';
import { AdminConnection } from './admin-connection';
import type { LocalValkey } from './valkey';

const START_TIMEOUT_MS = 15_000;
const ADMIN = 'local-runner';

export function findServer(path: string = process.env['PATH'] ?? ''): string | undefined {
  return ['valkey-server', 'redis-server']
    .flatMap((name) => path.split(delimiter).map((directory) => join(directory, name)))
    .find((file) => existsSync(file));
}

/** Starts the server without waiting for it: a cluster of one node takes two seconds to say that it serves. */
export async function launchServer(executable: string, users: readonly CacheUser[], announcedPort?: number): Promise<LocalValkey> {
  const directory = mkdtempSync(join(tmpdir(), `valkey-${process.pid}-`));
  const port = await freePort();
  const config = join(directory, 'server.conf');
  writeFileSync(config, configuration(directory, { port, announced: announcedPort ?? port, bus: await freePort() }, users));
  // A runner that ends without stop must not leave a server behind, however it ends.
  const reaper = new Reaper(directory);
  reaper.start();
  const child = spawn(executable, [config], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  if (child.pid !== undefined) reaper.watch(child.pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output = `${output}${chunk}`.slice(-4000)));
  const ready = formCluster(child, port).catch((error: Error) => {
    throw new Error(`${basename(executable)} did not start: ${error.message}\n${output.trim()}`);
  });
  // Whoever needs the server asks; nobody may.
  ready.catch(() => undefined);
  return {
    host: '127.0.0.1',
    port,
    kind: basename(executable) as LocalValkey['kind'],
    ready,
    command: async (...words) => {
      await ready;
      const connection = await AdminConnection.open(port);
      try {
        await connection.send('AUTH', ADMIN, 'any');
        return await connection.send(...words);
      } finally {
        connection.close();
      }
    },
    stop: () => stopServer(child, reaper),
  };
}

interface Ports {
  readonly port: number;
  readonly announced: number;
  readonly bus: number;
}

function configuration(directory: string, { port, announced, bus }: Ports, users: readonly CacheUser[]): string {
  // As behind ElastiCache: with users of its own the cache has no usable default user.
  const acl =
    users.length === 0
      ? ['user default on nopass ~* &* +@all']
      : ['user default off', ...users.map(({ userName, accessString }) => `user ${userName} nopass ${accessString}`)];
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${directory}`,
    'save ""',
    'appendonly no',
    'cluster-enabled yes',
    'cluster-config-file nodes.conf',
    `cluster-port ${bus}`,
    `cluster-announce-port ${announced}`,
    'cluster-announce-ip 127.0.0.1',
    `user ${ADMIN} on nopass ~* &* +@all`,
    ...acl,
    '',
  ].join('\n');
}

/** Gives the one node every slot and waits until the cluster says that it serves them. */
async function formCluster(child: ChildProcess, port: number): Promise<void> {
  const end = Date.now() + START_TIMEOUT_MS;
  let exit: string | undefined;
  child.once('error', (error) => (exit = error.message));
  child.once('exit', (code, signal) => (exit ??= `it exited with ${signal ?? `code ${code}`}`));
  for (let assigned = false; ; ) {
    if (exit) throw new Error(exit);
    if (Date.now() > end) throw new Error(`no cluster after ${START_TIMEOUT_MS / 1000} s`);
    const connection = await AdminConnection.open(port).catch(() => undefined);
    if (connection) {
      try {
        await connection.send('AUTH', ADMIN, 'any');
        if (!assigned) await connection.send('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
        assigned = true;
        if (String(await connection.send('CLUSTER', 'INFO')).includes('cluster_state:ok')) return;
      } finally {
        connection.close();
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function stopServer(child: ChildProcess, reaper: Reaper): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    // Nothing is kept, so there is nothing to wait for.
    if (signalGroup(child.pid, 'SIGKILL')) await exited;
    reaper.forget(child.pid);
  }
  await reaper.close();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
