import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock';
import type { InvokeResult } from './invoke-result';
import { LambdaServiceError } from './service-error';
import { LIMITS } from './service-limits';

/** What the service sends to an on-failure destination. Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export interface FailureRecord {
  readonly version: '1.0';
  readonly timestamp: string;
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: 'RetriesExhausted' | 'EventAgeExceeded';
    readonly approximateInvokeCount: number;
  };
  readonly requestPayload: unknown;
  readonly responseContext?: { readonly statusCode: number; readonly executedVersion: string; readonly functionError?: string };
  readonly responsePayload?: unknown;
}

/** Delivers a record; the ARN is the destination of the qualifier that was invoked. */
export type AsyncFailureListener = (destinationArn: string, record: FailureRecord) => void | Promise<void>;

export interface AsyncEvent {
  readonly requestId: string;
  /** Qualified with the qualifier that was asked for, `$LATEST` when none was. */
  readonly functionArn: string;
  readonly payload: Buffer;
  readonly retryAttempts?: number;
  readonly destinationArn?: string;
  /** Reserved concurrency of zero: events go to the destination without an attempt. */
  readonly off: boolean;
  attempt(): Promise<InvokeResult>;
}

/** Between the first attempt and the second, and between the second and the third. */
const RETRY_DELAYS_MS = [60_000, 120_000];

export interface AsyncEventsOptions {
  readonly clock: Clock;
  readonly onFailure: AsyncFailureListener;
  /** Resolves when some concurrency is given back. */
  readonly freed: (signal: AbortSignal) => Promise<void>;
}

/** The queue of asynchronous events: each is attempted, retried after delays, and in the end handed to the on-failure destination. */
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
    const oldest = clock.now() + LIMITS.asyncEventAgeMs;
    const retries = event.retryAttempts ?? RETRY_DELAYS_MS.length;
    let last: InvokeResult | undefined;
    let attempts = 0;
    while (!event.off && attempts <= retries && clock.now() < oldest) {
      signal.throwIfAborted();
      if (attempts > 0) await clock.sleep(RETRY_DELAYS_MS[attempts - 1]!, signal);
      try {
        last = await this.attempt(event, oldest);
      } catch (error) {
        if (!(error instanceof LambdaServiceError)) throw error;
        last = undefined;
      }
      attempts += 1;
      if (last !== undefined && last.functionError === undefined) return;
    }
    await this.fail(event, attempts, attempts > retries || event.off ? 'RetriesExhausted' : 'EventAgeExceeded', last);
  }

  /** Throttling is no attempt: the event waits in the queue until there is room for it. */
  private async attempt(event: AsyncEvent, oldest: number): Promise<InvokeResult> {
    for (;;) {
      const freed = this.options.freed(this.stopped.signal);
      freed.catch(() => undefined);
      try {
        return await event.attempt();
      } catch (error) {
        const throttled = error instanceof LambdaServiceError && error.name === 'TooManyRequestsException';
        if (!throttled || this.options.clock.now() >= oldest) throw error;
        await freed;
      }
    }
  }

  private async fail(
    event: AsyncEvent,
    attempts: number,
    condition: FailureRecord['requestContext']['condition'],
    last: InvokeResult | undefined,
  ): Promise<void> {
    if (event.destinationArn === undefined) return;
    await this.options.onFailure(event.destinationArn, {
      version: '1.0',
      timestamp: new Date(this.options.clock.now()).toISOString(),
      requestContext: { requestId: event.requestId, functionArn: event.functionArn, condition, approximateInvokeCount: attempts },
      requestPayload: JSON.parse(event.payload.toString('utf8')),
      ...(last && {
        responseContext: { statusCode: last.statusCode, executedVersion: last.executedVersion, functionError: last.functionError },
        responsePayload: JSON.parse(last.payload.toString('utf8')),
      }),
    });
  }
}
