import { Duration } from 'aws-cdk-lib/core';
import { SFN_REDRIVE_WINDOW, SFN_STANDARD_DURATION } from '../quotas/step-functions-quotas';
import { checkQuota, type Findings, noFindings, seconds } from '../validation/check-quota';
import { ApprovalStep } from './approval-step';
import type { StepNode } from './step-node';
import { underlyingFunction } from './underlying-function';
import { allSteps, checkWorkflow, totalFootprint } from './workflow-check';

const DAY_SECONDS = 86_400;
const DEFAULT_TIMEOUT_SECONDS = 30 * DAY_SECONDS;

/** The parts of a workflow's props that have rules of their own, free of the construct that declares them. */
export interface CheckedProps {
  readonly steps: readonly StepNode[];
  readonly timeout?: Duration;
  readonly storeRetention?: Duration;
  readonly hasAuthorizer: boolean;
  readonly hasApprovalTopic: boolean;
  readonly pinCode: boolean;
}

export function checkWorkflowProps(props: CheckedProps): Findings {
  const findings = noFindings();
  checkWorkflow(findings, props.steps);
  checkQuota(findings, 'timeout', seconds(props.timeout), SFN_STANDARD_DURATION, 'split the workflow in two');
  checkRetention(findings, props);
  if (!hasApproval(props.steps)) {
    const idle = [...(props.hasAuthorizer ? ['approvalAuthorizer'] : []), ...(props.hasApprovalTopic ? ['approvalTopic'] : [])];
    for (const prop of idle) findings.problems.push(`${prop} needs an approval step, got none; add one or drop the prop`);
  }
  if (props.pinCode) checkPinning(findings, props.steps);
  return findings;
}

export function hasApproval(steps: readonly StepNode[]): boolean {
  return allSteps(steps).some((node) => node instanceof ApprovalStep);
}

/** The stated time-out, or 30 days, or what the steps' own time-outs add up to if that is more. */
export function workflowTimeout(steps: readonly StepNode[], timeout: Duration | undefined): Duration {
  return timeout ?? Duration.seconds(Math.max(DEFAULT_TIMEOUT_SECONDS, Math.ceil(totalFootprint(steps).seconds)));
}

/** How long the records of a workflow are needed: a run may fail at its very end and be redriven at the end of the window for it. */
export function retentionFor(timeout: Duration): Duration {
  const needed = (seconds(timeout) ?? (SFN_STANDARD_DURATION.max as number)) + (SFN_REDRIVE_WINDOW.max as number);
  return Duration.days(Math.ceil(needed / DAY_SECONDS) + 1);
}

function checkRetention(findings: Findings, { steps, timeout, storeRetention }: CheckedProps): void {
  const kept = seconds(storeRetention);
  if (kept === undefined || timeout?.isUnresolved()) return;
  const limit = workflowTimeout(steps, timeout).toSeconds();
  const window = SFN_REDRIVE_WINDOW.max as number;
  if (kept >= limit + window) return;
  findings.problems.push(
    `store retention must be at least ${limit + window} s, the timeout of ${limit} s and ${window} s in which a failed run can be redriven, ` +
      `got ${kept} s; raise it or lower the timeout`,
  );
}

function checkPinning(findings: Findings, steps: readonly StepNode[]): void {
  for (const node of allSteps(steps)) {
    if (node.calls !== undefined && underlyingFunction(node.calls) === undefined) {
      findings.problems.push(
        `pinCode needs functions that this app defines, got an imported one in step ${JSON.stringify(node.id)}; define it here or drop pinCode`,
      );
    }
  }
}
