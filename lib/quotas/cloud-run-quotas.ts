import type { Quota } from './quota';

export const CLOUD_RUN_TIMEOUT: Quota = {
  id: 'run.timeout',
  quantity: 'request timeout',
  max: 3600,
  default: 300,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.cloud.google.com/run/docs/configuring/request-timeout',
  checkedOn: '2026-10-01',
};

export const CLOUD_RUN_JOB_TIMEOUT: Quota = {
  id: 'run.jobs',
  quantity: 'task timeout of a job',
  max: 604_800,
  default: 600,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.cloud.google.com/run/docs/configuring/task-timeout',
  checkedOn: '2026-10-01',
};

export const CLOUD_RUN_MEMORY: Quota = {
  id: 'run.mem',
  quantity: 'memory of an instance',
  max: 32,
  unit: 'GiB',
  kind: 'hard',
  source: 'https://docs.cloud.google.com/run/quotas',
  checkedOn: '2026-10-01',
};

export const CLOUD_RUN_BODY: Quota = {
  id: 'run.body',
  quantity: 'HTTP/1 request and response',
  max: 32,
  unit: 'MiB',
  kind: 'hard',
  source: 'https://docs.cloud.google.com/run/quotas',
  checkedOn: '2026-10-01',
  note: 'no limit with HTTP/2',
};
