import type { Quota, QuotaPage } from './quota';

const API: QuotaPage = {
  platform: 'AWS Lambda durable functions',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const LIMITS: QuotaPage = {
  platform: 'AWS Lambda durable functions',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const INVOKING: QuotaPage = {
  platform: 'AWS Lambda durable functions',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const MAPPINGS: QuotaPage = {
  platform: 'AWS Lambda durable functions',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking-esm.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const SDK: QuotaPage = {
  platform: 'AWS Lambda durable functions',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-sdk.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const DURABLE_EXECUTION_TIMEOUT: Quota = {
  ...API,
  id: 'durable.timeout',
  quantity: 'ExecutionTimeout',
  min: 1,
  max: 31_622_400,
  unit: 's',
  kind: 'hard',
};

export const DURABLE_RETENTION: Quota = {
  ...API,
  id: 'durable.retention',
  quantity: 'RetentionPeriodInDays',
  min: 1,
  max: 90,
  default: 14,
  unit: 'days',
  kind: 'hard',
  note: 'an early page of the China Regions says 1 to 365',
};

export const DURABLE_SYNC_TIMEOUT: Quota = {
  ...INVOKING,
  id: 'durable.timeout.sync',
  quantity: 'whole execution when invoked synchronously or by event source mapping',
  max: 900,
  unit: 's',
  kind: 'hard',
  note: 'longer work is invoked asynchronously',
};

export const DURABLE_ESM_MANAGED_TIMEOUT: Quota = {
  ...MAPPINGS,
  id: 'durable.timeout.esm.managed',
  quantity: 'whole execution by event source mapping on Managed Instances',
  max: 5_400,
  unit: 's',
  kind: 'hard',
};

export const DURABLE_INVOCATION_TIMEOUT: Quota = {
  ...INVOKING,
  id: 'durable.invocation',
  quantity: 'each invocation that an execution consists of',
  min: 1,
  max: 900,
  unit: 's',
  kind: 'hard',
  note: 'waits suspend the execution and cost no duration',
};

export const DURABLE_QUALIFIERS: Quota = {
  ...INVOKING,
  id: 'durable.creation',
  quantity: 'what a durable function is invoked by',
  values: ['version', 'alias', '$LATEST'],
  unit: '-',
  kind: 'fact',
  note: 'never the unqualified name; only enabled when the function is created; dead-letter queues yes, Lambda destinations no',
};

export const DURABLE_OPERATIONS: Quota = {
  ...LIMITS,
  id: 'durable.ops',
  quantity: 'operations of an execution',
  max: 3_000,
  unit: 'operations',
  kind: 'hard',
};

export const DURABLE_STORAGE: Quota = {
  ...LIMITS,
  id: 'durable.storage',
  quantity: 'data that an execution writes, all together',
  max: 100,
  unit: 'MB',
  kind: 'hard',
};

export const DURABLE_PAYLOAD: Quota = {
  ...API,
  id: 'durable.payload',
  quantity: 'payload of an operation, input or output',
  max: 6_291_456,
  unit: 'characters',
  kind: 'hard',
  note: 'binary payloads of operations 262,144 bytes; the payload that starts one asynchronously 1 MB',
};

export const DURABLE_CONTEXT_RESULT: Quota = {
  ...SDK,
  id: 'durable.ctx',
  quantity: 'result of a child context, map or parallel that is checkpointed itself',
  max: 262_144,
  unit: 'bytes',
  kind: 'hard',
  note: 'larger ones are computed again on replay',
};

export const DURABLE_RUNNING: Quota = {
  ...LIMITS,
  id: 'durable.running',
  quantity: 'running executions of an account in a Region',
  max: 5_000_000,
  unit: 'executions',
  kind: 'adjustable',
  note: '10,000,000 in us-east-1, us-west-2 and eu-west-1',
};

export const DURABLE_START_RATE: Quota = {
  ...LIMITS,
  id: 'durable.startrate',
  quantity: 'executions started',
  max: 300,
  unit: 'requests/s',
  kind: 'adjustable',
};

export const DURABLE_CHECKPOINT_RATE: Quota = {
  ...LIMITS,
  id: 'durable.checkpoint',
  quantity: 'CheckpointDurableExecution',
  max: 10_000,
  unit: 'requests/s',
  kind: 'adjustable',
  note: '20,000 in us-east-1, us-west-2 and eu-west-1',
};

export const DURABLE_CALLBACK_RATE: Quota = {
  ...LIMITS,
  id: 'durable.callback',
  quantity: 'SendDurableExecutionCallbackSuccess, -Failure and -Heartbeat, each',
  max: 3_000,
  unit: 'requests/s',
  kind: 'adjustable',
  note: '6,000 in us-east-1, us-west-2 and eu-west-1',
};

export const DURABLE_METERING: Quota = {
  ...SDK,
  id: 'durable.opcount',
  quantity: 'operations that each call counts for',
  values: [
    'execution 1',
    'step 1 + retries',
    'wait 1',
    'waitForCondition 1 + polls',
    'createCallback 1',
    'waitForCallback 3 + retries',
    'map and parallel 1 + branches',
    'runInChildContext 1',
    'promise 1',
  ],
  unit: 'operations',
  kind: 'fact',
};

/** Managed runtimes that can run durable functions; container images bring their own. */
export const DURABLE_RUNTIMES = {
  names: ['nodejs22.x', 'nodejs24.x', 'python3.13', 'python3.14', 'java17', 'java21', 'java25', 'dotnet8', 'dotnet10'] as readonly string[],
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/durable-supported-runtimes.html',
  checkedOn: '2026-11-24',
} as const;

export const DURABLE_MANAGED_RUNTIMES: Quota = {
  platform: 'AWS Lambda durable functions',
  source: DURABLE_RUNTIMES.source,
  checkedOn: DURABLE_RUNTIMES.checkedOn,
  confidence: 'confirmed',
  id: 'durable.runtimes',
  quantity: 'managed runtimes that can run durable functions',
  values: DURABLE_RUNTIMES.names,
  unit: '-',
  kind: 'fact',
  note: 'container images bring their own',
};
