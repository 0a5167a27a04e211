import type { Duration, Size } from 'aws-cdk-lib/core';
import type { CpuArchitecture } from '../cost/estimate-options';
import type { LatencyObjective, TimeRange, Traffic } from '../workload/workload-profile';

/** Requests as they were recorded. */
export interface InvocationTrace {
  /** When each came, in milliseconds and ascending; of the epoch where hours of the day matter. */
  readonly at: number[];
  /** How long the handler ran for each, in milliseconds. @default - drawn from the workload's `duration` */
  readonly durations?: number[];
}

/** Idle times after which the platform ends an environment: none is promised. */
export interface IdleLifetime {
  readonly shortest: Duration;
  readonly longest: Duration;
}

/** One function, what is asked of it, and how soon it must answer. */
export interface FleetWorkload {
  /** From the request to the handler in a new environment: the start of the runtime and all code outside the handler. */
  readonly init: Duration;
  /** Time in the handler: half of the requests take the typical time, one of 100 the worst or longer. @default - as in the trace */
  readonly duration?: TimeRange;
  /** Memory of the function. */
  readonly memory: Size;
  /** How much comes, and when. @default - as in the trace */
  readonly traffic?: Traffic;
  /** Requests that were recorded, in place of `traffic`. @default - arrivals are drawn from `traffic` */
  readonly trace?: InvocationTrace;
  /** How soon answers must come. @default - no mechanism is called the best */
  readonly objective?: LatencyObjective;
  /** Managed runtime, such as `python3.14`: it decides whether SnapStart is possible. @default - SnapStart is left out */
  readonly runtime?: string;
  /** The function is a container image. @default false */
  readonly containerImage?: boolean;
  /** From the request to the handler in an environment that SnapStart restores. @default - the init, and a second at the most */
  readonly restore?: Duration;
  /** @default - it shares the concurrency of the account */
  readonly reservedConcurrency?: number;
  /** Concurrency that the account leaves to the function. @default - the quota of an account that AWS has raised */
  readonly accountConcurrency?: number;
  /** Requests wait in a queue for room, as those of SQS do, and are not refused. @default false */
  readonly queued?: boolean;
  /** Requests that one environment of Managed Instances serves at once. @default 1 */
  readonly concurrencyPerEnvironment?: number;
  /** @default - between the idle times that were seen: 5 to 7 minutes, all as likely */
  readonly idleLifetime?: IdleLifetime;
  /** @default CpuArchitecture.ARM64 */
  readonly architecture?: CpuArchitecture;
}

/** How a workload is simulated. */
export interface FleetOptions {
  /** The same seed gives the same numbers. @default 1 */
  readonly seed?: number;
  /** Requests to simulate where they are drawn from traffic: more take longer and vary less. @default 50000 */
  readonly arrivals?: number;
}
