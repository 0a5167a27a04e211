import { ErrorName } from '../contract/errors';
import { NamedError } from '../shared/named-error';
import { isThrottling } from '../shared/service-fault';

export interface ThrottleRetry {
  /** Calls of the sub-step's function, the first included. @default 10 */
  readonly maxAttempts?: number;
  /** Upper bound of the first delay; it doubles with each call. @default 500 */
  readonly baseDelayMs?: number;
  /** Upper bound of any delay. @default 20,000 */
  readonly maxDelayMs?: number;
}

/** Throttling by a model: our own name for it, or the name under which an SDK client throws it. */
function isModelThrottling(error: unknown): boolean {
  return (error as { name?: unknown } | null)?.name === ErrorName.ModelThrottled || isThrottling(error);
}

/** Seconds that the provider asks to wait: `retryAfter` of the error, or the header of the response it came from. */
function retryAfterMs(error: unknown): number {
  const { retryAfter, $response } = error as { retryAfter?: unknown; $response?: { headers?: Record<string, unknown> } };
  const seconds = Number(retryAfter ?? $response?.headers?.['retry-after'] ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0;
}

/**
 * Milliseconds until the call may be repeated, or an error when it must not be: full jitter, so that a thousand throttled
 * branches do not return in step, and never earlier than the provider asks.
 */
export function delayAfter(error: unknown, calls: number, retry: ThrottleRetry, random: () => number = Math.random): number | undefined {
  if (!isModelThrottling(error) || calls >= (retry.maxAttempts ?? 10)) return undefined;
  const bound = Math.min(retry.maxDelayMs ?? 20_000, (retry.baseDelayMs ?? 500) * 2 ** (calls - 1));
  return Math.max(retryAfterMs(error), random() * bound);
}

/** Throttling under the one name on which the state's retrier matches; any other error unchanged. */
export function namedThrottling(error: unknown): unknown {
  if (!isModelThrottling(error) || error instanceof NamedError) return error;
  return new NamedError(ErrorName.ModelThrottled, error instanceof Error ? error.message : String(error), { cause: error });
}
