/** What can go wrong at a point. */
export const FAULT_KINDS = ['kill', 'throttle', 'delay', 'lose-response', 'error', 'expire-token'] as const;

/**
 * - `kill`: the environment that calls dies by SIGKILL; at a step or a function, the one that does the work
 * - `throttle`: the service refuses the call as it refuses too many; the SDK retries, a state as its Retry says
 * - `delay`: the point takes `delayMs` longer
 * - `lose-response`: the service does what it was asked, and the caller gets a broken connection; a step fails with Lambda.Unknown
 * - `error`: the call or step fails with the error `error`
 * - `expire-token`: from here on every call of the environment is refused, because its credentials have expired
 */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One thing to go wrong. */
export interface Fault {
  /**
   * Where: `before:dynamodb.PutItem` or `after:…` for a call of an AWS API (signing name and operation, `*` for any operation; `elasticache` for
   * commands of a cache), `before:step.Search` or `after:…` for a Task state by its name, `function.Name` for the moment at which a function has
   * been given an event. Only calls that functions make are met.
   */
  readonly at: string;
  readonly kind: FaultKind;
  /** Only calls of this function, named as for `LocalRunner.function`. @default - of any function */
  readonly function?: string;
  /** Which occurrence, counted from 1 since the fault was injected, or `all`. @default 1 */
  readonly nth?: number | 'all';
  /** Milliseconds of a `delay`: real ones at calls and functions, those of the local run's clock at steps. */
  readonly delayMs?: number;
  /** Name of an `error`. */
  readonly error?: string;
  /** @default 'injected by a test' */
  readonly message?: string;
}

/** A fault that cannot be, with what is allowed. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
}
