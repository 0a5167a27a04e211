/** A step of a graduated price. */
export interface PriceTier {
  /** Units of a month up to which the price holds. @default - all that are left */
  readonly upTo?: number;
  /** USD for one unit. */
  readonly usd: number;
}
