import { CostError } from '../cost/cost-error';
import { CostModel } from '../cost/cost-model';
import type { Estimate } from '../cost/estimate';
import type { WorkloadProfile } from '../workload/workload-profile';
import type { Decision, Standing } from './decide';
import { keptReady } from './keep-ready';
import { checkLimit, concerns } from './limit-row';
import type { FlipFact, LimitCheck, RankedTarget } from './recommendation';
import { numberText, shareText } from './words';

/** None where a fact is missing that the price depends on, or the target cannot be sized for the workload. */
function estimateOf(profile: WorkloadProfile, { definition }: Standing): Estimate | undefined {
  try {
    return CostModel.estimate(profile, definition.target);
  } catch (error) {
    if (error instanceof CostError) return undefined;
    throw error;
  }
}

const amount = (value: number, unit: string) => `${numberText(value)} ${unit}`;

function limitText({ quantity, needed, allowed, unit, margin, quota }: LimitCheck): string {
  if (allowed === 0) return `has no ${quantity} (${quota})`;
  const room = margin === undefined ? '' : margin < 0 ? `, ${shareText(-margin)} over` : `, ${shareText(margin)} to spare`;
  return `${quantity}: ${amount(needed!, unit)} of ${amount(allowed, unit)}${room} (${quota})`;
}

/** The closest limit of those that are kept, where one is close. */
function closest(limits: readonly LimitCheck[]): LimitCheck[] {
  const kept = limits.filter(({ fits, margin, needed, allowed }) => fits && margin !== undefined && (needed ?? 0) > 0 && allowed > 0);
  return kept.sort((one, two) => one.margin! - two.margin!).slice(0, 1);
}

function flipOf({ fact, needed, allowed, unit, fits, quantity }: LimitCheck): FlipFact {
  return {
    fact,
    now: amount(needed!, unit),
    at: fits ? `more than ${amount(allowed, unit)}` : `${amount(allowed, unit)} or less`,
    value: allowed,
    becomes: fits ? `does not fit (${quantity})` : `within the limit of ${quantity}`,
  };
}

export function describeTarget(profile: WorkloadProfile, decision: Decision, standing: Standing, priced: boolean): RankedTarget {
  const { definition, fits, score } = standing;
  const { facts, said } = decision;
  const limits = definition.limits.filter((row) => concerns(row, facts)).map((row) => checkLimit(row, facts));
  const broken = limits.filter((check) => !check.fits);
  const reasons = [...said].filter(([id]) => (definition.points[id] ?? 0) > 0).map(([, text]) => text);
  const against = [...said].filter(([id]) => (definition.points[id] ?? 0) < 0).map(([, text]) => `speaks for another target: ${text}`);
  const estimate = priced ? estimateOf(profile, standing) : undefined;
  const readiness = priced && definition === decision.first ? keptReady(profile, facts, definition.target) : undefined;
  return {
    target: definition.target,
    name: definition.name,
    verdict: definition.verdict,
    fits,
    comparisonOnly: definition.comparisonOnly ?? false,
    score,
    limits,
    reasons: [
      ...broken.filter(({ binding }) => binding).map((check) => `does not fit: ${limitText(check)}`),
      ...reasons,
      ...closest(limits).map((check) => `closest limit: ${limitText(check)}`),
    ],
    risks: [
      ...broken.filter(({ binding }) => !binding).map((check) => `${limitText(check)}: ${check.remedy}`),
      ...against,
      ...definition.risks.filter(({ when }) => when(facts)).map(({ says }) => says(facts)),
      ...(readiness === undefined ? [] : [`simulated over the same requests: ${readiness.summary}`]),
    ],
    ...(estimate === undefined ? {} : { estimate }),
    ...(readiness === undefined ? {} : { readiness }),
    flips: limits.filter(({ binding, needed }) => binding && needed !== undefined).map(flipOf),
    constructs: [...definition.constructs],
    skeleton: definition.skeleton(facts, readiness?.best),
  };
}
