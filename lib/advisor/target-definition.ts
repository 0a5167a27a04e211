import type { FleetResult } from '../fleet/fleet-result';
import type { ComputeTarget } from '../workload/compute-target';
import type { WorkloadFacts } from '../workload/workload-facts';
import type { RuleId } from './framework/rule-id';
import type { LimitRow } from './limit-row';
import type { Verdict } from './recommendation';

/** What can go wrong with a target that fits. */
export interface Risk {
  readonly when: (facts: WorkloadFacts) => boolean;
  readonly says: (facts: WorkloadFacts) => string;
}

/** A place to run a workload, as a table: what limits it, what speaks for it, and what to write. */
export interface TargetDefinition {
  readonly target: ComputeTarget;
  readonly name: string;
  /** The verdict where this target comes first. */
  readonly verdict: Verdict;
  /** @default false */
  readonly comparisonOnly?: boolean;
  /** Points before any rule speaks: the fewer parts there are to run, the more. */
  readonly plainness: number;
  readonly limits: readonly LimitRow[];
  /** Points that a rule of the framework gives or takes where it speaks. */
  readonly points: Readonly<Partial<Record<RuleId, number>>>;
  readonly risks: readonly Risk[];
  readonly constructs: readonly string[];
  /** Given what was found to keep it ready, where that was simulated. */
  readonly skeleton: (facts: WorkloadFacts, ready?: FleetResult) => string;
}
