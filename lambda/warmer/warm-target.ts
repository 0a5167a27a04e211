import { type KeepWarmPong, MAX_ROUNDS, type WarmingReport, type WarmingTarget } from '../contract/warming';
import { holdMs, learnedHoldMs } from './hold';

/** What became of one ping. */
export interface PingOutcome {
  /** Absent when the ping failed. */
  readonly pong?: KeepWarmPong;
  /** Why it failed. */
  readonly failed?: string;
  /** Version of the target that ran. */
  readonly version?: string;
  /** False when the service refused it, so that it was no invocation. */
  readonly invoked: boolean;
}

export interface WarmingTools {
  /** Opens what pings need. A hold is counted from its dispatch, so nothing may be loaded within it. */
  prepare(): Promise<void>;
  /** Sends one ping and never rejects. */
  ping(target: WarmingTarget, id: string, holdUntil: number): Promise<PingOutcome>;
  now(): number;
  newId(): string;
  onFailure(target: WarmingTarget, reasons: readonly string[]): void;
  /** By target: milliseconds until the last ping of a round had arrived. Kept from one run to the next, so that holds are no longer than they must be. */
  readonly lags: Map<string, number>;
}

/**
 * Warms `target.environments` environments: that many pings at once, all held to one moment, so that no environment can
 * answer two of them. When fewer distinct environments answered than asked, all pings are sent again with a longer hold,
 * since a ping for the missing ones alone would find a warm, idle environment. Failed pings end the rounds: more pings
 * would only add to whatever refused them.
 */
export async function warmTarget(target: WarmingTarget, tools: WarmingTools, atOnce = target.environments): Promise<WarmingReport> {
  const census = new Census();
  while (census.rounds < MAX_ROUNDS && census.distinct < target.environments && census.failed === 0) {
    const hold = holdOf(target, census.rounds + 1, tools, atOnce);
    const holdUntil = tools.now() + hold;
    const outcomes = await Promise.all(Array.from({ length: target.environments }, () => tools.ping(target, tools.newId(), holdUntil)));
    census.add(outcomes);
    if (census.rounds === 1) learn(target, outcomes, hold, tools);
    const reasons = outcomes.flatMap(({ failed }) => failed ?? []);
    if (reasons.length > 0) tools.onFailure(target, reasons);
  }
  const { distinct, cold, failed, notReady, rounds, pings } = census;
  return { functionArn: target.functionArn, asked: target.environments, distinct, cold, failed, notReady, rounds, pings };
}

/** Targets are independent: none waits for another, and none can fail another. */
export async function warmAll(targets: readonly WarmingTarget[], tools: WarmingTools): Promise<WarmingReport[]> {
  if (targets.length > 0) await tools.prepare();
  const atOnce = targets.reduce((sum, { environments }) => sum + environments, 0);
  return Promise.all(targets.map((target) => warmTarget(target, tools, atOnce)));
}

function holdOf(target: WarmingTarget, round: number, { lags }: WarmingTools, atOnce: number): number {
  // One ping meets no other.
  if (target.environments === 1) return 0;
  return round === 1 ? learnedHoldMs(atOnce, lags.get(target.functionArn)) : holdMs(atOnce, round);
}

/** A round teaches only when every ping found an environment of its own that was there already: a start hides when its ping arrived. */
function learn({ functionArn }: WarmingTarget, outcomes: readonly PingOutcome[], hold: number, { lags }: WarmingTools): void {
  const pongs = outcomes.flatMap(({ pong }) => pong ?? []);
  const distinct = new Set(pongs.map(({ environmentId }) => environmentId)).size;
  const held = pongs.map(({ heldMs }) => heldMs ?? 0);
  if (distinct < outcomes.length || pongs.some(({ coldStart }) => coldStart)) lags.delete(functionArn);
  else lags.set(functionArn, Math.max(0, hold - Math.min(...held)));
}

/** Counts what answered, over all rounds. */
class Census {
  rounds = 0;
  cold = 0;
  failed = 0;
  pings = 0;
  /** By version: environments and whether each is ready. An alias may move between two pings, and what it left is of no use. */
  private readonly seen = new Map<string | undefined, Map<string, boolean>>();
  private current?: string;

  get distinct(): number {
    return this.seen.get(this.current)?.size ?? 0;
  }

  get notReady(): number {
    return [...(this.seen.get(this.current)?.values() ?? [])].filter((ready) => !ready).length;
  }

  add(outcomes: readonly PingOutcome[]): void {
    this.rounds += 1;
    for (const { pong, version, invoked } of outcomes) {
      if (invoked) this.pings += 1;
      if (pong === undefined) {
        this.failed += 1;
        continue;
      }
      if (pong.coldStart) this.cold += 1;
      // Outcomes stand in the order of their dispatch, so the last one tells where the alias points now.
      this.current = version;
      const environments = this.seen.get(version) ?? new Map<string, boolean>();
      environments.set(pong.environmentId, pong.ready);
      this.seen.set(version, environments);
    }
  }
}
