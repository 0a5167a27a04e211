import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { loadBundled } from '../../../handlers/load-bundled';
import type { CacheUser } from '../../assembly/cache';
import { BridgeSession } from './bridge-session';
import { BridgeStore, type MockRedis } from './bridge-store';
import { encode, Status } from './resp';
import type { LocalValkey } from './valkey';

interface Engine {
  readonly Redis: new (options: object) => MockRedis;
  readonly RespParser: new (handlers: {
    returnReply(parts: unknown): void;
    returnError(error: Error): void;
  }) => { execute(data: Buffer): void };
}

/** A cache over TCP for handlers in other processes, kept by an in-memory imitation. Who may run which command is not checked here. */
export async function startBridge(users: readonly CacheUser[], announcedPort?: number): Promise<LocalValkey> {
  const engine = loadBundled<Engine>('ioredis-mock');
  // Imitations of one host and port share their data; this one shares with none.
  const store = new BridgeStore(new engine.Redis({ host: randomUUID() }));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    const session = new BridgeSession(store, {
      users: users.map(({ userName }) => userName),
      port: () => announcedPort ?? (server.address() as AddressInfo).port,
    });
    let last: Promise<void> = Promise.resolve();
    const parser = new engine.RespParser({
      returnReply: (parts) => {
        last = last.then(async () => {
          const reply = await session.run((parts as unknown[]).map(String));
          if (!socket.destroyed) socket.write(encode(reply));
        });
      },
      returnError: (error) => socket.destroy(error),
    });
    socket.on('data', (data) => parser.execute(data as Buffer));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    kind: 'bridge',
    ready: Promise.resolve(),
    command: async (...words) => {
      const [reply] = await store.run([words]);
      if (reply instanceof Error) throw reply;
      return reply instanceof Status ? reply.text : reply;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
