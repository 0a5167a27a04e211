import type { Random } from './random';

/** Draws one value. */
export type Draw = (random: Random) => number;

/** 99 of 100 values of a normal distribution lie below so many deviations over its mean. */
const DEVIATIONS_TO_P99 = 2.3263478740408408;

export const fixed =
  (value: number): Draw =>
  () =>
    value;

export const exponential =
  (mean: number): Draw =>
  (random) =>
    random.exponential(mean);

export const between =
  (least: number, most: number): Draw =>
  (random) =>
    least + (most - least) * random.uniform();

/** Log-normal, as service times tend to be: half of the values are below `p50`, 99 of 100 below `p99`. */
export function byPercentiles(p50: number, p99: number): Draw {
  if (!(p99 > p50) || p50 <= 0) return fixed(p50);
  const [middle, deviation] = [Math.log(p50), Math.log(p99 / p50) / DEVIATIONS_TO_P99];
  return (random) => Math.exp(middle + deviation * random.normal());
}
