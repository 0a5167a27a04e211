import type { ComputeTarget } from '../workload/compute-target';
import { near } from '../workload/near';
import { StateKind, type WorkloadProfile } from '../workload/workload-profile';
import { CostError } from './cost-error';
import type { Estimate } from './estimate';
import type { EstimateOptions } from './estimate-options';
import { makeEstimate, monthHoursOf } from './make-estimate';
import { DEFAULT_REGION, SHIPPED_REGIONS } from './price-book';
import { estimateFacts } from './targets/estimate-facts';
import { TARGET_PLANS } from './targets/plan-target';
import type { PlanTarget } from './targets/target-plan';

/** The profile's Region has no prices of its own here; the estimate says so instead of failing. */
function regionAssumptions({ constraints }: WorkloadProfile, { region }: EstimateOptions): string[] {
  const wanted = constraints?.region;
  if (region !== undefined || wanted === undefined || SHIPPED_REGIONS.includes(wanted)) return [];
  return [`prices of ${DEFAULT_REGION} stand in for those of ${wanted}, which do not ship`];
}

/** What stands around the work and costs by itself. */
function surroundings({ constraints, state }: WorkloadProfile): string[] {
  const stored = state !== undefined && state.kind !== StateKind.NONE;
  return [
    ...(constraints?.vpc === true ? ['NAT gateways and endpoints of the VPC are left out'] : []),
    ...(stored ? ['the store of the state is left out'] : []),
  ];
}

function planOf(target: ComputeTarget): PlanTarget {
  const plan = Object.hasOwn(TARGET_PLANS, target) ? TARGET_PLANS[target] : undefined;
  if (plan !== undefined) return plan;
  const known = Object.keys(TARGET_PLANS);
  const meant = near(String(target), known);
  const help = meant === undefined ? `it is one of ${known.join(', ')}` : `did you mean ${meant}`;
  throw new CostError([`unknown target ${JSON.stringify(target)}, ${help}`], known);
}

/** What a workload costs on a target. */
export function estimateProfile(profile: WorkloadProfile, target: ComputeTarget, options: EstimateOptions = {}): Estimate {
  const plan = planOf(target);
  const facts = estimateFacts(profile, target, options, monthHoursOf(options));
  const { usages, assumptions } = plan(facts);
  const priced = { ...options, requestsPerMonth: options.requestsPerMonth ?? facts.requests };
  return makeEstimate(usages, priced, [...assumptions, ...surroundings(profile), ...regionAssumptions(profile, options)]);
}
