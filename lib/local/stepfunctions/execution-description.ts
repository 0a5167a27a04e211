import { type ExecutionRecord, whyNotRedrivable } from './execution-record';

/** Seconds, as the JSON protocol writes points in time. */
export function epoch(date: Date | undefined): number | undefined {
  return date === undefined ? undefined : date.getTime() / 1000;
}

/** What tells executions apart and how they went, as both ListExecutions and DescribeExecution say it. */
export function listItem(record: ExecutionRecord): Record<string, unknown> {
  return {
    executionArn: record.executionArn,
    stateMachineArn: record.machine.arn,
    stateMachineAliasArn: record.aliasArn,
    stateMachineVersionArn: record.versionArn,
    name: record.name,
    status: record.execution.status,
    startDate: epoch(record.startDate),
    stopDate: epoch(record.stopDate),
    redriveCount: record.redriveCount,
    redriveDate: epoch(record.redriveDate),
  };
}

/** The answer of DescribeExecution. */
export function describeExecution(record: ExecutionRecord, now: number, withData = true): Record<string, unknown> {
  const { closed } = record;
  const reason = whyNotRedrivable(record, now);
  return {
    ...listItem(record),
    ...(withData && payloads(record)),
    error: closed?.error,
    cause: withData ? closed?.cause : undefined,
    redriveStatus: reason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    redriveStatusReason: reason,
  };
}

export function payloads({ input, closed }: Pick<ExecutionRecord, 'input' | 'closed'>): Record<string, unknown> {
  const included = { included: true };
  return {
    input: JSON.stringify(input),
    inputDetails: included,
    ...(closed?.status === 'SUCCEEDED' && { output: JSON.stringify(closed.output), outputDetails: included }),
  };
}
