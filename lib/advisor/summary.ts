import { FleetMechanism } from '../fleet/fleet-result';
import type { Decision } from './decide';
import { type BreakEvenShare, type FlipFact, type LimitCheck, type RankedTarget, Verdict } from './recommendation';
import { moneyText, numberText, shareText } from './words';

const HEADINGS: Readonly<Record<Verdict, string>> = {
  [Verdict.SERVERLESS]: 'Serverless',
  [Verdict.TRADITIONAL]: 'Not serverless',
  [Verdict.HYBRID]: 'Hybrid',
  [Verdict.NONE]: 'No target fits',
};

/** What every target lacks room for. */
function widestLimits(targets: readonly RankedTarget[]): string[] {
  const broken = targets
    .filter(({ comparisonOnly }) => !comparisonOnly)
    .flatMap(({ limits }) => limits.filter(({ fits, binding, allowed }) => !fits && binding && allowed > 0));
  const byFact = new Map<string, LimitCheck>();
  for (const check of broken) {
    const before = byFact.get(check.fact);
    if (before === undefined || check.margin! > before.margin!) byFact.set(check.fact, check);
  }
  return [...byFact.values()].map(
    ({ fact, needed, allowed, unit }) => `${fact} of ${numberText(needed!)} ${unit} where the most is ${numberText(allowed)} ${unit}`,
  );
}

/** What keeps the function ready, where a cold start would come too late. */
function readinessText({ readiness }: RankedTarget): string[] {
  if (readiness === undefined) return [];
  const { best } = readiness;
  if (best === undefined) return ['Nothing that was simulated keeps its answers within the latency.'];
  const cold = `${shareText(best.coldShare)} of the requests start cold`;
  if (best.mechanism === FleetMechanism.NOTHING) return [`Simulated, ${cold}, which is too few to miss the latency.`];
  return [`To answer in time: ${best.plan}, ${moneyText(best.monthly)} a month with the calls; simulated, ${cold}.`];
}

const costText = ({ estimate }: RankedTarget) => (estimate === undefined ? '' : `, about ${moneyText(estimate.monthly)} a month`);

/** What keeps the best serverless target from coming first: its broken limits, or the rules that spoke for the other side. */
function whyNotServerless(targets: readonly RankedTarget[]): string {
  const best = targets.filter(({ verdict, comparisonOnly }) => verdict === Verdict.SERVERLESS && !comparisonOnly);
  const fitting = best.find(({ fits }) => fits);
  if (fitting !== undefined) return `The best on functions is ${fitting.name}${costText(fitting)}.`;
  const reason = best[0]?.reasons.find((text) => text.startsWith('does not fit'));
  return reason === undefined ? '' : `${best[0]!.name} ${reason}.`;
}

function breakEvenText(breakEvens: readonly BreakEvenShare[]): string {
  const share = breakEvens.find(({ other, target }) => other !== target);
  if (share === undefined) return '';
  const now = share.now === undefined ? '' : `, here ${shareText(share.now)}`;
  return ` Break-even: containers cost less from ${shareText(share.value)} busy on${now}.`;
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** One paragraph for somebody who reads nothing else. */
export function summaryOf(
  decision: Decision,
  targets: readonly RankedTarget[],
  flips: readonly FlipFact[],
  breakEvens: readonly BreakEvenShare[],
): string {
  const first = targets[0]!;
  const heading = HEADINGS[decision.verdict];
  if (decision.verdict === Verdict.NONE) {
    return `${heading}, because ${widestLimits(targets).join(', and ')}. Split the work into smaller pieces that run on their own, or over several machines.`;
  }
  const points = decision.first?.points ?? {};
  const spoke = [...decision.said]
    .filter(([id]) => (points[id] ?? 0) > 0)
    .sort(([one], [two]) => points[two]! - points[one]!)
    .map(([, text]) => text);
  const why = spoke.length === 0 ? 'nothing that is known speaks against it' : spoke.slice(0, 2).join('; ');
  const parts = [`${heading}: ${first.name}${costText(first)}. ${sentence(why)}.`, ...readinessText(first)];
  if (decision.verdict !== Verdict.SERVERLESS) parts.push(`${whyNotServerless(targets)}${breakEvenText(breakEvens)}`.trim());
  const flip = flips.find(({ verdict }) => verdict !== decision.verdict);
  if (flip !== undefined) parts.push(`It becomes ${flip.becomes} where ${flip.fact} is ${flip.at} (now ${flip.now}).`);
  return parts.filter((part) => part !== '').join(' ');
}
