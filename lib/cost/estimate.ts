/** One line of a bill. */
export interface EstimateLine {
  /** `Lambda duration (arm64)`. */
  readonly item: string;
  /** How the quantity comes about: `1,000,000 requests x 0.2 s x 1 GB`. */
  readonly formula: string;
  /** Units of a month, after what is free. */
  readonly quantity: number;
  readonly unit: string;
  /** USD for one unit; the average where the price is graduated. */
  readonly unitPrice: number;
  /** USD in a month. */
  readonly amount: number;
  /** Is due although nothing is requested. */
  readonly idle: boolean;
  /** Address of the page that states the price. */
  readonly source: string;
}

/** What a month costs, in USD. */
export interface Estimate {
  readonly monthly: number;
  /** Share of `monthly` that is due although nothing is requested. */
  readonly idleFloor: number;
  /** What one more request costs on average: `(monthly - idleFloor) / requests`, 0 without requests. */
  readonly perRequest: number;
  readonly lines: EstimateLine[];
  /** What was taken for granted, one sentence each. */
  readonly assumptions: string[];
}
