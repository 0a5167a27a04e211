import type { DraftLine } from './draft-line';
import type { EstimateLine } from './estimate';
import type { Price } from './price';
import type { PriceBook } from './price-book';
import type { PriceTier } from './price-tier';
import { count } from './rounding';

/** USD of the first `quantity` units of a month. */
export function graduated(tiers: readonly PriceTier[], quantity: number): number {
  let [from, usd] = [0, 0];
  for (const tier of tiers) {
    const upTo = Math.min(tier.upTo ?? Number.POSITIVE_INFINITY, quantity);
    if (upTo > from) usd += (upTo - from) * tier.usd;
    from = Math.max(from, upTo);
  }
  return usd;
}

/** Tiers and free units count over the account's month, so lines of one price draw on them in turn. */
class Meter {
  private readonly used = new Map<string, number>();
  private readonly free = new Map<string, number>();
  private readonly amounts = new Map<string, number>();

  constructor(private readonly freeTier: boolean) {}

  /** Units left to pay after what is free. */
  billable({ id, freePool = id, freePerMonth = 0 }: Price, quantity: number): number {
    if (!this.freeTier) return quantity;
    const left = this.free.get(freePool) ?? freePerMonth;
    const taken = Math.min(left, quantity);
    this.free.set(freePool, left - taken);
    return quantity - taken;
  }

  charge({ id, tiers }: Price, quantity: number): number {
    const before = this.used.get(id) ?? 0;
    this.used.set(id, before + quantity);
    const amount = tiers.length === 1 ? quantity * (tiers[0]?.usd ?? 0) : graduated(tiers, before + quantity) - graduated(tiers, before);
    this.amounts.set(id, this.amountOf(id) + amount);
    return amount;
  }

  amountOf(id: string): number {
    return this.amounts.get(id) ?? 0;
  }
}

/** Turns quantities into money. */
export function priceLines(drafts: readonly DraftLine[], book: PriceBook, freeTier: boolean): EstimateLine[] {
  const meter = new Meter(freeTier);
  const lineOf = (draft: DraftLine, quantity: number, amount: number, price: Pick<Price, 'unit' | 'source' | 'tiers'>): EstimateLine => ({
    item: draft.item,
    formula: draft.formula,
    quantity,
    unit: price.unit,
    // A division would put a double's noise into what is one price.
    unitPrice: quantity === 0 || price.tiers.length === 1 ? (price.tiers[0]?.usd ?? 0) : amount / quantity,
    amount,
    idle: draft.idle === true,
    source: price.source,
  });
  return drafts.map((draft) => {
    const { ownPrice, valuedAt, cappedBy } = draft;
    if (ownPrice !== undefined) {
      const price = { ...ownPrice, tiers: [{ usd: ownPrice.usd }] };
      return lineOf(draft, draft.quantity, draft.quantity * ownPrice.usd, price);
    }
    const price = book.get(draft.price);
    const valued = valuedAt === undefined ? draft.quantity : graduated(book.get(valuedAt).tiers, draft.quantity);
    const capped = cappedBy === undefined ? valued : Math.min(valued, sum(cappedBy.map((id) => meter.amountOf(id))));
    const quantity = meter.billable(price, capped);
    const free = capped - quantity;
    const formula = free > 0 ? `${draft.formula} - ${count(free)} free` : draft.formula;
    return lineOf({ ...draft, formula }, quantity, meter.charge(price, quantity), price);
  });
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
