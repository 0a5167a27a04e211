import type { Quota, QuotaPage } from './quota';

const TIMEOUT: QuotaPage = {
  platform: 'Google Cloud Run',
  source: 'https://docs.cloud.google.com/run/docs/configuring/request-timeout',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const QUOTAS: QuotaPage = {
  platform: 'Google Cloud Run',
  source: 'https://docs.cloud.google.com/run/quotas',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const GPU: QuotaPage = {
  platform: 'Google Cloud Run',
  source: 'https://docs.cloud.google.com/run/docs/configuring/services/gpu',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const CONCURRENCY: QuotaPage = {
  platform: 'Google Cloud Run',
  source: 'https://docs.cloud.google.com/run/docs/about-concurrency',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const JOBS: QuotaPage = {
  platform: 'Google Cloud Run',
  source: 'https://docs.cloud.google.com/run/docs/configuring/task-timeout',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const AUTOSCALING: QuotaPage = {
  platform: 'Google Cloud Run',
  source: 'https://docs.cloud.google.com/run/docs/about-instance-autoscaling',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

export const CLOUD_RUN_TIMEOUT: Quota = {
  ...TIMEOUT,
  id: 'run.timeout',
  quantity: 'request',
  min: 1,
  max: 3_600,
  default: 300,
  unit: 's',
  kind: 'hard',
  note: 'WebSockets as well',
};

export const CLOUD_RUN_MEMORY: Quota = {
  ...QUOTAS,
  id: 'run.mem',
  quantity: 'memory of an instance',
  max: 32,
  unit: 'GiB',
  kind: 'hard',
  note: 'each number of vCPUs has its own range: 4 have 2 to 16, 6 have 4 to 24, 8 have 4 to 32',
};

export const CLOUD_RUN_VCPUS: Quota = {
  ...QUOTAS,
  id: 'run.vcpu',
  quantity: 'vCPUs of an instance',
  max: 8,
  unit: 'vCPU',
  kind: 'hard',
};

export const CLOUD_RUN_GPU: Quota = {
  ...GPU,
  id: 'run.gpu',
  quantity: 'GPUs of an instance',
  min: 0,
  max: 1,
  default: 0,
  values: ['NVIDIA L4 24 GB', 'NVIDIA RTX PRO 6000 96 GB'],
  unit: 'GPU',
  kind: 'hard',
  note: 'at least 4 vCPUs and 16 GiB with an L4; billed by instance; scales to zero',
};

export const CLOUD_RUN_CONCURRENCY: Quota = {
  ...CONCURRENCY,
  id: 'run.conc',
  quantity: 'requests of an instance at once',
  min: 1,
  max: 1_000,
  default: 80,
  unit: 'requests',
  kind: 'configurable',
  note: '80 for each vCPU by default',
};

export const CLOUD_RUN_BODY: Quota = {
  ...QUOTAS,
  id: 'run.body',
  quantity: 'request or response over HTTP/1',
  max: 32,
  unit: 'MiB',
  kind: 'hard',
  note: 'none over HTTP/2',
};

export const CLOUD_RUN_JOB_TIMEOUT: Quota = {
  ...JOBS,
  id: 'run.jobs',
  quantity: 'task of a job',
  min: 1,
  max: 604_800,
  default: 600,
  unit: 's',
  kind: 'hard',
  note: '3,600 with a GPU',
};

export const CLOUD_RUN_IDLE: Quota = {
  ...AUTOSCALING,
  id: 'run.idle',
  quantity: 'time that an idle instance is kept',
  max: 900,
  unit: 's',
  kind: 'observed',
  note: 'no minimum of instances by default; 10 s after SIGTERM',
};

export const CLOUD_RUN_INSTANCES: Quota = {
  ...AUTOSCALING,
  id: 'run.instances',
  quantity: 'instances of a service',
  max: 100,
  unit: 'instances',
  kind: 'configurable',
};
