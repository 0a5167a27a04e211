import type { ComputeTarget } from '../workload/compute-target';
import type { EstimateOptions } from './estimate-options';
import type { ServiceUsage } from './service-usage';

/** Where two targets cost the same. */
export interface BreakEven {
  /**
   * Requests of a month at which both cost the same, or past which the cheaper one changes because a container or an instance is added;
   * none where one of the two is always cheaper.
   */
  readonly requestsPerMonth?: number;
  /** Share of the month in which one piece of work or more would run at that many requests. */
  readonly busyFraction?: number;
  /** USD of a month at that many requests. */
  readonly monthly?: number;
  /** The break-even lies between this many requests … */
  readonly low: number;
  /** … and this many. */
  readonly high: number;
  /** Cheaper up to the break-even; where there is none, always. Not set where both cost the same. */
  readonly cheaperBelow?: ComputeTarget;
  /** Cheaper from the break-even on; where there is none, always. Not set where both cost the same. */
  readonly cheaperAbove?: ComputeTarget;
  /** `closed form`, `bisection`, or `none`. */
  readonly method: string;
  /** How many times the cheaper one changes between `fromRequests` and `toRequests`; the first change is the one that is told. */
  readonly crossings: number;
}

/** Between how many requests a break-even is looked for. */
export interface BreakEvenOptions extends EstimateOptions {
  /** @default 1 */
  readonly fromRequests?: number;
  /** @default 1e12 */
  readonly toRequests?: number;
}

/** An hour of two ways to do the same work: one that is billed for work only, and one that stands. */
export interface BusyComparison {
  /** What an hour of work takes where only work is billed. */
  readonly perBusyHour: ServiceUsage[];
  /** What an hour takes of that which stands, whether it works or not. */
  readonly perStandingHour: ServiceUsage[];
  /** What an hour of work takes besides on that which stands. @default - nothing */
  readonly perStandingBusyHour?: ServiceUsage[];
}
