import type { Quota } from './quota';

export const DURABLE_EXECUTION_TIMEOUT: Quota = {
  id: 'durable.timeout',
  quantity: 'ExecutionTimeout',
  min: 1,
  max: 31_622_400,
  unit: 's',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

export const DURABLE_RETENTION: Quota = {
  id: 'durable.retention',
  quantity: 'RetentionPeriodInDays',
  min: 1,
  max: 90,
  default: 14,
  unit: 'days',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

export const DURABLE_SYNC_TIMEOUT: Quota = {
  id: 'durable.timeout.sync',
  quantity: 'whole execution when invoked synchronously or by event source mapping',
  max: 900,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html',
  checkedOn: '2026-11-24',
};

/** Managed runtimes that can run durable functions; container images bring their own. */
export const DURABLE_RUNTIMES = {
  names: ['nodejs22.x', 'nodejs24.x', 'python3.13', 'python3.14', 'java17', 'java21', 'java25', 'dotnet8', 'dotnet10'] as readonly string[],
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html',
  checkedOn: '2026-11-24',
} as const;

export const DURABLE_OPERATIONS: Quota = {
  id: 'durable.ops',
  quantity: 'operations of an execution',
  max: 3000,
  unit: 'operations',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};
