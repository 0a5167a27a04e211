import { factsOf, type WorkloadFacts } from '../workload/workload-facts';
import type { WorkloadProfile } from '../workload/workload-profile';
import { FRAMEWORK } from './framework/framework';
import type { RuleId } from './framework/rule-id';
import { within } from './limit-row';
import { Verdict } from './recommendation';
import type { TargetDefinition } from './target-definition';
import { TARGET_TABLE } from './targets/target-table';

/** A target with what the ranking goes by. */
export interface Standing {
  readonly definition: TargetDefinition;
  readonly fits: boolean;
  readonly score: number;
}

export interface Decision {
  readonly facts: WorkloadFacts;
  /** Rules that spoke, with what they said. */
  readonly said: ReadonlyMap<RuleId, string>;
  /** Those that fit, those that do not, the rows to compare; the best of each first. */
  readonly standings: readonly Standing[];
  /** The first target that fits and may be recommended. */
  readonly first?: TargetDefinition;
  readonly verdict: Verdict;
}

function rulesThatSpeak(facts: WorkloadFacts): ReadonlyMap<RuleId, string> {
  return new Map(
    FRAMEWORK.flatMap(({ id, says }): [RuleId, string][] => {
      const text = says(facts);
      return text === undefined ? [] : [[id, text]];
    }),
  );
}

function standingOf(definition: TargetDefinition, facts: WorkloadFacts, said: ReadonlyMap<RuleId, string>): Standing {
  const points = [...said.keys()].map((id) => definition.points[id] ?? 0);
  const score = points.reduce((total, value) => total + value, definition.plainness);
  return { definition, fits: within(definition.limits, facts), score };
}

const groupOf = ({ definition, fits }: Standing) => (definition.comparisonOnly ? 2 : fits ? 0 : 1);

/** Rules give points, limits take targets out, the best that is left is the answer. */
export function decide(profile: WorkloadProfile): Decision {
  const facts = factsOf(profile);
  const said = rulesThatSpeak(facts);
  const standings = TARGET_TABLE.map((definition) => standingOf(definition, facts, said)).sort(
    (one, two) => groupOf(one) - groupOf(two) || two.score - one.score,
  );
  const best = standings[0];
  const first = best !== undefined && groupOf(best) === 0 ? best.definition : undefined;
  return { facts, said, standings, first, verdict: first?.verdict ?? Verdict.NONE };
}

export const sameAnswer = (one: Decision, two: Decision): boolean => one.first === two.first;

/** `serverless: Lambda function from a zip package`. */
export const answerText = ({ first, verdict }: Decision): string => (first === undefined ? 'no target fits' : `${verdict}: ${first.name}`);
