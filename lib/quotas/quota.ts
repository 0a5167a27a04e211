/**
 * `hard` cannot be raised and breaking it is an error; `adjustable` is a service quota and breaking it is a warning that can be
 * acknowledged; `configurable` is a range that the user sets within; `observed` is measured, undocumented behaviour; `fact` bounds nothing.
 */
export type QuotaKind = 'hard' | 'adjustable' | 'configurable' | 'observed' | 'fact';

/**
 * `confirmed` by the official text or API model; `secondary` by what others transcribed or measured, or by an older copy of the page;
 * `from memory`, to be read before much depends on it.
 */
export type Confidence = 'confirmed' | 'secondary' | 'from memory';

/** A page, as it was read one day. */
export interface QuotaPage {
  /** `AWS Lambda`, `Google Cloud Run` … */
  readonly platform: string;
  /** Address of the page. */
  readonly source: string;
  /** ISO date on which the page was read, or of the copy that was read. */
  readonly checkedOn: string;
  readonly confidence: Confidence;
}

export interface Quota extends QuotaPage {
  /** Stable id: `lambda.timeout`. */
  readonly id: string;
  readonly quantity: string;
  readonly min?: number;
  readonly max?: number;
  readonly default?: number;
  /** What is not a number: runtimes, features, sizes. */
  readonly values?: readonly string[];
  /** `-` where there is none. */
  readonly unit: string;
  readonly kind: QuotaKind;
  /** ISO date until which the source says that it holds. @default - 180 days after it was read, see `staleAfter` */
  readonly staleAfter?: string;
  readonly note?: string;
}
