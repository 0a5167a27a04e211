import { setMaxListeners } from 'node:events';
import { ApiFailure } from '../calls/api-failure';
import type { ServiceCalls } from '../calls/service-calls';
import type { JsonObject } from '../calls/wire';
import type { Clock } from '../clock';
import type { CredentialOwner } from '../gateway/service';
import { AccessDeniedError } from '../iam/access-denied';
import { type TargetCall, UnservedTarget } from './target-call';

/** How a delivery came to nothing. */
export interface GivenUp {
  readonly code: string;
  readonly message: string;
  /** Undefined when the failure is one that no retry can mend. */
  readonly exhausted?: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';
  readonly retries: number;
}

export interface Delivery {
  /** Who delivers what to whom, for a notice. */
  readonly label: string;
  /** On whose behalf. */
  readonly owner: CredentialOwner;
  /** The call of an attempt, counted from 1; or what does the work without a call. */
  readonly attempt: (attempt: number) => TargetCall | (() => void);
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** Where the payload goes when it reached nobody. */
  readonly deadLetter?: {
    readonly arn: string;
    readonly owner: CredentialOwner;
    readonly body: (last: TargetCall | undefined) => string;
    readonly attributes: (failure: GivenUp) => Readonly<Record<string, string>>;
  };
}

export interface OutboxOptions {
  readonly calls: ServiceCalls;
  readonly clock: Clock;
  readonly onNotice: (notice: string) => void;
}

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;
const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;

/** Deliveries on their way: each is tried, tried again after growing delays, and in the end goes to the dead-letter queue or is lost. */
export class Outbox {
  private readonly pending = new Set<Promise<void>>();
  private readonly stopped = new AbortController();

  constructor(private readonly options: OutboxOptions) {
    // Each delivery that waits for its next attempt listens.
    setMaxListeners(0, this.stopped.signal);
  }

  /** Takes a delivery on and returns at once. */
  send(delivery: Delivery): void {
    const work = this.deliver(delivery)
      .catch((error: Error) => {
        if (!this.stopped.signal.aborted) this.options.onNotice(`${delivery.label} failed: ${error.message}`);
      })
      .finally(() => this.pending.delete(work));
    this.pending.add(work);
  }

  /** Resolves when every delivery so far has ended. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  /** Drops what is still under way. */
  async stop(): Promise<void> {
    this.stopped.abort(new Error('the local run ended'));
    await this.settled();
  }

  private async deliver(delivery: Delivery): Promise<void> {
    const { clock, onNotice } = this.options;
    const { signal } = this.stopped;
    const oldest = clock.now() + delivery.maximumEventAgeSeconds * 1000;
    let last: TargetCall | undefined;
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      try {
        const work = delivery.attempt(attempt);
        if (typeof work === 'function') return work();
        last = work;
        return await this.call(work, delivery.owner);
      } catch (error) {
        signal.throwIfAborted();
        const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
        const failure = failureOf(error, attempt, delivery, clock.now() + delay > oldest);
        if (failure !== undefined) {
          onNotice(`${delivery.label} failed: ${failure.message}`);
          return this.bury(delivery, failure, last);
        }
        await clock.sleep(delay, signal);
      }
    }
  }

  private async call({ service, operation, parameters }: TargetCall, owner: CredentialOwner): Promise<void> {
    await this.options.calls.call(service, operation, parameters, { owner, signal: this.stopped.signal });
  }

  private async bury({ label, deadLetter }: Delivery, failure: GivenUp, last: TargetCall | undefined): Promise<void> {
    if (deadLetter === undefined) return;
    const [account, name] = deadLetter.arn.split(':').slice(-2);
    const attributes = Object.entries(deadLetter.attributes(failure)).filter(([, value]) => value !== '');
    const parameters: JsonObject = {
      QueueUrl: `http://localhost/${account}/${name}`,
      MessageBody: deadLetter.body(last),
      ...(attributes.length > 0 && {
        MessageAttributes: Object.fromEntries(attributes.map(([key, StringValue]) => [key, { DataType: 'String', StringValue }])),
      }),
    };
    try {
      await this.call({ service: 'sqs', operation: 'SendMessage', parameters }, deadLetter.owner);
    } catch (error) {
      this.options.onNotice(`${label}: the dead-letter queue ${deadLetter.arn} took nothing: ${(error as Error).message}`);
    }
  }
}

/** Undefined when it is worth another attempt. */
function failureOf(error: unknown, attempt: number, delivery: Delivery, tooOld: boolean): GivenUp | undefined {
  const { message } = error as Error;
  const retries = attempt - 1;
  if (error instanceof UnservedTarget) return { code: 'UNSUPPORTED_TARGET', message, retries };
  if (error instanceof AccessDeniedError) return { code: 'NO_PERMISSIONS', message, retries };
  if (!(error instanceof Error)) throw error;
  const code = error instanceof ApiFailure ? error.code : 'SDK_CLIENT_ERROR';
  const final = error instanceof ApiFailure && error.status < SERVER_ERROR && error.status !== TOO_MANY_REQUESTS;
  if (final && !/Throttl|TooManyRequests|LimitExceeded/.test(code)) return { code, message, retries };
  if (retries >= delivery.maximumRetryAttempts) return { code, message, retries, exhausted: 'MaximumRetryAttempts' };
  return tooOld ? { code, message, retries, exhausted: 'MaximumEventAgeInSeconds' } : undefined;
}
