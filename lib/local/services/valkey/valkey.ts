import type { CacheUser } from '../../assembly/cache';
import { startBridge } from './bridge';
import { findServer, startServer } from './server';

export interface LocalValkey {
  readonly host: string;
  readonly port: number;
  /** `valkey-server` or `redis-server` from PATH, or the bridge that stands in where neither is installed. */
  readonly kind: 'valkey-server' | 'redis-server' | 'bridge';
  stop(): Promise<void>;
}

export interface ValkeyOptions {
  /** Users of the template's caches. Their password is an IAM token, which is new for each connection, so any is taken. @default - everyone may do everything */
  readonly users?: readonly CacheUser[];
  /** @default 'auto' - a server from PATH, else the bridge */
  readonly engine?: 'auto' | 'server' | 'bridge';
}

/** Starts a cache that answers as a cluster of one node, as ElastiCache Serverless does towards its clients. */
export async function startValkey({ users = [], engine = 'auto' }: ValkeyOptions = {}): Promise<LocalValkey> {
  const server = engine === 'bridge' ? undefined : findServer();
  if (server) return startServer(server, users);
  if (engine === 'server') throw new Error('neither valkey-server nor redis-server is on PATH; install one, or run on the bridge');
  return startBridge(users);
}
