import type { KeepWarmPong, WarmingReport, WarmingTarget } from '../contract/warming';

/** Answer of one ping; `throttled` and `failed` say why there is no pong. */
export type PingOutcome = { readonly pong: KeepWarmPong } | { readonly failed: string };

export interface WarmingTools {
  /** Opens what pings need. A hold is counted from its dispatch, so nothing may be loaded within it. */
  prepare(): Promise<void>;
  /** Sends one ping and never rejects. */
  ping(target: WarmingTarget, id: string, holdUntil: number): Promise<PingOutcome>;
  now(): number;
  newId(): string;
  onFailure(target: WarmingTarget, reasons: readonly string[]): void;
}

const MAX_ROUNDS = 3;
/** A hold covers the handshakes and the dispatch of all pings, or early environments are free again for late ones. */
const HOLD_BASE_MS = 500;
const HOLD_PER_PING_MS = 15;
/** Below the bound that targets enforce, with room for clocks that differ. */
const HOLD_LIMIT_MS = 1_900;

export function holdMs(environments: number, round: number): number {
  return Math.min((HOLD_BASE_MS + HOLD_PER_PING_MS * environments) * round, HOLD_LIMIT_MS);
}

/**
 * Warms `target.environments` environments: that many pings at once, all held to one moment, so that no environment can
 * answer two of them. When fewer distinct environments answered than asked, all pings are sent again with a longer hold,
 * since a ping for the missing ones alone would find a warm, idle environment. Failed pings end the rounds: more pings
 * would only add to whatever refused them.
 */
export async function warmTarget(target: WarmingTarget, tools: WarmingTools): Promise<WarmingReport> {
  const seen = new Set<string>();
  let cold = 0;
  let failed = 0;
  let rounds = 0;
  while (rounds < MAX_ROUNDS && seen.size < target.environments && failed === 0) {
    rounds += 1;
    const holdUntil = tools.now() + holdMs(target.environments, rounds);
    const outcomes = await Promise.all(Array.from({ length: target.environments }, () => tools.ping(target, tools.newId(), holdUntil)));
    const reasons: string[] = [];
    for (const outcome of outcomes) {
      if ('failed' in outcome) {
        reasons.push(outcome.failed);
        continue;
      }
      seen.add(outcome.pong.environmentId);
      if (outcome.pong.coldStart) cold += 1;
    }
    failed += reasons.length;
    if (reasons.length > 0) tools.onFailure(target, reasons);
  }
  return { functionArn: target.functionArn, asked: target.environments, distinct: seen.size, cold, failed, rounds };
}

/** Targets are independent: none waits for another, and none can fail another. */
export async function warmAll(targets: readonly WarmingTarget[], tools: WarmingTools): Promise<WarmingReport[]> {
  if (targets.length > 0) await tools.prepare();
  return Promise.all(targets.map((target) => warmTarget(target, tools)));
}
