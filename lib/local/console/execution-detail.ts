import type { Deployment } from '../deployment';
import { drawSvg } from '../drawing/draw-machine';
import { machineGraph, stepsOfParts } from '../drawing/machine-graph';
import { stateStatuses } from '../drawing/state-status';
import { whyNotRedrivable } from '../stepfunctions/execution-record';
import type { StateMachineModel } from '../stepfunctions/state-machine-model';
import { AttemptLogs } from './attempt-logs';
import { openQuestions } from './open-questions';
import { executionLine, shortPath } from './overview';
import { stepVisits } from './step-visits';

/** The newest visits of a history that are told in full. */
const NEWEST_VISITS = 500;

/** One execution with its steps, their attempts and what it waits for. */
export function executionDetail(deployment: Deployment, executionArn: string): object {
  const record = deployment.executions.get(executionArn);
  const { execution, machine, outline } = record;
  const { block } = deployment.executions.machines.definitionOf(machine);
  const visits = stepVisits(execution.history);
  const logs = new AttemptLogs(deployment.lambda);
  const whyNot = whyNotRedrivable(record, deployment.clock.now());
  const steps = visits.map((visit) => ({
    ...visit,
    part: outline.get(visit.name)?.part === true,
    attempts: visit.attempts.map((attempt) => ({ ...attempt, run: logs.runOf(attempt) })),
  }));
  const { output, error, cause } = record.closed ?? {};
  return {
    ...executionLine(record),
    workflow: shortPath(machine.path),
    workflowArn: machine.aliasArns[0] ?? machine.arn,
    input: record.input,
    output,
    error,
    cause,
    ...(whyNot === undefined ? { redrivable: true } : { redrivable: false, whyNotRedrivable: whyNot }),
    events: execution.history.length,
    statuses: Object.fromEntries(stateStatuses(execution.history, stepsOfParts(block))),
    steps: steps.slice(-NEWEST_VISITS),
    leftOut: Math.max(0, steps.length - NEWEST_VISITS),
    questions: openQuestions(deployment, record, visits),
  };
}

const drawings = new Map<string, string>();

/** The drawing of a workflow without any run, drawn once. */
export function workflowDrawing({ executions }: Deployment, machine: StateMachineModel): string {
  const { definition } = machine;
  const known = drawings.get(definition);
  if (known !== undefined) return known;
  const drawn = drawSvg(machineGraph(executions.machines.definitionOf(machine).block), new Map());
  drawings.set(definition, drawn);
  return drawn;
}
