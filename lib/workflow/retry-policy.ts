import type { Duration } from 'aws-cdk-lib/core';
import { ErrorName, INFRASTRUCTURE_ERRORS, TERMINAL_ERRORS } from '../../lambda/contract/errors';
import { SFN_BACKOFF_RATE, SFN_RETRY_ATTEMPTS, SFN_RETRY_INTERVAL, SFN_RETRY_MAX_DELAY } from '../quotas/step-functions-quotas';
import { checkQuota, type Findings, seconds } from '../validation/check-quota';
import type { Retrier } from './retrier';

/** How often and how fast one class of errors is retried. Jitter is always full. */
export interface RetryBackoff {
  /**
   * Retries after the first try; 0 switches them off.
   *
   * @default - that of the error class, see RetryPolicyProps
   */
  readonly maxAttempts?: number;

  /**
   * Longest wait before the first retry.
   *
   * @default - that of the error class, see RetryPolicyProps
   */
  readonly interval?: Duration;

  /**
   * Factor by which the longest wait grows with each retry.
   *
   * @default 2
   */
  readonly backoffRate?: number;

  /**
   * Bound of the longest wait.
   *
   * @default Duration.minutes(5)
   */
  readonly maxDelay?: Duration;
}

/** Options of `RetryPolicy.of`. */
export interface RetryPolicyProps {
  /**
   * Faults of the infrastructure under the step: a killed environment, a throttled or failing Lambda service, a time-out.
   *
   * @default - 6 attempts, from 2 s
   */
  readonly infrastructure?: RetryBackoff;

  /**
   * `Model.Throttled`, after the retries that `ctx.run` makes inside the function.
   *
   * @default - 8 attempts, from 5 s
   */
  readonly throttling?: RetryBackoff;

  /**
   * `Model.Unavailable` and `Store.Unavailable`.
   *
   * @default - 5 attempts, from 3 s
   */
  readonly unavailable?: RetryBackoff;

  /**
   * Names of your own errors that are worth a retry (`States.TaskFailed` for all). Errors that repeating cannot help
   * (`Step.InvalidInput`, `Step.NoProgress`, ...) are never retried, whatever stands here.
   *
   * @default - none
   */
  readonly onErrors?: string[];

  /**
   * How your own errors are retried.
   *
   * @default - 3 attempts, from 2 s
   */
  readonly onErrorsBackoff?: RetryBackoff;

  /**
   * How often a step may continue after its function's timeout came near. What the history's event quota leaves is an upper bound.
   *
   * @default 1000
   */
  readonly maxContinuations?: number;
}

const DEFAULTS = {
  infrastructure: { maxAttempts: 6, interval: 2 },
  throttling: { maxAttempts: 8, interval: 5 },
  unavailable: { maxAttempts: 5, interval: 3 },
  onErrors: { maxAttempts: 3, interval: 2 },
} as const;
const DEFAULT_BACKOFF_RATE = 2;
const DEFAULT_MAX_DELAY_SECONDS = 300;
const DEFAULT_CONTINUATIONS = 1_000;

/**
 * Which errors of a step are retried, class by class.
 *
 * Step Functions keeps one counter per retrier until the state is left, so a budget spans all continuations of a step:
 * throttling is therefore retried inside `ctx.run` first, and the state's budget is for what is left.
 */
export class RetryPolicy {
  /** The default policy. */
  static standard(): RetryPolicy {
    return new RetryPolicy({});
  }

  /** The default policy with some of its parts changed. */
  static of(props: RetryPolicyProps): RetryPolicy {
    return new RetryPolicy(props);
  }

  /** No retries at all; a step can still continue past its function's timeout. */
  static none(): RetryPolicy {
    const never = { maxAttempts: 0 };
    return new RetryPolicy({ infrastructure: never, throttling: never, unavailable: never });
  }

  private constructor(private readonly props: RetryPolicyProps) {}

