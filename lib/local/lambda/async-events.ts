import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock';
import {
  type AsyncCondition,
  type AsyncOutcome,
  type AsyncRecord,
  type DeadLetter,
  deadLetterOf,
  type LastAttempt,
  recordOf,
} from './async-outcome';
import type { InvokeResult } from './invoke-result';
import { LambdaServiceError } from './service-error';
import { LIMITS } from './service-limits';

export type { AsyncRecord as FailureRecord } from './async-outcome';

/** Delivers a record; the ARN is the destination of the qualifier that was invoked. */
export type AsyncFailureListener = (destinationArn: string, record: AsyncRecord) => void | Promise<void>;
/** Delivers an event that failed for good to the function's own dead-letter queue or topic. */
export type DeadLetterListener = (targetArn: string, letter: DeadLetter) => void | Promise<void>;

export interface AsyncEvent {
  readonly requestId: string;
  /** Qualified with the qualifier that was asked for, `$LATEST` when none was. */
  readonly functionArn: string;
  readonly payload: Buffer;
  readonly retryAttempts?: number;
  readonly maximumAgeMs?: number;
  /** On-failure destination. */
  readonly destinationArn?: string;
  readonly onSuccessArn?: string;
  readonly deadLetterArn?: string;
  /** Reserved concurrency of zero: events go to the destination without an attempt. */
  readonly off: boolean;
  attempt(): Promise<InvokeResult>;
}

/** Between the first attempt and the second, and between the second and the third. */
const RETRY_DELAYS_MS = [60_000, 120_000];
/** Throttled events are tried again after a second, then after twice as long each time, up to this. */
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 300_000;

export interface AsyncEventsOptions {
  readonly clock: Clock;
  /** Receives the records of both destinations. */
  readonly onRecord: AsyncFailureListener;
  readonly onDeadLetter: DeadLetterListener;
  /** Resolves when some concurrency is given back. */
  readonly freed: (signal: AbortSignal) => Promise<void>;
}

/**
 * The queue of asynchronous events: each is attempted, retried after delays, and in the end handed to the destinations.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class AsyncEvents {
  private readonly stopped = new AbortController();
  private readonly pending = new Set<Promise<void>>();

  constructor(private readonly options: AsyncEventsOptions) {
    // Every event that waits listens for the end of the run.
    setMaxListeners(0, this.stopped.signal);
  }

  accept(event: AsyncEvent): void {
    const work = this.process(event)
      .catch((error: unknown) => {
        // Events that are under way when the run ends are dropped with it; anything else is a fault of the destination.
        if (!this.stopped.signal.aborted) process.emitWarning(`asynchronous event ${event.requestId} was dropped: ${error}`);
      })
      .finally(() => this.pending.delete(work));
    this.pending.add(work);
  }

  /** Resolves when no event waits or runs. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  async close(): Promise<void> {
    this.stopped.abort(new Error('the local run ended'));
    await this.settled();
  }

  private async process(event: AsyncEvent): Promise<void> {
    const { clock } = this.options;
    const { signal } = this.stopped;
    const oldest = clock.now() + (event.maximumAgeMs ?? LIMITS.asyncEventAgeMs);
    const retries = event.retryAttempts ?? RETRY_DELAYS_MS.length;
    let last: LastAttempt;
    let attempts = 0;
    while (!event.off && attempts <= retries) {
      signal.throwIfAborted();
      if (attempts > 0) await clock.sleep(RETRY_DELAYS_MS[attempts - 1]!, signal);
      if (clock.now() >= oldest) break;
      last = await this.attempt(event, oldest);
      if (isThrottle(last)) break;
      attempts += 1;
      if (!(last instanceof LambdaServiceError) && last.functionError === undefined) {
        await this.deliver(event, 'Success', attempts, last);
        return;
      }
    }
    await this.deliver(event, event.off || attempts > retries ? 'RetriesExhausted' : 'EventAgeExceeded', attempts, last);
  }

  /** Throttling is no attempt: the event goes back to the queue until there is room for it or it is too old. */
  private async attempt(event: AsyncEvent, oldest: number): Promise<InvokeResult | LambdaServiceError> {
    for (let backoff = FIRST_BACKOFF_MS; ; backoff = Math.min(2 * backoff, LONGEST_BACKOFF_MS)) {
      const room = new AbortController();
      const signal = AbortSignal.any([room.signal, this.stopped.signal]);
      const freed = this.options.freed(signal);
      freed.catch(() => undefined);
      try {
        return await event.attempt();
      } catch (error) {
        if (!(error instanceof LambdaServiceError)) throw error;
        const left = oldest - this.options.clock.now();
        if (!isThrottle(error) || left <= 0) return error;
        await Promise.race([freed, this.options.clock.sleep(Math.min(backoff, left), signal)]);
      } finally {
        room.abort(new Error('the event is tried again'));
      }
    }
  }

  private async deliver(event: AsyncEvent, condition: AsyncCondition, attempts: number, last: LastAttempt): Promise<void> {
    const { requestId, functionArn, payload, onSuccessArn, destinationArn, deadLetterArn } = event;
    const outcome: AsyncOutcome = { requestId, functionArn, payload, condition, attempts, last, at: this.options.clock.now() };
    const succeeded = condition === 'Success';
    const destination = succeeded ? onSuccessArn : destinationArn;
    if (!succeeded && deadLetterArn !== undefined) await this.options.onDeadLetter(deadLetterArn, deadLetterOf(outcome));
    if (destination !== undefined) await this.options.onRecord(destination, recordOf(outcome));
  }
}

function isThrottle(last: LastAttempt): boolean {
  return last instanceof LambdaServiceError && last.name === 'TooManyRequestsException';
}
