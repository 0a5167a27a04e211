import type { PriceTier } from './price-tier';

/** A price of your own, in place of the one that ships under the same id. */
export interface PriceOverride {
  /** Id from docs/prices.md: `lambda.duration.arm64`. */
  readonly id: string;
  /** USD for one unit. @default - the tiers */
  readonly usd?: number;
  /** The graduated price. @default - `usd` for every unit */
  readonly tiers?: PriceTier[];
  /** Units of a month that are free. @default - as in the price that is replaced */
  readonly freePerMonth?: number;
  /** Where the price is from. @default - prices of your own */
  readonly source?: string;
}

/** CPU that the code is made for. */
export enum CpuArchitecture {
  X86_64 = 'x86_64',
  ARM64 = 'arm64',
}

/** How an estimate is made. */
export interface EstimateOptions {
  /**
   * Whether the free tiers of the services count. They belong to an account, so they count once in an estimate; leave them out where
   * other workloads of the account use them up.
   *
   * @default false
   */
  readonly freeTier?: boolean;
  /** Hours of a month. AWS pages use 720, 730 and 744. @default 730 */
  readonly monthHours?: number;
  /** Region whose prices are used. Prices of us-east-1 ship; for another give `prices`. @default us-east-1 */
  readonly region?: string;
  /** Prices that replace those which ship. @default - none */
  readonly prices?: PriceOverride[];
  /** Requests of a month, for the cost of one. @default - as the profile says, or the first usage that has requests */
  readonly requestsPerMonth?: number;
  /** CPU of functions and Fargate tasks that a profile is estimated with. @default CpuArchitecture.ARM64 */
  readonly architecture?: CpuArchitecture;
  /** Share of its time for which a container or an instance that stays is kept busy when a profile is estimated. @default 0.7 */
  readonly utilization?: number;
  /** Pieces of work that a container or an instance which stays does at once. @default 1 */
  readonly concurrencyPerTask?: number;
}
