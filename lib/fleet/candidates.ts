import { LMI_MIN_ENVIRONMENTS } from '../quotas/managed-instances-quotas';
import { busyHoursOf } from './busy-hours';
import { type Bench, evaluate } from './evaluate';
import type { FleetResult } from './fleet-result';
import type { MechanismPlan } from './mechanism-plan';
import { holdMsOf } from './ping-hold';

const EVERY_MS = 300_000;
const TARGET = 0.7;

type Sized = (environments: number) => MechanismPlan;

/** What a mechanism may be tried with. */
export interface Choice {
  readonly snapStart: boolean;
  /** Requests that one environment of Managed Instances serves at once. */
  readonly concurrencyPerEnvironment: number;
  readonly most: number;
}

/** The fewest environments that meet the objective, or as many as there were without the mechanism. More of them never make it worse. */
function smallest(plan: Sized, bench: Bench, least: number, most: number): FleetResult {
  let [good, low] = [most, least];
  let result = evaluate(plan(good), bench);
  if (result.meets !== true) return result;
  while (low < good) {
    const middle = Math.floor((low + good) / 2);
    const tried = evaluate(plan(middle), bench);
    if (tried.meets === true) [good, result] = [middle, tried];
    else low = middle + 1;
  }
  return result;
}

/** Without an objective as many as work on average: enough for most requests. */
function sized(plan: Sized, bench: Bench, least: number, most: number, usual: number): FleetResult {
  const top = Math.max(least, most);
  return bench.objective === undefined ? evaluate(plan(Math.min(top, Math.max(least, usual))), bench) : smallest(plan, bench, least, top);
}

/** Every mechanism that is possible, each with the fewest environments that do. */
export function candidates(bench: Bench, { snapStart, concurrencyPerEnvironment, most }: Choice): FleetResult[] {
  const nothing = evaluate({ kind: 'nothing' }, bench);
  const peak = Math.max(1, Math.min(most, nothing.environmentsPeak));
  const usual = Math.max(1, Math.ceil(nothing.environmentsMean));
  const hours = busyHoursOf(bench.work);
  const ping: Sized = (environments) => ({ kind: 'ping', environments, everyMs: EVERY_MS, holdMs: holdMsOf(environments) });
  const fixed: Sized = (environments) => ({ kind: 'fixed', environments });
  const autoscaled: Sized = (min) => ({ kind: 'autoscaled', min, max: Math.max(min, peak), target: TARGET });
  const managed: Sized = (environments) => ({ kind: 'managedInstances', environments, concurrency: concurrencyPerEnvironment });
  const instances = Math.ceil(peak / concurrencyPerEnvironment);
  return [
    nothing,
    sized(ping, bench, 1, peak, usual),
    sized(fixed, bench, 1, peak, usual),
    ...(hours === undefined
      ? []
      : [sized((environments) => ({ kind: 'scheduled', environments, otherwise: 0, hours }), bench, 1, peak, usual)]),
    ...(peak > 1 ? [sized(autoscaled, bench, 1, peak, 1)] : []),
    ...(snapStart ? [evaluate({ kind: 'snapStart' }, bench)] : []),
    sized(managed, bench, LMI_MIN_ENVIRONMENTS.default!, instances, instances),
  ];
}
