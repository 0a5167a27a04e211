import type { Factor } from '../draft-line';

/** What a savings plan leaves of a price. */
export function discounted(discount: number): Factor[] {
  return discount === 0 ? [] : [[1 - discount, 'of the price']];
}
