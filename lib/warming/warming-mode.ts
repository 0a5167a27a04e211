import type { Duration } from 'aws-cdk-lib/core';

/** Pings that are held until as many environments as asked for have answered. */
export interface PingOptions {
  /** Environments of each target that are kept warm; a target may state its own number. */
  readonly environments: number;
  /**
   * Time between two rounds of pings, in whole minutes.
   */
  readonly every: Duration;
}

/** How targets are kept warm. */
export class WarmingMode {
  /** Pings `environments` environments of each target at once, every so often, and counts how many of them answered. */
  public static ping(options: PingOptions): WarmingMode {
    return new WarmingMode(options);
  }

  /** @internal */
  public readonly _ping: PingOptions;

  private constructor(ping: PingOptions) {
    this._ping = ping;
  }
}
