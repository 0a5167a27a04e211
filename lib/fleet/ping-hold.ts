const HOLD_BASE_MS = 500;
const HOLD_PER_PING_MS = 15;
const HOLD_LIMIT_MS = 1_900;

/** How long the warmer holds the pings of its first round; a test keeps it equal to the warmer's own. */
export function holdMsOf(environments: number): number {
  return Math.min(HOLD_BASE_MS + HOLD_PER_PING_MS * environments, HOLD_LIMIT_MS);
}
