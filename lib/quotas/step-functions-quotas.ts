import type { Quota, QuotaPage } from './quota';

const QUOTAS: QuotaPage = {
  platform: 'AWS Step Functions',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const VARIABLES: QuotaPage = {
  platform: 'AWS Step Functions',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const TOOLKIT: QuotaPage = {
  platform: 'AWS Step Functions',
  source: 'https://github.com/aws/agent-toolkit-for-aws',
  checkedOn: '2026-08-20',
  confidence: 'confirmed',
};

const REDRIVE: QuotaPage = {
  platform: 'AWS Step Functions',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const START: QuotaPage = {
  platform: 'AWS Step Functions',
  source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const RETRY: QuotaPage = {
  platform: 'AWS Step Functions',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const SFN_STANDARD_DURATION: Quota = {
  ...QUOTAS,
  id: 'sfn.std.duration',
  quantity: 'Standard execution',
  max: 31_536_000,
  unit: 's',
  kind: 'hard',
};

export const SFN_EXPRESS_DURATION: Quota = {
  ...QUOTAS,
  id: 'sfn.exp.duration',
  quantity: 'Express execution',
  max: 300,
  unit: 's',
  kind: 'hard',
};

export const SFN_PAYLOAD: Quota = {
  ...QUOTAS,
  id: 'sfn.payload',
  quantity: 'task, state and execution input or output, UTF-8 JSON',
  max: 262_144,
  unit: 'bytes',
  kind: 'hard',
  note: 'States.DataLimitExceeded is not caught by States.ALL',
};

export const SFN_VARIABLES: Quota = {
  ...VARIABLES,
  id: 'sfn.variables',
  quantity: 'all variables of an execution',
  max: 10_485_760,
  unit: 'bytes',
  kind: 'hard',
  note: 'one variable, and all that one Assign assigns, at most 256 KiB',
};

export const SFN_HISTORY: Quota = {
  ...QUOTAS,
  id: 'sfn.history',
  quantity: 'history events of a Standard execution',
  max: 25_000,
  unit: 'events',
  kind: 'hard',
  note: 'Express has none; children of a Distributed Map have their own',
};

export const SFN_DEFINITION: Quota = {
  ...QUOTAS,
  id: 'sfn.definition',
  quantity: 'state machine definition',
  max: 1_048_576,
  unit: 'bytes',
  kind: 'hard',
};

export const SFN_INLINE_MAP_CONCURRENCY: Quota = {
  ...TOOLKIT,
  id: 'sfn.map.inline',
  quantity: 'iterations of an inline Map at once',
  max: 40,
  unit: 'iterations',
  kind: 'hard',
};

export const SFN_DISTRIBUTED_MAP_CONCURRENCY: Quota = {
  ...QUOTAS,
  id: 'sfn.map.dist',
  quantity: 'child executions of a Distributed Map at once',
  max: 10_000,
  unit: 'executions',
  kind: 'hard',
  note: 'started at up to 1,000 a second as Express, 100 as Standard; Standard parents only',
};

export const SFN_REDRIVE_WINDOW: Quota = {
  ...REDRIVE,
  id: 'sfn.redrive',
  quantity: 'time in which a failed Standard execution can be redriven',
  max: 1_209_600,
  unit: 's',
  kind: 'hard',
};

export const SFN_NAME_REUSE: Quota = {
  ...START,
  id: 'sfn.name.reuse',
  quantity: 'time after which the name of a closed Standard execution is free again',
  max: 7_776_000,
  unit: 's',
  kind: 'hard',
};

export const SFN_NAME: Quota = {
  ...QUOTAS,
  id: 'sfn.name',
  quantity: 'length of a state name, of a state machine name and of an execution name',
  min: 1,
  max: 80,
  unit: 'characters',
  kind: 'hard',
};

export const SFN_RETRY_ATTEMPTS: Quota = {
  ...RETRY,
  id: 'sfn.retry.attempts',
  quantity: 'MaxAttempts of a retrier',
  min: 0,
  max: 99_999_999,
  default: 3,
  unit: 'attempts',
  kind: 'hard',
};

export const SFN_RETRY_INTERVAL: Quota = {
  ...RETRY,
  id: 'sfn.retry.interval',
  quantity: 'IntervalSeconds of a retrier',
  min: 1,
  max: 99_999_999,
  default: 1,
  unit: 's',
  kind: 'hard',
};

export const SFN_RETRY_MAX_DELAY: Quota = {
  ...RETRY,
  id: 'sfn.retry.delay',
  quantity: 'MaxDelaySeconds of a retrier',
  min: 2,
  max: 31_622_399,
  unit: 's',
  kind: 'hard',
};

export const SFN_BACKOFF_RATE: Quota = {
  ...RETRY,
  id: 'sfn.retry.backoff',
  quantity: 'BackoffRate of a retrier',
  min: 1,
  default: 2,
  unit: 'times',
  kind: 'hard',
};
