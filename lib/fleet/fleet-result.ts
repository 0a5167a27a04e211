import type { Estimate } from '../cost/estimate';

/** What keeps environments ready. */
export enum FleetMechanism {
  NOTHING = 'nothing',
  /** KeepWarmSchedule. */
  PING = 'ping',
  PROVISIONED = 'provisioned',
  /** Provisioned concurrency by the clock. */
  PROVISIONED_SCHEDULED = 'provisioned-scheduled',
  /** Provisioned concurrency that follows its utilization. */
  PROVISIONED_AUTOSCALED = 'provisioned-autoscaled',
  SNAP_START = 'snapstart',
  MANAGED_INSTANCES = 'managed-instances',
}

/** What a mechanism does for a workload, and what it costs. */
export interface FleetResult {
  readonly mechanism: FleetMechanism;
  /** The mechanism with its numbers: `ping 3 environments every 5 min`. */
  readonly plan: string;
  /** Environments that the mechanism keeps: pinged, provisioned at the least, or on instances; 0 where it keeps none. */
  readonly environments: number;
  /** Requests that were simulated and count. */
  readonly requests: number;
  /** Share of the requests that waited for a new environment. */
  readonly coldShare: number;
  /** Share of the requests that were refused, since there was no room for them. */
  readonly throttledShare: number;
  /** From the request to the answer, of those that were answered, in milliseconds. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Environments at once, at the most. */
  readonly environmentsPeak: number;
  /** Environments there on average, busy and idle. */
  readonly environmentsMean: number;
  /** USD in a month. */
  readonly monthly: number;
  readonly estimate: Estimate;
  /** It meets the objective. @default - there is none */
  readonly meets?: boolean;
  /** In what it falls short of the objective. @default - it does not */
  readonly shortfall?: string;
}

/** Mechanisms side by side, over the same requests. */
export interface FleetComparison {
  /** Cheapest first. */
  readonly results: FleetResult[];
  /** The cheapest that meets the objective. @default - none does, or there is no objective */
  readonly best?: FleetResult;
  /** One or two sentences: which is the best, and why those that cost less are not. */
  readonly summary: string;
  /** Mechanisms that are not possible, with the reason. */
  readonly ruledOut: string[];
  /** What was taken for granted, one sentence each. */
  readonly assumptions: string[];
}
