/**
 * Amounts are sums of a few products of doubles (15 to 17 digits): a bill of a billion dollars is right to a thousandth of a cent, so
 * nothing is rounded before it is shown. Only where a service rounds what it bills (1 ms, 64 MB, 5 minutes) do we: there the noise of a
 * double must not lift an exact value to the next step.
 */
const NOISE = 1e-9;

/** The least multiple of `step` that is not under `value`. */
export function ceilTo(value: number, step: number): number {
  const steps = value / step;
  const nearest = Math.round(steps);
  return (Math.abs(steps - nearest) <= NOISE ? nearest : Math.ceil(steps)) * step;
}

/** To the cent, half a cent up, as invoices are; what a double lacks of half a cent does not count. */
export function toCents(usd: number): number {
  return Math.round(Number((usd * 100).toPrecision(14))) / 100;
}

/** Made once: a formatter costs more than all else in an estimate. */
const FORMAT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/** `1,234.5`: enough digits to recognise the number, none of a double's noise. */
export function count(value: number): string {
  return FORMAT.format(Number(value.toPrecision(12)));
}
