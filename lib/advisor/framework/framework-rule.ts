import type { WorkloadFacts } from '../../workload/workload-facts';
import type { Verdict } from '../recommendation';
import type { RuleId } from './rule-id';

/** A rule of the decision framework. */
export interface FrameworkRule {
  readonly id: RuleId;
  /** The side that it speaks for. */
  readonly verdict: Verdict;
  /** Why it speaks; undefined where it does not, or where a fact that it needs is missing. */
  readonly says: (facts: WorkloadFacts) => string | undefined;
}

/** A rule that speaks where its condition holds. */
export function rule(
  id: RuleId,
  verdict: Verdict,
  holds: (facts: WorkloadFacts) => boolean,
  says: (facts: WorkloadFacts) => string,
): FrameworkRule {
  return { id, verdict, says: (facts) => (holds(facts) ? says(facts) : undefined) };
}
