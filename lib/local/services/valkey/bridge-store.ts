import { createHash } from 'node:crypto';
import { Status } from './resp';

export type MockRedis = Record<string, ((...parts: string[]) => Promise<unknown>) | undefined>;

/** Commands whose reply on the wire is a status and not a string. */
const STATUS_REPLIES = new Set([
  'set',
  'setex',
  'psetex',
  'mset',
  'hmset',
  'ltrim',
  'lset',
  'rename',
  'flushall',
  'flushdb',
  'type',
  'ping',
  'select',
]);
/** Methods of the imitation that are no commands, or that keep a connection to themselves. */
const NOT_COMMANDS = new Set([
  'multi',
  'exec',
  'watch',
  'unwatch',
  'pipeline',
  'duplicate',
  'connect',
  'disconnect',
  'quit',
  'end',
  'on',
  'once',
  'emit',
  'subscribe',
  'psubscribe',
  'monitor',
  'definecommand',
  'createconnectedclient',
  'createbuiltincommand',
  'sendcommand',
  'constructor',
  'script',
]);

/** The data behind all connections of the bridge. One command, script or transaction at a time, as in the real server. */
export class BridgeStore {
  private readonly scripts = new Map<string, string>();
  private tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly redis: MockRedis) {}

  /** Runs commands with nothing in between; a failed one does not stop those after it. */
  run(commands: readonly (readonly string[])[]): Promise<unknown[]> {
    const work = this.tail.then(async () => {
      const replies: unknown[] = [];
      for (const [name = '', ...parts] of commands) replies.push(await this.one(name.toLowerCase(), parts));
      return replies;
    });
    this.tail = work;
    return work;
  }

  knows(command: string): boolean {
    const name = command.toLowerCase();
    return (
      name === 'script' ||
      name === 'evalsha' ||
      (!NOT_COMMANDS.has(name) && !name.startsWith('_') && typeof this.redis[name] === 'function')
    );
  }

  private async one(name: string, parts: string[]): Promise<unknown> {
    try {
      if (name === 'script') return this.script(parts);
      if (name === 'evalsha') return await this.evaluate(parts);
      if (!this.knows(name))
        return new Error(`ERR unknown command '${name}', which the bridge has not; install valkey-server or redis-server`);
      if (name === 'eval') this.remember(parts[0] ?? '');
      const reply = await this.redis[name]?.(...parts);
      return STATUS_REPLIES.has(name) && typeof reply === 'string' && !isReturnedValue(name, parts) ? new Status(reply) : reply;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  private script([subcommand = '', ...parts]: string[]): unknown {
    switch (subcommand.toLowerCase()) {
      case 'load':
        return this.remember(parts[0] ?? '');
      case 'exists':
        return parts.map((sha) => (this.scripts.has(sha.toLowerCase()) ? 1 : 0));
      case 'flush':
        this.scripts.clear();
        return new Status('OK');
      default:
        return new Error(`ERR unknown subcommand '${subcommand}' of SCRIPT`);
    }
  }

  private evaluate([sha = '', ...parts]: string[]): unknown {
    const source = this.scripts.get(sha.toLowerCase());
    if (source === undefined) return new Error('NOSCRIPT No matching script. Please use EVAL.');
    return this.redis['eval']?.(source, ...parts);
  }

  private remember(source: string): string {
    const sha = createHash('sha1').update(source).digest('hex');
    this.scripts.set(sha, source);
    return sha;
  }
}

/** `SET key value GET` answers the old value, `PING text` the text. */
function isReturnedValue(name: string, parts: readonly string[]): boolean {
  return (name === 'set' && parts.slice(2).some((part) => part.toLowerCase() === 'get')) || (name === 'ping' && parts.length > 0);
}
