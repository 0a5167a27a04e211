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
  /** Milliseconds of the hold that were left when the ping arrived: from the least of them the warmer learns how long a hold has to be. */
  readonly heldMs?: number;
}

/** A hold is never longer than this, whoever asks for it: a caller must not be able to hold concurrency. */
export const MAX_HOLD_MS = 2_000;

/** Pings of one warmer at once: more take longer to send than the first of them may hold. */
export const MAX_PINGS_AT_ONCE = 500;

/** A round that finds environments missing is repeated with all of them, so often in all. */
export const MAX_ROUNDS = 3;

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
  /** Different environments that answered, of the version that the alias pointed to at the end. */
  readonly distinct: number;
  readonly cold: number;
  readonly failed: number;
  /** Of the distinct environments, those in which `onWarm` has not succeeded. */
  readonly notReady: number;
  readonly rounds: number;
  /** Invocations of the target that the pings were: those that Lambda took, answered or not. */
  readonly pings: number;
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
  /** Environments in which `onWarm` has not succeeded. */
  notReady: 'NotReady',
  /** Invocations of the target that were pings. */
  pings: 'Pings',
} as const;

/**
 * How long the warmer holds the pings of a round, in milliseconds: it covers the handshakes and the dispatch of all pings, or early environments are
 * free again for late ones.
 */
export const HOLD = {
  base: 500,
  perPing: 15,
  /** Below the bound that targets enforce, with room for clocks that differ. */
  limit: 1_900,
} as const;

/** A ping takes about 3 ms of a whole core. With more of them than these a core of its own costs the warmer less than it saves the targets in holds. */
export const SMALL_WARMER = { memoryMb: 256, pings: 4 } as const;
