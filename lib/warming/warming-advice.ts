import { Token } from 'aws-cdk-lib/core';
import { benchOf } from '../fleet/bench-of';
import { compare } from '../fleet/compare';
import { evaluate } from '../fleet/evaluate';
import { FleetError } from '../fleet/fleet-error';
import { FleetPlan } from '../fleet/fleet-plan';
import { type FleetComparison, FleetMechanism, type FleetResult } from '../fleet/fleet-result';
import type { FleetWorkload } from '../fleet/fleet-workload';
import { moneyText, shareText, timeText } from '../fleet/words';
import type { Findings } from '../validation/check-quota';
import type { KeepWarmScheduleProps, KeepWarmTarget } from './keep-warm-schedule-props';
import { minuteOfDay } from './schedule-expressions';
import { environmentsOf } from './warmer-settings';

/** Id of the warning, for `Validations.of(schedule).acknowledge`. */
const OBJECTIVE_WARNING = 'serverless-ai:warming.objective';
const MINUTES_OF_AN_HOUR = 60;
/** A synth should not wait for more. */
const OPTIONS = { arrivals: 20_000, mostDays: 14 };
/** Mechanisms that differ by less cost the same, given what is not known. */
const NOTABLE = 0.9;

/** The pings of a schedule as the simulation sees them. */
function planOf(target: KeepWarmTarget, props: KeepWarmScheduleProps): FleetPlan {
  const { activeHours, mode } = props;
  const hour = (time: string) => (minuteOfDay(time) ?? 0) / MINUTES_OF_AN_HOUR;
  return FleetPlan.ping({
    environments: environmentsOf(target, props),
    every: mode._ping.every,
    ...(activeHours !== undefined && { hours: { from: hour(activeHours.from), to: hour(activeHours.to) } }),
  });
}

const numbersOf = ({ plan, monthly, coldShare, p99Ms }: FleetResult) =>
  `${plan} (${moneyText(monthly)} a month, ${shareText(coldShare)} cold starts, p99 ${timeText(p99Ms)})`;

/** What would do better; undefined where nothing does by much. */
function betterThan(own: FleetResult, { best }: FleetComparison): string | undefined {
  if (own.meets !== true) {
    const instead = best === undefined ? 'no mechanism meets it' : `the cheapest that does is ${numbersOf(best)}`;
    return `does not meet the objective: with ${numbersOf(own)} ${own.shortfall}; ${instead}`;
  }
  if (best === undefined || best.monthly >= NOTABLE * own.monthly) return undefined;
  const cheaper = best.mechanism === FleetMechanism.NOTHING ? 'doing nothing' : 'a cheaper way';
  return `meets the objective with ${numbersOf(own)}, and so does ${cheaper}: ${numbersOf(best)}`;
}

function adviseOn(findings: Findings, target: KeepWarmTarget, workload: FleetWorkload, name: string, props: KeepWarmScheduleProps): void {
  if (workload.objective === undefined) {
    findings.problems.push(`${name}.workload must have an objective, which the pings are held against, got none`);
    return;
  }
  try {
    const own = evaluate(planOf(target, props)._plan, benchOf(workload, OPTIONS).bench);
    const better = betterThan(own, compare(workload, OPTIONS));
    if (better !== undefined)
      findings.warnings.push({
        id: OBJECTIVE_WARNING,
        message: `${name} ${better} (simulated; how long idle environments live is observed, not promised)`,
      });
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    findings.problems.push(...error.problems.map((problem) => `${name}.workload cannot be simulated: ${problem}`));
  }
}

/** Whether the pings of the targets that state their workload meet its objective, and whether something cheaper does. */
export function adviseOnObjectives(findings: Findings, props: KeepWarmScheduleProps): void {
  for (const [index, target] of props.targets.entries()) {
    const { workload } = target;
    if (workload === undefined || Token.isUnresolved(environmentsOf(target, props))) continue;
    adviseOn(findings, target, workload, `targets[${index}]`, props);
  }
}
