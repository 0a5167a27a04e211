/**
 * `hard` cannot be raised and breaking it is an error; `adjustable` is a service quota and breaking it is a warning that can be
 * acknowledged; `configurable` is a range that the user sets within; `observed` is measured, undocumented behaviour.
 */
export type QuotaKind = 'hard' | 'adjustable' | 'configurable' | 'observed';

export interface Quota {
  /** Stable id: `lambda.timeout`. */
  readonly id: string;
  readonly quantity: string;
  readonly min?: number;
  readonly max?: number;
  readonly default?: number;
  readonly unit: string;
  readonly kind: QuotaKind;
  /** Address of the page that states it. */
  readonly source: string;
  /** ISO date on which the page was read. */
  readonly checkedOn: string;
  readonly note?: string;
}
