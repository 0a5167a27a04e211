import type { BridgeStore } from './bridge-store';
import { Status } from './resp';

const NODE_ID = '0'.repeat(40);
const SLOTS = 16_384;
const OK = new Status('OK');

interface SessionOptions {
  /** User names that may log in; with none everyone is in. */
  readonly users: readonly string[];
  readonly port: () => number;
}

/** One connection: who it is, its open transaction, and the commands that concern the connection or the cluster. */
export class BridgeSession {
  private user: string | undefined;
  private transaction: (readonly string[])[] | undefined;
  private broken = false;

  constructor(
    private readonly store: BridgeStore,
    private readonly options: SessionOptions,
  ) {}

  async run(command: readonly string[]): Promise<unknown> {
    const name = (command[0] ?? '').toUpperCase();
    const parts = command.slice(1);
    if (name === 'AUTH') return this.authenticate(parts);
    if (name === 'HELLO') return this.hello(parts);
    if (name === 'QUIT') return OK;
    if (this.options.users.length > 0 && !this.user) return new Error('NOAUTH Authentication required.');
    if (name === 'MULTI' || name === 'EXEC' || name === 'DISCARD') return this.transact(name);
    if (this.transaction) return this.enqueue(command);
    const own = this.answer(name, parts);
    if (own !== undefined) return own;
    return (await this.store.run([command]))[0];
  }

  private authenticate(parts: readonly string[]): unknown {
    const user = parts.length > 1 ? parts[0]! : 'default';
    const { users } = this.options;
    const known = users.length === 0 ? user === 'default' : users.includes(user);
    if (!known) return new Error('WRONGPASS invalid username-password pair or user is disabled.');
    this.user = user;
    return OK;
  }

  private hello(parts: readonly string[]): unknown {
    const [version = '2', ...options] = parts;
    if (version !== '2') return new Error('NOPROTO unsupported protocol version');
    const auth = options.findIndex((option) => option.toUpperCase() === 'AUTH');
    if (auth >= 0) {
      const refused = this.authenticate(options.slice(auth + 1, auth + 3));
      if (refused !== OK) return refused;
    }
    return ['server', 'redis', 'version', '7.2.4', 'proto', 2, 'id', 1, 'mode', 'cluster', 'role', 'master', 'modules', []];
  }

  private async transact(name: string): Promise<unknown> {
    if (name === 'MULTI') {
      if (this.transaction) return new Error('ERR MULTI calls can not be nested');
      this.transaction = [];
      this.broken = false;
      return OK;
    }
    const queued = this.transaction;
    if (!queued) return new Error(`ERR ${name} without MULTI`);
    this.transaction = undefined;
    if (name === 'DISCARD') return OK;
    return this.broken ? new Error('EXECABORT Transaction discarded because of previous errors.') : this.store.run(queued);
  }

  private enqueue(command: readonly string[]): unknown {
    if (!this.store.knows(command[0] ?? '')) {
      this.broken = true;
      return new Error(`ERR unknown command '${command[0]}'`);
    }
    this.transaction?.push(command);
    return new Status('QUEUED');
  }

  private answer(name: string, parts: readonly string[]): unknown {
    const sub = (parts[0] ?? '').toUpperCase();
    switch (name) {
      case 'CLUSTER':
        return this.cluster(sub);
      case 'CLIENT':
        return sub === 'ID' ? 1 : sub === 'GETNAME' ? '' : OK;
      case 'COMMAND':
        return sub === 'COUNT' ? 0 : [];
      case 'INFO':
        return '# Server\r\nredis_version:7.2.4\r\nredis_mode:cluster\r\n# Persistence\r\nloading:0\r\n# Replication\r\nrole:master\r\n# Cluster\r\ncluster_enabled:1\r\n';
      case 'ACL':
        return sub === 'WHOAMI' ? (this.user ?? 'default') : undefined;
      case 'READONLY':
      case 'READWRITE':
        return OK;
      case 'SELECT':
        return parts[0] === '0' ? OK : new Error('ERR SELECT is not allowed in cluster mode');
      default:
        return undefined;
    }
  }

  private cluster(sub: string): unknown {
    const port = this.options.port();
    switch (sub) {
      case 'SLOTS':
        return [[0, SLOTS - 1, ['127.0.0.1', port, NODE_ID, []]]];
      case 'SHARDS':
        return [
          [
            'slots',
            [0, SLOTS - 1],
            'nodes',
            [
              [
                'id',
                NODE_ID,
                'port',
                port,
                'ip',
                '127.0.0.1',
                'endpoint',
                '127.0.0.1',
                'role',
                'master',
                'replication-offset',
                0,
                'health',
                'online',
              ],
            ],
          ],
        ];
      case 'NODES':
        return `${NODE_ID} 127.0.0.1:${port}@${port} myself,master - 0 0 1 connected 0-${SLOTS - 1}\n`;
      case 'INFO':
        return `cluster_state:ok\r\ncluster_slots_assigned:${SLOTS}\r\ncluster_slots_ok:${SLOTS}\r\ncluster_known_nodes:1\r\ncluster_size:1\r\n`;
      case 'MYID':
        return NODE_ID;
      default:
        return new Error(`ERR unknown subcommand '${sub}' of CLUSTER`);
    }
  }
}
