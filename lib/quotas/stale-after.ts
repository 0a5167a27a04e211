const DAYS = 180;

/** ISO date after which a fact must be read again: the one that its source gives, or 180 days after it was read. */
export function staleAfter({ checkedOn, staleAfter: stated }: { readonly checkedOn: string; readonly staleAfter?: string }): string {
  if (stated !== undefined) return stated;
  const date = new Date(`${checkedOn}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + DAYS);
  return date.toISOString().slice(0, 10);
}
