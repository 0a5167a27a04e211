import { toCents } from '../cost/rounding';

/** USD to the cent; less than a cent with the digits that say something. */
export function money(usd: number): string {
  const cents = toCents(usd);
  if (cents === 0 && usd > 0) return usd.toPrecision(2);
  return cents.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
