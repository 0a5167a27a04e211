/** A hold covers the handshakes and the dispatch of all pings, or early environments are free again for late ones. */
const BASE_MS = 500;
const PER_PING_MS = 15;
/** Below the bound that targets enforce, with room for clocks that differ. */
const LIMIT_MS = 1_900;
/** Beyond what the last round took, which is taken twice: the next one may be slower. */
const LEARNED_BASE_MS = 100;

/**
 * How long pings of a round are held when nothing is known of earlier rounds.
 *
 * @param pings that are sent at once, those to other targets included: all of them leave through one process
 */
export function holdMs(pings: number, round: number): number {
  return Math.min((BASE_MS + PER_PING_MS * pings) * round, LIMIT_MS);
}

/** The same of a first round after one that is known to have taken `lagMs` until its last ping had arrived. */
export function learnedHoldMs(pings: number, lagMs: number | undefined): number {
  const longest = holdMs(pings, 1);
  return lagMs === undefined ? longest : Math.min(longest, LEARNED_BASE_MS + 2 * lagMs);
}
