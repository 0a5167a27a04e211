import { LAMBDA_CONCURRENCY, LAMBDA_INIT_ON_DEMAND, LAMBDA_REQUEST_RATE, LAMBDA_SCALING } from '../quotas/lambda-quotas';
import { LAMBDA_IDLE_RECLAIM } from '../quotas/lambda-scaling-quotas';
import { between, type Draw } from './distribution';

const MS = 1_000;
/** The seconds that the scaling rate is stated for. */
const SCALING_WINDOW_MS = 10 * MS;

/** How the platform treats a function. Times are milliseconds. */
export interface FleetSettings {
  /** From the request to the handler in a new environment. */
  readonly coldMs: number;
  /** Environments at once, busy or provisioned. */
  readonly concurrency: number;
  /** The concurrency is the function's own: pings leave the last of it to users. */
  readonly reserved: boolean;
  /** Requests that find no room wait in a queue; otherwise they are refused. */
  readonly queued: boolean;
  /** Idle time after which the platform ends an environment. */
  readonly idleLifetime: Draw;
  /** Requests per second for each unit of concurrency. */
  readonly requestRate: number;
  /** New environments at once, and those that come on top with each millisecond. */
  readonly scaling: { readonly size: number; readonly perMs: number };
  readonly seed: number;
}

/** An init that outlasts its phase is cut off and done again before the first request. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
export function coldDelayMs(initMs: number): number {
  const limit = LAMBDA_INIT_ON_DEMAND.max! * MS;
  return initMs <= limit ? initMs : limit + initMs;
}

/** Observed, not promised: between the shortest and the longest idle time that was seen, each as likely. */
export function observedIdleLifetime(): Draw {
  return between(LAMBDA_IDLE_RECLAIM.min! * MS, LAMBDA_IDLE_RECLAIM.max! * MS);
}

export function fleetSettings(own: Partial<FleetSettings> & { readonly coldMs: number }): FleetSettings {
  return {
    concurrency: LAMBDA_CONCURRENCY.max!,
    reserved: false,
    queued: false,
    idleLifetime: observedIdleLifetime(),
    requestRate: LAMBDA_REQUEST_RATE.max!,
    scaling: { size: LAMBDA_SCALING.max!, perMs: LAMBDA_SCALING.max! / SCALING_WINDOW_MS },
    seed: 1,
    ...own,
  };
}