  /**
   * The Retry list of a state. `infrastructure` replaces the error names of that class, for tasks that are not Lambda calls
   * or to whom a time-out is an answer.
   *
   * @internal
   */
  _retriers(continuations: number | undefined, infrastructure: readonly string[] = INFRASTRUCTURE_ERRORS): Retrier[] {
    const { props } = this;
    const retriers: Retrier[] = [];
    if (continuations !== undefined) {
      const maxAttempts = Math.min(props.maxContinuations ?? DEFAULT_CONTINUATIONS, continuations);
      retriers.push({ ErrorEquals: [ErrorName.Continue], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: maxAttempts });
    }
    retriers.push({ ErrorEquals: TERMINAL_ERRORS, MaxAttempts: 0 });
    retriers.push(retrier(infrastructure, props.infrastructure, DEFAULTS.infrastructure));
    retriers.push(retrier([ErrorName.ModelThrottled], props.throttling, DEFAULTS.throttling));
    retriers.push(retrier([ErrorName.ModelUnavailable, ErrorName.StoreUnavailable], props.unavailable, DEFAULTS.unavailable));
    if (props.onErrors !== undefined && props.onErrors.length > 0) {
      retriers.push(retrier(props.onErrors, props.onErrorsBackoff, DEFAULTS.onErrors));
    }
    return retriers;
  }

  /**
   * Retries that one run of the state can make at most, continuations left out.
   *
   * @internal
   */
  _attempts(): number {
    return this._retriers(undefined).reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 0);
  }

  /** @internal */
  _check(findings: Findings, step: string): void {
    const { props } = this;
    checkBackoff(findings, `${step} retry.infrastructure`, props.infrastructure, DEFAULTS.infrastructure.interval);
    checkBackoff(findings, `${step} retry.throttling`, props.throttling, DEFAULTS.throttling.interval);
    checkBackoff(findings, `${step} retry.unavailable`, props.unavailable, DEFAULTS.unavailable.interval);
    checkBackoff(findings, `${step} retry.onErrorsBackoff`, props.onErrorsBackoff, DEFAULTS.onErrors.interval);
    checkQuota(findings, `${step} retry.maxContinuations`, props.maxContinuations, SFN_RETRY_ATTEMPTS, 'set a number in that range');
    if (props.onErrors?.includes('States.ALL') && props.onErrors.length > 1) {
      findings.problems.push(`${step} retry.onErrors must hold States.ALL alone, got ${props.onErrors.join(', ')}; drop the other names`);
    }
  }
}

function retrier(
  errors: readonly string[],
  backoff: RetryBackoff | undefined,
  defaults: { maxAttempts: number; interval: number },
): Retrier {
  const interval = backoff?.interval?.toSeconds() ?? defaults.interval;
  return {
    ErrorEquals: errors,
    IntervalSeconds: interval,
    MaxAttempts: backoff?.maxAttempts ?? defaults.maxAttempts,
    BackoffRate: backoff?.backoffRate ?? DEFAULT_BACKOFF_RATE,
    // The service wants MaxDelaySeconds to be greater than IntervalSeconds.
    MaxDelaySeconds: backoff?.maxDelay?.toSeconds() ?? Math.max(DEFAULT_MAX_DELAY_SECONDS, interval + 1),
    JitterStrategy: 'FULL',
  };
}

function checkBackoff(findings: Findings, prop: string, backoff: RetryBackoff | undefined, defaultInterval: number): void {
  if (backoff === undefined) return;
  const fix = 'set a value in that range or leave it out';
  checkQuota(findings, `${prop}.maxAttempts`, backoff.maxAttempts, SFN_RETRY_ATTEMPTS, fix);
  checkQuota(findings, `${prop}.interval`, seconds(backoff.interval), SFN_RETRY_INTERVAL, fix);
  checkQuota(findings, `${prop}.backoffRate`, backoff.backoffRate, SFN_BACKOFF_RATE, fix);
  checkQuota(findings, `${prop}.maxDelay`, seconds(backoff.maxDelay), SFN_RETRY_MAX_DELAY, fix);
  const [interval, maxDelay] = [seconds(backoff.interval) ?? defaultInterval, seconds(backoff.maxDelay)];
  if (maxDelay !== undefined && maxDelay <= interval) {
    findings.problems.push(
      `${prop}.maxDelay must be longer than the interval of ${interval} s, got ${maxDelay} s; raise it or leave it out`,
    );
  }
}
