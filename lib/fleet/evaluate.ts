import { type FleetPricing, fleetCost } from './fleet-cost';
import { FleetMechanism, type FleetResult } from './fleet-result';
import type { FleetSettings } from './fleet-settings';
import type { FleetTally } from './fleet-tally';
import type { MechanismPlan } from './mechanism-plan';
import { planText } from './plan-text';
import { type Objective, shortfallOf } from './shortfall';
import { simulate } from './simulate';
import type { Work } from './work';

/** Everything that the mechanisms of one workload are measured on. */
export interface Bench {
  readonly work: Work;
  readonly settings: FleetSettings;
  readonly pricing: FleetPricing;
  readonly restoreMs: number;
  readonly objective?: Objective;
}

const MECHANISMS: Readonly<Record<MechanismPlan['kind'], FleetMechanism>> = {
  nothing: FleetMechanism.NOTHING,
  ping: FleetMechanism.PING,
  fixed: FleetMechanism.PROVISIONED,
  scheduled: FleetMechanism.PROVISIONED_SCHEDULED,
  autoscaled: FleetMechanism.PROVISIONED_AUTOSCALED,
  snapStart: FleetMechanism.SNAP_START,
  managedInstances: FleetMechanism.MANAGED_INSTANCES,
};

/** The value that so much of them do not pass; 0 of none. */
export function percentile(ascending: Float64Array, share: number): number {
  const rank = Math.max(1, Math.ceil(share * ascending.length));
  return ascending[Math.min(rank, ascending.length) - 1] ?? 0;
}

function keptBy(plan: MechanismPlan): number {
  if (plan.kind === 'autoscaled') return plan.min;
  return 'environments' in plan ? plan.environments : 0;
}

/** Environments of Managed Instances serve many at once, and are not counted by what they serve. */
function environmentsOf(plan: MechanismPlan, tally: FleetTally): { environmentsPeak: number; environmentsMean: number } {
  if (plan.kind === 'managedInstances') return { environmentsPeak: plan.environments, environmentsMean: plan.environments };
  return { environmentsPeak: tally.environmentsPeak, environmentsMean: tally.environmentMs / tally.spanMs };
}

/** Plays one mechanism through the requests, prices it and holds it against the objective. */
export function evaluate(plan: MechanismPlan, { work, settings, pricing, restoreMs, objective }: Bench): FleetResult {
  const coldMs = plan.kind === 'snapStart' ? restoreMs : settings.coldMs;
  const tally = simulate(plan, work, { ...settings, coldMs });
  const requests = Math.max(1, tally.requests);
  const estimate = fleetCost(plan, tally, pricing);
  const shortfall = objective === undefined ? undefined : shortfallOf(objective, tally, coldMs);
  return {
    mechanism: MECHANISMS[plan.kind],
    plan: planText(plan),
    environments: keptBy(plan),
    requests: tally.requests,
    coldShare: tally.cold / requests,
    throttledShare: tally.throttled / requests,
    p50Ms: percentile(tally.latencies, 0.5),
    p95Ms: percentile(tally.latencies, 0.95),
    p99Ms: percentile(tally.latencies, 0.99),
    ...environmentsOf(plan, tally),
    monthly: estimate.monthly,
    estimate,
    ...(objective !== undefined && { meets: shortfall === undefined }),
    ...(shortfall !== undefined && { shortfall }),
  };
}
