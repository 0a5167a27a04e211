import type { Quota, QuotaPage } from './quota';

const QUOTAS: QuotaPage = {
  platform: 'AWS Step Functions',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const TOOLKIT: QuotaPage = {
  platform: 'AWS Step Functions',
  source: 'https://github.com/aws/agent-toolkit-for-aws',
  checkedOn: '2026-08-20',
  confidence: 'confirmed',
};

const TASK: QuotaPage = {
  platform: 'AWS Step Functions',
  source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const SFN_RETENTION: Quota = {
  ...QUOTAS,
  id: 'sfn.retention',
  quantity: 'time that the history of a closed execution is kept',
  min: 30,
  max: 90,
  default: 90,
  unit: 'days',
  kind: 'adjustable',
  note: 'only downwards',
};

export const SFN_REQUEST: Quota = {
  ...QUOTAS,
  id: 'sfn.request',
  quantity: 'request to the API',
  max: 1_048_576,
  unit: 'bytes',
  kind: 'hard',
};

export const SFN_START_STANDARD: Quota = {
  ...QUOTAS,
  id: 'sfn.start.std',
  quantity: 'StartExecution of Standard state machines',
  max: 300,
  unit: 'requests/s',
  kind: 'adjustable',
  note: 'in us-east-1, us-west-2 and eu-west-1, with a bucket of 1,300; 150 and 800 elsewhere',
};

export const SFN_START_STANDARD_BUCKET: Quota = {
  ...QUOTAS,
  id: 'sfn.start.std.bucket',
  quantity: 'burst of StartExecution of Standard state machines',
  max: 1_300,
  unit: 'requests',
  kind: 'adjustable',
  note: 'in us-east-1, us-west-2 and eu-west-1; 800 elsewhere',
};

export const SFN_START_EXPRESS: Quota = {
  ...QUOTAS,
  id: 'sfn.start.exp',
  quantity: 'StartExecution of Express state machines',
  max: 6_000,
  unit: 'requests/s',
  kind: 'adjustable',
};

export const SFN_TRANSITIONS: Quota = {
  ...QUOTAS,
  id: 'sfn.transition',
  quantity: 'state transitions of Standard executions',
  max: 5_000,
  unit: 'transitions/s',
  kind: 'adjustable',
  note: 'in us-east-1, us-west-2 and eu-west-1; 800 elsewhere; new accounts lower; Express has none',
};

export const SFN_OPEN_EXECUTIONS: Quota = {
  ...QUOTAS,
  id: 'sfn.open',
  quantity: 'open Standard executions of an account',
  max: 1_000_000,
  unit: 'executions',
  kind: 'adjustable',
};

export const SFN_OPEN_MAP_RUNS: Quota = {
  ...QUOTAS,
  id: 'sfn.mapruns',
  quantity: 'open Map Runs of an account',
  max: 1_000,
  unit: 'runs',
  kind: 'hard',
};

export const SFN_TASK_TOKEN: Quota = {
  ...TASK,
  id: 'sfn.token',
  quantity: 'length of a task token',
  min: 1,
  max: 2_048,
  unit: 'characters',
  kind: 'hard',
  note: 'it is waited for as long as the execution may last',
};

export const SFN_CALLBACK_RATE: Quota = {
  ...QUOTAS,
  id: 'sfn.callback',
  quantity: 'SendTaskSuccess, -Failure and -Heartbeat, each',
  max: 500,
  unit: 'requests/s',
  kind: 'adjustable',
  note: 'in us-east-1, us-west-2 and eu-west-1, with a bucket of 3,000; 300 and 1,500 elsewhere',
};

export const SFN_HTTP_TASK: Quota = {
  ...QUOTAS,
  id: 'sfn.http',
  quantity: 'HTTP Task',
  max: 60,
  unit: 's',
  kind: 'hard',
};

export const SFN_EXPRESS_EXCLUSIONS: Quota = {
  ...TOOLKIT,
  id: 'sfn.express.excl',
  quantity: 'what Express state machines lack',
  values: ['.sync', '.waitForTaskToken', 'Distributed Map', 'activities', 'redrive'],
  unit: '-',
  kind: 'fact',
};
