import { HOLD } from '../contract/warming';

/** Beyond what the last round took, which is taken twice: the next one may be slower. */
const LEARNED_BASE_MS = 100;

/**
 * How long pings of a round are held when nothing is known of earlier rounds.
 *
 * @param pings that are sent at once, those to other targets included: all of them leave through one process
 */
export function holdMs(pings: number, round: number): number {
  return Math.min((HOLD.base + HOLD.perPing * pings) * round, HOLD.limit);
}

/** The same of a first round after one that is known to have taken `lagMs` until its last ping had arrived. */
export function learnedHoldMs(pings: number, lagMs: number | undefined): number {
  const longest = holdMs(pings, 1);
  return lagMs === undefined ? longest : Math.min(longest, LEARNED_BASE_MS + 2 * lagMs);
}
