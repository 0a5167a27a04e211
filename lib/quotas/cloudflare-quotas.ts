import type { Quota, QuotaPage } from './quota';

const WORKERS: QuotaPage = {
  platform: 'Cloudflare Workers',
  source: 'https://developers.cloudflare.com/workers/platform/limits/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const WORKFLOWS: QuotaPage = {
  platform: 'Cloudflare Workflows',
  source: 'https://developers.cloudflare.com/workflows/reference/limits/',
  checkedOn: '2026-06-15',
  confidence: 'confirmed',
};

const CONTAINERS: QuotaPage = {
  platform: 'Cloudflare Containers',
  source: 'https://developers.cloudflare.com/containers/platform-details/limits/',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

export const CLOUDFLARE_CPU: Quota = {
  ...WORKERS,
  id: 'cf.cpu',
  quantity: 'CPU time of a request, paid plan',
  max: 300,
  default: 30,
  unit: 's',
  kind: 'hard',
  note: '10 ms on the free plan; wall time is unlimited while the client is connected',
};

export const CLOUDFLARE_EVENT_DURATION: Quota = {
  ...WORKERS,
  id: 'cf.event',
  quantity: 'wall time of a cron, queue or alarm handler',
  max: 900,
  unit: 's',
  kind: 'hard',
};

export const CLOUDFLARE_MEMORY: Quota = {
  ...WORKERS,
  id: 'cf.mem',
  quantity: 'memory of an isolate',
  max: 128,
  unit: 'MB',
  kind: 'hard',
};

export const CLOUDFLARE_SIZE: Quota = {
  ...WORKERS,
  id: 'cf.size',
  quantity: 'size of a Worker',
  max: 64,
  unit: 'MiB',
  kind: 'hard',
  note: 'other pages still say 3 MB compressed on the free plan and 10 MB on the paid one',
};

export const CLOUDFLARE_SUBREQUESTS: Quota = {
  ...WORKERS,
  id: 'cf.subreq',
  quantity: 'subrequests of a request, paid plan',
  max: 10_000,
  unit: 'requests',
  kind: 'configurable',
  note: '50 on the free plan',
};

export const CLOUDFLARE_BODY: Quota = {
  ...WORKERS,
  id: 'cf.body',
  quantity: 'request body, free and Pro plans',
  max: 100,
  unit: 'MB',
  kind: 'hard',
  note: 'Business 200 MB, Enterprise up to 5 GB',
};

export const CLOUDFLARE_STARTUP: Quota = {
  ...WORKERS,
  id: 'cf.startup',
  quantity: 'startup time of a Worker',
  max: 1,
  unit: 's',
  kind: 'hard',
  note: '128 environment variables of 5 KB; six connections',
};

export const CLOUDFLARE_WORKFLOW_STEPS: Quota = {
  ...WORKFLOWS,
  id: 'cfw.steps',
  quantity: 'steps of a workflow, paid plan',
  min: 1,
  max: 25_000,
  default: 10_000,
  unit: 'steps',
  kind: 'hard',
  note: '1,024 on the free plan',
};

export const CLOUDFLARE_WORKFLOW_INSTANCES: Quota = {
  ...WORKFLOWS,
  id: 'cfw.conc',
  quantity: 'concurrent instances, paid plan',
  max: 50_000,
  unit: 'instances',
  kind: 'hard',
  note: '300 created a second in an account, 100 of one workflow',
};

export const CLOUDFLARE_WORKFLOW_EVENT: Quota = {
  ...WORKFLOWS,
  id: 'cfw.state',
  quantity: 'event payload, and result of a step',
  max: 1,
  unit: 'MiB',
  kind: 'hard',
};

export const CLOUDFLARE_WORKFLOW_STATE: Quota = {
  ...WORKFLOWS,
  id: 'cfw.state.instance',
  quantity: 'state of an instance, paid plan',
  max: 1,
  unit: 'GB',
  kind: 'hard',
  note: '100 MB on the free plan',
};

export const CLOUDFLARE_WORKFLOW_SLEEP: Quota = {
  ...WORKFLOWS,
  id: 'cfw.sleep',
  quantity: 'step.sleep',
  max: 31_536_000,
  unit: 's',
  kind: 'hard',
  note: 'wall time is unlimited; kept for 7 days, at most 30',
};

export const CLOUDFLARE_WORKFLOW_CPU: Quota = {
  ...WORKFLOWS,
  id: 'cfw.cpu',
  quantity: 'CPU time of a step',
  max: 300,
  default: 30,
  unit: 's',
  kind: 'hard',
};

export const CLOUDFLARE_CONTAINER_VCPUS: Quota = {
  ...CONTAINERS,
  id: 'cfc.vcpu',
  quantity: 'vCPUs of a container',
  min: 0.0625,
  max: 4,
  values: ['lite', 'basic', 'standard-1', 'standard-2', 'standard-3', 'standard-4'],
  unit: 'vCPU',
  kind: 'hard',
  note: 'no GPU; starts in 1 to 3 s; 15 min after SIGTERM',
};

export const CLOUDFLARE_CONTAINER_MEMORY: Quota = {
  ...CONTAINERS,
  id: 'cfc.size',
  quantity: 'memory of a container',
  min: 0.25,
  max: 12,
  unit: 'GiB',
  kind: 'hard',
  note: 'lite to standard-4',
};

export const CLOUDFLARE_CONTAINER_DISK: Quota = {
  ...CONTAINERS,
  id: 'cfc.disk',
  quantity: 'disk of a container',
  min: 2,
  max: 20,
  unit: 'GB',
  kind: 'hard',
  note: 'lost when it stops',
};
