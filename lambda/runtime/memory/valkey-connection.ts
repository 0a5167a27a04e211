import type { Cluster } from 'iovalkey';

export interface ValkeyAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly username: string;
  /** A new password for every connection. */
  readonly password: () => Promise<string>;
}

/**
 * One cluster client per environment. A client that fails is thrown away and the next one signs in with a new token:
 * tokens live 15 minutes, the server ends connections after 12 hours, and sockets die while an environment is frozen.
 */
export class ValkeyConnection {
  private current?: Promise<Cluster>;

  constructor(
    private readonly address: ValkeyAddress,
    private readonly timeoutMs: number,
  ) {}

  /** Runs a command; one that fails on a connection that was already there is repeated once on a new one. */
  async run<T>(command: (client: Cluster, repetition: boolean) => Promise<T>): Promise<T> {
    const reused = this.current;
    try {
      return await this.attempt(command, false);
    } catch (error) {
      if (!reused || isAnswer(error)) throw error;
      return this.attempt(command, true);
    }
  }

  async close(): Promise<void> {
    const current = this.current;
    this.current = undefined;
    await current?.then(
      (client) => client.disconnect(),
      () => undefined,
    );
  }

  private async attempt<T>(command: (client: Cluster, repetition: boolean) => Promise<T>, repetition: boolean): Promise<T> {
    this.current ??= this.connect();
    const used = this.current;
    try {
      const client = await used;
      return await within(this.timeoutMs, command(client, repetition));
    } catch (error) {
      // Concurrent commands share the client: only the first to fail replaces it.
      if (!isAnswer(error) && this.current === used) await this.close();
      throw error;
    }
  }

  private async connect(): Promise<Cluster> {
    const [{ Cluster }, password] = await Promise.all([import('iovalkey'), this.address.password()]);
    const { host, port, tls, username } = this.address;
    const client = new Cluster([{ host, port }], {
      lazyConnect: true,
      // Names must reach TLS as names: resolving them here would break the certificate check.
      dnsLookup: (name, done) => done(null, name),
      // Reconnecting inside the client would sign in with the old token.
      clusterRetryStrategy: () => null,
      enableReadyCheck: false,
      slotsRefreshTimeout: this.timeoutMs,
      redisOptions: {
        username,
        password,
        connectTimeout: this.timeoutMs,
        // The client waits this long for the peer's farewell, and its timer would fire in a later invocation.
        disconnectTimeout: 50,
        enableReadyCheck: false,
        maxRetriesPerRequest: 0,
        ...(tls ? { tls: {} } : {}),
      },
    });
    let reason: unknown;
    client.on('error', (error) => {
      reason = error;
    });
    client.on('node error', (error) => {
      reason = error;
    });
    try {
      await within(this.timeoutMs, client.connect());
      return client;
    } catch (error) {
      client.disconnect();
      throw new Error(`cannot connect to ${host}:${port}: ${reasonOf(reason ?? error)}`, { cause: error });
    }
  }
}

/** An error that the server itself gave to a command: the connection is sound, and repeating gives the same. */
function isAnswer(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'ReplyError' && !/^(NOAUTH|WRONGPASS|CLUSTERDOWN|LOADING)/.test((error as Error).message);
}

function reasonOf(error: unknown): string {
  const last = (error as { lastNodeError?: Error }).lastNodeError;
  return String((last ?? (error as Error)).message ?? error);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
