import type { ComputeTarget } from '../workload/compute-target';
import type { WorkloadProfile } from '../workload/workload-profile';
import type { Estimate } from './estimate';
import type { EstimateOptions } from './estimate-options';
import { makeEstimate, monthHoursOf } from './make-estimate';
import { DEFAULT_REGION, SHIPPED_REGIONS } from './price-book';
import { TARGET_PLANS } from './targets/plan-target';
import { workloadFacts } from './targets/workload-facts';

/** The profile's Region has no prices of its own here; the estimate says so instead of failing. */
function regionAssumptions({ constraints }: WorkloadProfile, { region }: EstimateOptions): string[] {
  const wanted = constraints?.region;
  if (region !== undefined || wanted === undefined || SHIPPED_REGIONS.includes(wanted)) return [];
  return [`prices of ${DEFAULT_REGION} stand in for those of ${wanted}, which do not ship`];
}

/** What a workload costs on a target. */
export function estimateProfile(profile: WorkloadProfile, target: ComputeTarget, options: EstimateOptions = {}): Estimate {
  const facts = workloadFacts(profile, target, options, monthHoursOf(options));
  const { usages, assumptions } = TARGET_PLANS[target](facts);
  const priced = { ...options, requestsPerMonth: options.requestsPerMonth ?? facts.requests };
  return makeEstimate(usages, priced, [...assumptions, ...regionAssumptions(profile, options)]);
}
