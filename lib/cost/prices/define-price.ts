import { staleAfter } from '../../quotas/stale-after';
import type { Price, PriceConfidence } from '../price';
import type { PriceTier } from '../price-tier';

/** Where a group of prices was read. */
export interface PriceSource {
  readonly service: string;
  readonly source: string;
  /** ISO date. */
  readonly checkedOn: string;
  readonly confidence: PriceConfidence;
}

export interface PriceEntry extends Partial<Omit<PriceSource, 'service'>> {
  readonly item: string;
  readonly unit: string;
  /** One price, or the tiers. */
  readonly usd: number | readonly PriceTier[];
  readonly freePerMonth?: number;
  readonly freePool?: string;
  readonly note?: string;
}

/** Prices of one page. */
export function pricesOf(region: string, origin: PriceSource, entries: Readonly<Record<string, PriceEntry>>): Price[] {
  return Object.entries(entries).map(([id, { usd, ...entry }]) => {
    const price = { ...origin, ...entry };
    return { id, region, ...price, tiers: typeof usd === 'number' ? [{ usd }] : usd, staleAfter: staleAfter(price) };
  });
}
