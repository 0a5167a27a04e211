import { createHash, randomUUID } from 'node:crypto';
import { AslError } from './asl-error';

/** The task that waits for an answer. */
export interface TokenHolder {
  succeeded(output: unknown): void;
  failed(error: AslError): void;
  /** A heartbeat arrived. */
  beat(): void;
}

/** What SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat answer when they cannot deliver. */
export class TaskTokenError extends Error {
  constructor(
    override readonly name: 'InvalidToken' | 'TaskDoesNotExist' | 'TaskTimedOut',
    message: string,
  ) {
    super(message);
  }
}

const PREFIX = 'AQB';

/** Every task token of a local run, whichever execution waits for it. */
export class TaskTokens {
  /** A token that was answered or whose state was left stays known, without a holder. */
  private readonly holders = new Map<string, TokenHolder | undefined>();
  private readonly executions = new Map<string, string>();

  /** @param newId identifiers of tokens; a local run that repeats itself exactly brings its own */
  constructor(private readonly newId: () => string = randomUUID) {}

  /** `executionArn` is that of the execution which waits. */
  issue(holder: TokenHolder, executionArn?: string): string {
    const id = this.newId();
    const token = PREFIX + Buffer.from(`${id}.${checksum(id)}`).toString('base64');
    this.holders.set(token, holder);
    if (executionArn !== undefined) this.executions.set(token, executionArn);
    return token;
  }

  /** The execution that the token was issued for, even when it no longer waits. */
  executionOf(token: string): string | undefined {
    return this.executions.get(token);
  }

  /** The state that waited was left: later answers come too late. */
  retire(token: string): void {
    this.holders.set(token, undefined);
  }

  /** `output` is the value itself, already parsed. */
  succeed(token: string, output: unknown): void {
    const holder = this.holderOf(token);
    this.retire(token);
    holder.succeeded(output);
  }

  fail(token: string, error = '', cause = ''): void {
    const holder = this.holderOf(token);
    this.retire(token);
    holder.failed(new AslError(error, cause));
  }

  heartbeat(token: string): void {
    this.holderOf(token).beat();
  }

  private holderOf(token: string): TokenHolder {
    const holder = this.holders.get(token);
    if (holder !== undefined) return holder;
    if (this.holders.has(token)) throw new TaskTokenError('TaskTimedOut', 'Task Timed Out: Provided task does not exist anymore');
    if (!isWellFormed(token)) throw new TaskTokenError('InvalidToken', 'Invalid Token: the token was not issued by this service');
    throw new TaskTokenError('TaskDoesNotExist', 'Task does not exist');
  }
}

function isWellFormed(token: string): boolean {
  if (!token.startsWith(PREFIX)) return false;
  const [id = '', sum] = Buffer.from(token.slice(PREFIX.length), 'base64').toString('utf8').split('.');
  return sum === checksum(id);
}

function checksum(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 16);
}
