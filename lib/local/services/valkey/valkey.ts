import type { CacheUser } from '../../assembly/cache';
import { startBridge } from './bridge';
import type { AdminCommand } from './cache-data';
import { findServer, launchServer } from './server';

export interface LocalValkey {
  readonly host: string;
  readonly port: number;
  /** `valkey-server` or `redis-server` from PATH, or the bridge that stands in where neither is installed. */
  readonly kind: 'valkey-server' | 'redis-server' | 'bridge';
  /** Resolves when it serves; rejects when it never will. */
  readonly ready: Promise<void>;
  /** Runs a command as one who may do everything. */
  readonly command: AdminCommand;
  stop(): Promise<void>;
}

export interface ValkeyOptions {
  /** Users of the template's caches. Their password is an IAM token, which is new for each connection, so any is taken. @default - everyone may do everything */
  readonly users?: readonly CacheUser[];
  /** @default 'auto' - a server from PATH, else the bridge */
  readonly engine?: 'auto' | 'server' | 'bridge';
  /** Port that the cluster names to its clients, where they are to come by another way than straight to the server. @default - its own */
  readonly announcedPort?: number;
}

/** Launches a cache that answers as a cluster of one node, as ElastiCache Serverless does towards its clients. It serves when it is `ready`. */
export async function launchValkey({ users = [], engine = 'auto', announcedPort }: ValkeyOptions = {}): Promise<LocalValkey> {
  const server = engine === 'bridge' ? undefined : findServer();
  if (server) return launchServer(server, users, announcedPort);
  if (engine === 'server') throw new Error('neither valkey-server nor redis-server is on PATH; install one, or run on the bridge');
  return startBridge(users, announcedPort);
}

/** Like `launchValkey`, but waits until it serves. */
export async function startValkey(options: ValkeyOptions = {}): Promise<LocalValkey> {
  const valkey = await launchValkey(options);
  try {
    await valkey.ready;
    return valkey;
  } catch (error) {
    await valkey.stop();
    throw error;
  }
}
