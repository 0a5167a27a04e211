import { randomUUID } from 'node:crypto';

/** A version 4 UUID, made of `random` when that is a source of its own, so that a seed gives the same ones again. */
export function uuidFrom(random: () => number): string {
  if (random === Math.random) return randomUUID();
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16));
  digits[12] = 4;
  digits[16] = 8 + ((digits[16] as number) % 4);
  const hex = digits.map((digit) => digit.toString(16)).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
