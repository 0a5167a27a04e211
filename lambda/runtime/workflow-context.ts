import type { StepEnvelope } from '../contract/envelope';
import type { log } from '../shared/logger';
import type { ThrottleRetry } from './retry-throttled';

export interface SubStepContext {
  /** Aborted when the function nears its timeout or another attempt took the step over; what arrives after it is dropped. */
  readonly signal: AbortSignal;
  /** The same for every attempt of this sub-step and for no other: pass it on to providers that recognise repeated requests. */
  readonly idempotencyKey: string;
}

export interface RunOptions {
  /** How calls that a model throttles are repeated. `false`: not at all. @default - full jitter, within the time that is left */
  readonly retry?: ThrottleRetry | false;
  /** Time that the sub-step takes: with less than that left, the step continues in a new invocation first. @default 0 */
  readonly needsMs?: number;
}

/** What the function of a step receives beside its input. */
export interface StepContext {
  readonly workflow: StepEnvelope['workflow'];
  readonly step: StepEnvelope['step'];
  /** Times that the step was retried; continuations do not count. */
  readonly attempt: number;
  readonly redrive: number;
  /** Aborted when the function nears its timeout. */
  readonly signal: AbortSignal;
  readonly log: typeof log;
  /**
   * A checkpointed sub-step: `fn` runs until its result is recorded once; every retry, redrive and continuation then gets
   * the recorded result. `fn` itself may run more than once (at-least-once), its recorded result is one.
   */
  run<T>(name: string, fn: (context: SubStepContext) => Promise<T> | T, options?: RunOptions): Promise<T>;
  /** Time until sub-steps must be done; infinite outside Lambda. */
  remainingMs(): number;
}
