import type { Usage } from '../usage';
import type { EstimateFacts } from './estimate-facts';

/** What a workload takes of a target's services, and what was taken for granted to say so. */
export interface TargetPlan {
  readonly usages: readonly Usage[];
  readonly assumptions: readonly string[];
}

export type PlanTarget = (facts: EstimateFacts) => TargetPlan;

export function joined(plans: readonly TargetPlan[]): TargetPlan {
  return {
    usages: plans.flatMap(({ usages }) => usages),
    assumptions: [...new Set(plans.flatMap(({ assumptions }) => assumptions))],
  };
}
