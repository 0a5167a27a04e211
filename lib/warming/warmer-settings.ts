import { Token } from 'aws-cdk-lib/core';
import { MAX_HOLD_MS, MAX_ROUNDS, SMALL_WARMER, type WarmingTarget } from '../../lambda/contract/warming';
import { LAMBDA_MEMORY_PER_VCPU } from '../quotas/lambda-quotas';
import { seconds } from '../validation/check-quota';
import type { KeepWarmScheduleProps, KeepWarmTarget } from './keep-warm-schedule-props';

const DEFAULT_COLD_START_SECONDS = 10;
/** The way there and back, which a ping waits for beyond cold start and hold. */
const ROUND_TRIP_SECONDS = 5;
const WARMER_MARGIN_SECONDS = 5;

/** Seconds that the warmer may take: all rounds, each with a cold start and a hold. */
export function warmerTimeoutSeconds(targets: readonly KeepWarmTarget[]): number {
  const coldStart = Math.max(...targets.map(coldStartSeconds));
  return Math.ceil(MAX_ROUNDS * (coldStart + MAX_HOLD_MS / 1_000 + ROUND_TRIP_SECONDS) + WARMER_MARGIN_SECONDS);
}

/** CPU comes with memory, and all pings have to leave before the first hold ends. */
export function warmerMemoryMb(props: KeepWarmScheduleProps): number {
  const total = totalEnvironments(props);
  return total === undefined || total > SMALL_WARMER.pings ? LAMBDA_MEMORY_PER_VCPU.max! : SMALL_WARMER.memoryMb;
}

/** Pings at once; undefined when a number is not known before deployment. */
export function totalEnvironments({ targets, mode }: KeepWarmScheduleProps): number | undefined {
  const counts = targets.map((target) => environmentsOf(target, { mode }));
  return counts.some((count) => Token.isUnresolved(count)) ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

export function environmentsOf({ environments }: KeepWarmTarget, { mode }: Pick<KeepWarmScheduleProps, 'mode'>): number {
  return environments ?? mode._ping.environments;
}

/** What the warmer is told. */
export function warmingTargets(props: KeepWarmScheduleProps): WarmingTarget[] {
  return props.targets.map((target) => ({
    functionArn: target.alias.functionArn,
    environments: environmentsOf(target, props),
    coldStartMs: coldStartSeconds(target) * 1_000,
  }));
}

function coldStartSeconds({ coldStart }: KeepWarmTarget): number {
  return seconds(coldStart) ?? DEFAULT_COLD_START_SECONDS;
}
