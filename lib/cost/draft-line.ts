import { count } from './rounding';

/** A line before it is priced: how much of what. Made by the services; the price book turns it into money. */
export interface DraftLine {
  readonly item: string;
  /** How the quantity comes about. */
  readonly formula: string;
  /** Units of a month. */
  readonly quantity: number;
  /** Id of the price. */
  readonly price: string;
  /** Is due although nothing is requested. @default false */
  readonly idle?: boolean;
  /** The quantity counts units of this other price and is valued at it first: a fee of 15 % on instance hours. */
  readonly valuedAt?: string;
  /** No more than what these prices came to in the estimate: a credit on them. */
  readonly cappedBy?: readonly string[];
  /** A price that no table holds, such as the user's own. */
  readonly ownPrice?: { readonly usd: number; readonly unit: string; readonly source: string };
}

/** What services need to know besides the usage. */
export interface UsageContext {
  readonly monthHours: number;
}

/** A number with what it counts: `[1000000, 'requests']`. */
export type Factor = readonly [amount: number, what: string];

/** `1 task`, `2 tasks`; units such as `s` and `h` have no plural. */
function counted([amount, what]: Factor): string {
  const word = amount === 1 ? what.replace(/(?<=ss|ch)es$|(?<=[a-z]{2})(?<!s)s$/, '') : what;
  return `${count(amount)} ${word}`;
}

/** A line whose quantity is a product: `1,000,000 requests x 0.2 s x 1 GB`. */
export function product(
  item: string,
  price: string,
  factors: readonly Factor[],
  more: Pick<DraftLine, 'idle' | 'valuedAt' | 'ownPrice'> = {},
): DraftLine {
  const formula = factors.map(counted).join(' x ');
  return { item, formula, quantity: factors.reduce((total, [amount]) => total * amount, 1), price, ...more };
}

/** Lines of what there is none of are left out. */
export function present(lines: readonly DraftLine[]): DraftLine[] {
  return lines.filter(({ quantity }) => quantity !== 0);
}
