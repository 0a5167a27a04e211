import type { IAlias } from 'aws-cdk-lib/aws-lambda';
import { Token } from 'aws-cdk-lib/core';
import { MAX_PINGS_AT_ONCE, MAX_ROUNDS } from '../../lambda/contract/warming';
import { LAMBDA_CONCURRENCY, LAMBDA_ENVIRONMENT_VARIABLES, LAMBDA_IDLE_LIFETIME, LAMBDA_TIMEOUT } from '../quotas/lambda-quotas';
import { SCHEDULER_MINIMUM_RATE } from '../quotas/scheduler-quotas';
import { checkQuota, type Findings, noFindings, seconds } from '../validation/check-quota';
import type { ActiveHours } from './active-hours';
import type { KeepWarmScheduleProps, KeepWarmTarget } from './keep-warm-schedule-props';
import { minuteOfDay } from './schedule-expressions';
import { stateOf } from './target-state';
import { environmentsOf, totalEnvironments, warmerTimeoutSeconds } from './warmer-settings';

const SECONDS_PER_MINUTE = 60;
const LONGEST_MINUTES = 60;
/** The warmer cannot see how many environments are busy, so it never asks for the last one, of the function or of the account. */
const HEADROOM = 1;
/** JSON of one target in the warmer's environment; an alias ARN, which is a token here, has at most about 220 characters. */
const BYTES_PER_TARGET = 290;

/** Everything about the props of a warming schedule that can be known at synth. */
export function checkWarming(props: KeepWarmScheduleProps): Findings {
  const findings = noFindings();
  checkInterval(findings, props);
  checkHours(findings, props.activeHours);
  if (props.targets.length === 0) findings.problems.push('targets must hold at least one alias, got none');
  const bytes = props.targets.length * BYTES_PER_TARGET;
  if (bytes > LAMBDA_ENVIRONMENT_VARIABLES.max!) {
    const most = Math.floor(LAMBDA_ENVIRONMENT_VARIABLES.max! / BYTES_PER_TARGET);
    findings.problems.push(`targets must hold at most ${most} aliases, got ${props.targets.length}; use a second KeepWarmSchedule`);
  }
  for (const [index, target] of props.targets.entries()) checkTarget(findings, target, index, props);
  checkTotal(findings, props);
  return findings;
}

function checkInterval(findings: Findings, props: KeepWarmScheduleProps): void {
  const every = seconds(props.mode._ping.every);
  checkQuota(findings, 'mode.every', every, SCHEDULER_MINIMUM_RATE, 'use provisioned concurrency to keep environments all the time');
  if (every === undefined || every < SCHEDULER_MINIMUM_RATE.min!) return;
  const minutes = every / SECONDS_PER_MINUTE;
  if (!Number.isInteger(minutes) || minutes > LONGEST_MINUTES) {
    findings.problems.push(`mode.every must be whole minutes, at most ${LONGEST_MINUTES}, got ${every} s; environments do not wait longer`);
  } else if (every > LAMBDA_IDLE_LIFETIME.min!) {
    findings.warnings.push({
      id: `serverless-ai:${LAMBDA_IDLE_LIFETIME.id}`,
      message: `mode.every is ${every} s, and idle environments were seen to end after ${LAMBDA_IDLE_LIFETIME.min} s; some pings will find them cold`,
    });
  }
}

function checkHours(findings: Findings, hours: ActiveHours | undefined): void {
  if (hours === undefined) return;
  for (const [name, value] of [
    ['from', hours.from],
    ['to', hours.to],
  ]) {
    if (minuteOfDay(value!) === undefined) findings.problems.push(`activeHours.${name} must be HH:MM, got ${JSON.stringify(value)}`);
  }
  if (hours.from === hours.to)
    findings.problems.push(`activeHours.from and to must differ, got ${hours.from} twice; leave activeHours out`);
  if (hours.days?.length === 0) findings.problems.push('activeHours.days must hold at least one day, got none; leave it out for every day');
}

function checkTarget(findings: Findings, target: KeepWarmTarget, index: number, props: KeepWarmScheduleProps): void {
  const { alias } = target;
  const name = `targets[${index}] (${alias.node?.path ?? typeof alias})`;
  const refuse = (problem: string) => void findings.problems.push(`${name} ${problem}`);
  if (!alias.aliasName || !alias.version) {
    refuse('must be an alias, got an unqualified function; pass its alias');
    return;
  }
  if (props.targets.findIndex((other) => other.alias === alias) < index) refuse('is listed twice; state its environments once');

  const environments = environmentsOf(target, props);
  if (!Token.isUnresolved(environments) && (!Number.isInteger(environments) || environments < 1)) {
    refuse(`must have a whole number of environments of at least 1, got ${environments}`);
  }
  checkQuota(
    findings,
    `${name} cold start with ${MAX_ROUNDS} rounds`,
    warmerTimeoutSeconds([target]),
    LAMBDA_TIMEOUT,
    'state a shorter coldStart',
  );

  const state = stateOf(alias);
  if (state.durable) refuse('is durable: every ping would start and store a durable execution; use provisioned concurrency');
  if (state.snapStart) refuse('uses SnapStart, which already makes its cold starts short and costs less than pings; leave it out');
  if (state.weighted) refuse('splits its traffic between two versions, and pings would too; warm it when it points to one version');
  if (Token.isUnresolved(environments)) return;
  if (state.provisioned > 0 && state.provisioned >= environments) {
    refuse(`has provisioned concurrency of ${state.provisioned}, which is always warm; leave it out, or drop the provisioned concurrency`);
  }
  checkReserved(refuse, state.reserved, environmentsOfFunction(alias, props));
}

/** All aliases of a function draw on what is reserved for it. */
function environmentsOfFunction(alias: IAlias, props: KeepWarmScheduleProps): number {
  const counts = props.targets.filter((other) => other.alias.version?.lambda === alias.version.lambda);
  return counts.reduce((sum, other) => sum + environmentsOf(other, props), 0);
}

function checkReserved(refuse: (problem: string) => void, reserved: number | undefined, environments: number): void {
  if (reserved === undefined || Token.isUnresolved(reserved) || environments <= reserved - HEADROOM) return;
  if (reserved <= HEADROOM) {
    refuse(`has reserved concurrency of ${reserved}, which leaves pings nothing; reserve more, or leave it out`);
    return;
  }
  refuse(
    `must have at most ${reserved - HEADROOM} environments, since ${HEADROOM} of its ${reserved} reserved stays free for requests, got ${environments}`,
  );
}

function checkTotal(findings: Findings, props: KeepWarmScheduleProps): void {
  const { accountConcurrency = LAMBDA_CONCURRENCY.max! } = props;
  const total = totalEnvironments(props);
  if (total === undefined) return;
  if (total > MAX_PINGS_AT_ONCE) {
    findings.problems.push(
      `environments of all targets must be at most ${MAX_PINGS_AT_ONCE}, got ${total}; more pings take longer to send than the first can hold, use a second KeepWarmSchedule`,
    );
  }
  if (!Token.isUnresolved(accountConcurrency) && total > accountConcurrency - HEADROOM) {
    findings.problems.push(
      `environments of all targets must be at most ${accountConcurrency - HEADROOM}, since all are busy while they are pinged and ${HEADROOM} of the account's ${accountConcurrency} stays free for requests, got ${total}`,
    );
  }
}
