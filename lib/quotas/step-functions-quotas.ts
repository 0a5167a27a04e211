import type { Quota } from './quota';

export const SFN_STANDARD_DURATION: Quota = {
  id: 'sfn.std.duration',
  quantity: 'Standard max duration',
  max: 31_536_000,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  checkedOn: '2026-11-24',
};

export const SFN_EXPRESS_DURATION: Quota = {
  id: 'sfn.exp.duration',
  quantity: 'Express max duration',
  max: 300,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  checkedOn: '2026-11-24',
};

export const SFN_PAYLOAD: Quota = {
  id: 'sfn.payload',
  quantity: 'task, state and execution input or output, UTF-8 JSON',
  max: 262_144,
  unit: 'bytes',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  checkedOn: '2026-11-24',
  note: 'States.DataLimitExceeded is not caught by States.ALL',
};

export const SFN_VARIABLES: Quota = {
  id: 'sfn.variables',
  quantity: 'all variables of an execution',
  max: 10_485_760,
  unit: 'bytes',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html',
  checkedOn: '2026-11-24',
  note: 'one variable, and all that one Assign assigns, at most 256 KiB',
};

export const SFN_HISTORY: Quota = {
  id: 'sfn.history',
  quantity: 'history events per Standard execution',
  max: 25_000,
  unit: 'events',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  checkedOn: '2026-11-24',
};

export const SFN_DEFINITION: Quota = {
  id: 'sfn.definition',
  quantity: 'state machine definition',
  max: 1_048_576,
  unit: 'bytes',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

export const SFN_INLINE_MAP_CONCURRENCY: Quota = {
  id: 'sfn.map.inline',
  quantity: 'inline Map concurrency',
  max: 40,
  unit: 'iterations',
  kind: 'hard',
  source: 'https://github.com/aws/agent-toolkit-for-aws',
  checkedOn: '2026-11-24',
};

export const SFN_DISTRIBUTED_MAP_CONCURRENCY: Quota = {
  id: 'sfn.map.dist',
  quantity: 'Distributed Map parallel children',
  max: 10_000,
  unit: 'executions',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  checkedOn: '2026-11-24',
};

export const SFN_REDRIVE_WINDOW: Quota = {
  id: 'sfn.redrive',
  quantity: 'time in which a failed Standard execution can be redriven',
  max: 1_209_600,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html',
  checkedOn: '2026-11-24',
};

export const SFN_NAME_REUSE: Quota = {
  id: 'sfn.name.reuse',
  quantity: 'time after which the name of a closed Standard execution is free again',
  max: 7_776_000,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html',
  checkedOn: '2026-11-24',
};

export const SFN_NAME: Quota = {
  id: 'sfn.name',
  quantity: 'length of a state name, of a state machine name and of an execution name',
  min: 1,
  max: 80,
  unit: 'characters',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  checkedOn: '2026-11-24',
};

export const SFN_RETRY_ATTEMPTS: Quota = {
  id: 'sfn.retry.attempts',
  quantity: 'MaxAttempts of a retrier',
  min: 0,
  max: 99_999_999,
  default: 3,
  unit: 'attempts',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  checkedOn: '2026-11-24',
};

export const SFN_RETRY_INTERVAL: Quota = {
  id: 'sfn.retry.interval',
  quantity: 'IntervalSeconds of a retrier',
  min: 1,
  max: 99_999_999,
  default: 1,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  checkedOn: '2026-11-24',
};

export const SFN_RETRY_MAX_DELAY: Quota = {
  id: 'sfn.retry.delay',
  quantity: 'MaxDelaySeconds of a retrier',
  min: 2,
  max: 31_622_399,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  checkedOn: '2026-11-24',
};

export const SFN_BACKOFF_RATE: Quota = {
  id: 'sfn.retry.backoff',
  quantity: 'BackoffRate of a retrier',
  min: 1,
  default: 2,
  unit: 'times',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  checkedOn: '2026-11-24',
};
