const MIB = 1024 ** 2;

const UNITS_OF_TIME: readonly (readonly [number, string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
];

const short = (value: number): string =>
  value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));

/** `18 min`, `250 ms`. */
export function timeText(seconds: number): string {
  if (seconds < 1) return `${short(seconds * 1_000)} ms`;
  // Two units' worth before the larger one is used, so that 90 s stays 90 s.
  const [size, unit] = UNITS_OF_TIME.find(([length]) => seconds >= 2 * length) ?? [1, 's'];
  return `${short(seconds / size)} ${unit}`;
}

/** `8 GB`, `512 MB`. */
export function sizeText(bytes: number): string {
  if (bytes >= 10 * 1024 * MIB || (bytes >= 1024 * MIB && bytes % (1024 * MIB) === 0)) return `${short(bytes / MIB / 1024)} GB`;
  if (bytes >= MIB) return `${short(bytes / MIB)} MB`;
  return bytes >= 1024 ? `${short(bytes / 1024)} KB` : `${short(bytes)} B`;
}

export const numberText = short;
export const shareText = (share: number): string => `${short(share * 100)} %`;
export const moneyText = (usd: number): string =>
  `${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} USD`;
