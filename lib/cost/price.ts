import type { PriceTier } from './price-tier';

/**
 * `confirmed`: the provider's own page or API model. `secondary`: a transcription or a measurement by others. `from memory`: check it
 * before you rely on it.
 */
export type PriceConfidence = 'confirmed' | 'secondary' | 'from memory';

/** What one unit of something costs, with the page that says so. */
export interface Price {
  /** Stable id: `lambda.duration.arm64`. */
  readonly id: string;
  readonly service: string;
  readonly item: string;
  readonly region: string;
  /** In the order of the amount; one tier where the price does not change with it. A first tier of 0 is what a plan includes. */
  readonly tiers: readonly PriceTier[];
  /** `GB-s`, `request`, `h` … */
  readonly unit: string;
  /** Units of each month that cost nothing where the free tier is on. */
  readonly freePerMonth?: number;
  /** Prices of one pool share `freePerMonth`. @default - the price's id */
  readonly freePool?: string;
  readonly source: string;
  /** ISO date on which the source was read. */
  readonly checkedOn: string;
  /** ISO date after which it must be read again. */
  readonly staleAfter: string;
  readonly confidence: PriceConfidence;
  readonly note?: string;
}
