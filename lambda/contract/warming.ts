/** A keep-warm ping; the wrapper in the target answers it before any user code. */
export interface KeepWarmPing {
  readonly keepWarm: {
    readonly id: string;
    /** Epoch milliseconds until which the environment holds, so that N pings land in N environments. */
    readonly holdUntil: number;
  };
}

export interface KeepWarmPong {
  readonly environmentId: string;
  readonly coldStart: boolean;
  /** False while `onWarm` has not succeeded in this environment. */
  readonly ready: boolean;
}

/** A hold is never longer than this, whoever asks for it: a caller must not be able to hold concurrency. */
export const MAX_HOLD_MS = 2_000;

/** One entry of the warmer's target list. */
export interface WarmingTarget {
  /** Alias ARN (qualified). */
  readonly functionArn: string;
  readonly environments: number;
  /** Longest expected cold start of the target, added to the request timeout of a ping. */
  readonly coldStartMs: number;
}

export interface WarmingReport {
  readonly functionArn: string;
  readonly asked: number;
  readonly distinct: number;
  readonly cold: number;
  readonly failed: number;
  readonly rounds: number;
}

/** CloudWatch namespace of what a warmer counted. */
export const WARMING_NAMESPACE = 'ServerlessAi/Warming';

/** Dimension of those metrics: `name:alias` of the target. */
export const WARMING_DIMENSION = 'FunctionName';

export const WarmingMetric = {
  /** Environments that were asked for. */
  asked: 'Asked',
  /** Different environments that answered. */
  distinct: 'Distinct',
  /** Environments that a ping had to start. */
  cold: 'Cold',
  /** Pings that failed. */
  failed: 'Failed',
} as const;
