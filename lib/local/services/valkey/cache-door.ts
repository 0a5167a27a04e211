import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { FrameSplitter, wordsOf } from './frames';

/** One command on its way to a cache. */
export interface CacheCommand {
  /** Access key of the IAM token that the connection signed in with; undefined without one. */
  readonly accessKeyId?: string;
  /** In capitals, such as `GET`, `EVAL`. */
  readonly operation: string;
}

/** Stands between a command and the cache. Answers the reply for the client, or undefined where the connection breaks instead. */
export type CacheGuard = (command: CacheCommand, serve: () => Promise<Buffer>) => Promise<Buffer | undefined>;

/** Whether the holder of an access key may sign in as a user of the cache. */
export type CacheAdmission = (accessKeyId: string, user: string) => boolean;

/** What the cache says to those whom IAM does not let in. */
const WRONG_PASSWORD = Buffer.from('-WRONGPASS invalid username-password pair or user is disabled.\r\n');

/** Commands about the connection or the cluster, which touch no data. */
const HOUSEKEEPING = new Set(
  'AUTH HELLO CLIENT CLUSTER COMMAND INFO PING ECHO QUIT RESET READONLY READWRITE ASKING SELECT ACL CONFIG'.split(' '),
);
/** After these, replies and commands no longer come in pairs. */
const UNPAIRED = new Set('SUBSCRIBE PSUBSCRIBE SSUBSCRIBE MONITOR SYNC PSYNC'.split(' '));

/** The address of a cache towards its clients: it knows who calls, shows each command to the guard, and passes everything on. */
export class CacheDoor {
  static async open(guard: CacheGuard, admit: CacheAdmission = () => true): Promise<CacheDoor> {
    const door = new CacheDoor(guard, admit);
    await new Promise<void>((resolve) => door.server.listen(0, '127.0.0.1', resolve));
    return door;
  }

  readonly host = '127.0.0.1';
  private upstreamPort = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  private constructor(
    private readonly guard: CacheGuard,
    private readonly admit: CacheAdmission,
  ) {
    this.server = createServer((client) => this.pass(client));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The server behind the door. */
  leadTo(port: number): void {
    this.upstreamPort = port;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      for (const socket of this.sockets) socket.destroy();
    });
  }

  private pass(client: Socket): void {
    const upstream = connect({ host: this.host, port: this.upstreamPort });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      socket.setNoDelay(true);
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    new DoorSession(client, upstream, this.guard, this.admit).start();
  }
}

/** One connection of a client: its commands go through one after the other. */
class DoorSession {
  private readonly commands = new FrameSplitter();
  private readonly replies = new FrameSplitter();
  private accessKeyId?: string;
  private last: Promise<void> = Promise.resolve();
  private takeReply?: (reply: Buffer) => void;
  private raw = false;

  constructor(
    private readonly client: Socket,
    private readonly upstream: Socket,
    private readonly guard: CacheGuard,
    private readonly admit: CacheAdmission,
  ) {}

  start(): void {
    this.client.on('data', (chunk: Buffer) => {
      if (this.raw) this.upstream.write(chunk);
      else for (const frame of this.commands.push(chunk)) this.last = this.last.then(() => this.run(frame));
    });
    this.upstream.on('data', (chunk: Buffer) => {
      if (this.raw) this.client.write(chunk);
      else for (const frame of this.replies.push(chunk)) this.deliver(frame);
    });
  }

  private deliver(frame: Buffer): void {
    const take = this.takeReply;
    // A push of the server answers no command.
    if (take === undefined || frame[0] === 0x3e) {
      this.client.write(frame);
      return;
    }
    this.takeReply = undefined;
    take(frame);
  }

  private async run(frame: Buffer): Promise<void> {
    if (this.client.destroyed) return;
    const [name = '', ...words] = wordsOf(frame);
    const operation = name.toUpperCase();
    if (operation === 'AUTH' || operation === 'HELLO') {
      const key = parameterOf(words, 'X-Amz-Credential');
      if (key !== undefined && !this.admit(key, parameterOf(words, 'User') ?? '')) {
        this.client.write(WRONG_PASSWORD);
        return;
      }
      this.accessKeyId = key ?? this.accessKeyId;
    }
    if (UNPAIRED.has(operation)) this.raw = true;
    if (this.raw) {
      this.upstream.write(frame);
      return;
    }
    const serve = () => this.serve(frame);
    const reply = await (HOUSEKEEPING.has(operation) ? serve() : this.guard({ accessKeyId: this.accessKeyId, operation }, serve));
    if (reply === undefined) this.client.destroy();
    else this.client.write(reply);
  }

  /** Never settles when the connection breaks first: then nobody waits for the reply. */
  private serve(frame: Buffer): Promise<Buffer> {
    return new Promise((resolve) => {
      this.takeReply = resolve;
      this.upstream.write(frame);
    });
  }
}

/** An IAM token is a presigned request; its credential starts with the access key. */
function parameterOf(words: readonly string[], name: string): string | undefined {
  const pattern = new RegExp(`[?&]${name}=([^%/&]+)`, 'i');
  return words.map((word) => pattern.exec(word)?.[1]).find((value) => value !== undefined);
}
