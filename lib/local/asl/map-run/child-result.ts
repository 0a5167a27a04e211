import type { ChildExecution } from './child-execution';

/** A child as the files of ResultWriter tell of it. Keys are in the order in which AWS writes them. */
export function resultOf(child: ChildExecution): Readonly<Record<string, unknown>> {
  const { identity, result, status, redriveCount, startDate, stopDate } = child;
  const started = status !== 'PENDING';
  const failed = started && status !== 'SUCCEEDED';
  return {
    ...(failed && result?.cause !== undefined && { Cause: result.cause }),
    ...(failed && result?.error !== undefined && { Error: result.error }),
    ExecutionArn: identity.arn,
    Input: JSON.stringify(identity.input),
    InputDetails: { Included: true },
    Name: identity.name,
    ...(status === 'SUCCEEDED' && { Output: JSON.stringify(result?.output) }),
    ...(started && { OutputDetails: { Included: true }, RedriveCount: redriveCount, ...redriveOf(child) }),
    ...(startDate !== undefined && { StartDate: startDate.toISOString() }),
    StateMachineArn: identity.stateMachineArn,
    Status: status,
    ...(stopDate !== undefined && { StopDate: stopDate.toISOString() }),
  };
}

function redriveOf({ status }: ChildExecution): Readonly<Record<string, string>> {
  if (status !== 'SUCCEEDED') return { RedriveStatus: 'REDRIVABLE_BY_MAP_RUN' };
  return { RedriveStatus: 'NOT_REDRIVABLE', RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven' };
}
