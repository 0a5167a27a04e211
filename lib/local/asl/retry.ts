import type { AslError } from './asl-error';
import type { CatcherFields, RetrierFields } from './model';
import { StatesError } from './state-error';

const DEFAULT_INTERVAL_SECONDS = 1;
const DEFAULT_MAX_ATTEMPTS = 3;
const DEFAULT_BACKOFF_RATE = 2;

/** Whether a retrier or catcher that lists `names` handles `error`. */
export function handles(names: readonly string[], error: string): boolean {
  // Nothing retries or catches States.Runtime: it always fails the execution.
  if (error === StatesError.Runtime) return false;
  return names.some((name) => {
    if (name === error) return true;
    // Terminal: reached by its own name only, never by a wildcard.
    if (error === StatesError.DataLimitExceeded) return false;
    if (name === StatesError.All) return true;
    if (name === StatesError.TaskFailed) return error !== StatesError.Timeout;
    // A missed heartbeat is a timeout too.
    return name === StatesError.Timeout && error === StatesError.HeartbeatTimeout;
  });
}

function handlesError(names: readonly string[], { error, alias }: AslError): boolean {
  return handles(names, error) || (alias !== undefined && names.includes(alias));
}

export function catcherFor(catchers: readonly CatcherFields[] | undefined, error: AslError): CatcherFields | undefined {
  return catchers?.find((catcher) => handlesError(catcher.ErrorEquals, error));
}

/** The retriers of one visit to a state. Each counts its own attempts; leaving the state forgets them. */
export class RetryBudget {
  private readonly used: number[];

  constructor(
    private readonly retriers: readonly RetrierFields[],
    private readonly random: () => number,
  ) {
    this.used = retriers.map(() => 0);
  }

  /** Seconds to wait before the next attempt, or undefined when the error is not to be retried (any more). */
  take(error: AslError): number | undefined {
    const index = this.retriers.findIndex((retrier) => handlesError(retrier.ErrorEquals, error));
    const retrier = this.retriers[index];
    const attempts = this.used[index];
    if (retrier === undefined || attempts === undefined || attempts >= (retrier.MaxAttempts ?? DEFAULT_MAX_ATTEMPTS)) return undefined;
    this.used[index] = attempts + 1;
    return delaySeconds(retrier, attempts, this.random);
  }
}

/** Delay before retry number `attempt` (0 is the first). */
export function delaySeconds(retrier: RetrierFields, attempt: number, random: () => number): number {
  const interval = retrier.IntervalSeconds ?? DEFAULT_INTERVAL_SECONDS;
  const backedOff = interval * (retrier.BackoffRate ?? DEFAULT_BACKOFF_RATE) ** attempt;
  const capped = Math.min(backedOff, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return retrier.JitterStrategy === 'FULL' ? random() * capped : capped;
}
