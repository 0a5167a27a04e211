const short = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(2))));

/** `350 ms`, `2.6 s`. */
export const timeText = (milliseconds: number): string =>
  milliseconds < 1_000 ? `${short(milliseconds)} ms` : `${short(milliseconds / 1_000)} s`;

/** `0.42 %`. */
export const shareText = (share: number): string => (share > 0.995 && share < 1 ? 'almost all' : `${short(share * 100)} %`);

export const moneyText = (usd: number): string =>
  `${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} USD`;

export const counted = (count: number, noun: string): string => `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
