import { HOLD } from '../../lambda/contract/warming';

/** How long the warmer holds the pings of its first round at the most: after rounds that found all environments warm it holds them shorter. */
export function holdMsOf(environments: number): number {
  return Math.min(HOLD.base + HOLD.perPing * environments, HOLD.limit);
}
