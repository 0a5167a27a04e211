import type { Quota } from './quota';

export const CLOUDFLARE_CPU: Quota = {
  id: 'cf.cpu',
  quantity: 'CPU time of a request (Paid)',
  max: 300,
  unit: 's',
  kind: 'hard',
  source: 'https://developers.cloudflare.com/workers/platform/limits/',
  checkedOn: '2026-11-24',
  note: '30 s by default; the wall clock is not limited while the client is connected',
};

export const CLOUDFLARE_MEMORY: Quota = {
  id: 'cf.mem',
  quantity: 'memory of an isolate',
  max: 128,
  unit: 'MB',
  kind: 'hard',
  source: 'https://developers.cloudflare.com/workers/platform/limits/',
  checkedOn: '2026-11-24',
};

export const CLOUDFLARE_SIZE: Quota = {
  id: 'cf.size',
  quantity: 'size of a Worker',
  max: 64,
  unit: 'MiB',
  kind: 'hard',
  source: 'https://developers.cloudflare.com/workers/platform/limits/',
  checkedOn: '2026-11-24',
};

export const CLOUDFLARE_BODY: Quota = {
  id: 'cf.body',
  quantity: 'request body (Pro)',
  max: 100,
  unit: 'MB',
  kind: 'hard',
  source: 'https://developers.cloudflare.com/workers/platform/limits/',
  checkedOn: '2026-11-24',
  note: 'Business 200 MB, Enterprise up to 5 GB',
};

export const CLOUDFLARE_EVENT_DURATION: Quota = {
  id: 'cf.event',
  quantity: 'wall clock of a cron, queue or alarm event',
  max: 900,
  unit: 's',
  kind: 'hard',
  source: 'https://developers.cloudflare.com/workers/platform/limits/',
  checkedOn: '2026-11-24',
};

export const CLOUDFLARE_WORKFLOW_STEPS: Quota = {
  id: 'cfw.steps',
  quantity: 'steps of a workflow (Paid)',
  max: 25_000,
  default: 10_000,
  unit: 'steps',
  kind: 'hard',
  source: 'https://developers.cloudflare.com/workflows/reference/limits/',
  checkedOn: '2026-06-15',
};

export const CLOUDFLARE_WORKFLOW_EVENT: Quota = {
  id: 'cfw.state',
  quantity: 'event payload and step result of a workflow',
  max: 1,
  unit: 'MiB',
  kind: 'hard',
  source: 'https://developers.cloudflare.com/workflows/reference/limits/',
  checkedOn: '2026-06-15',
};

export const CLOUDFLARE_CONTAINER_MEMORY: Quota = {
  id: 'cfc.size',
  quantity: 'memory of a container (standard-4)',
  max: 12,
  unit: 'GiB',
  kind: 'hard',
  source: 'https://developers.cloudflare.com/containers/platform-details/limits/',
  checkedOn: '2026-10-01',
};

export const CLOUDFLARE_CONTAINER_DISK: Quota = {
  id: 'cfc.disk',
  quantity: 'disk of a container (standard-4)',
  max: 20,
  unit: 'GB',
  kind: 'hard',
  source: 'https://developers.cloudflare.com/containers/platform-details/limits/',
  checkedOn: '2026-10-01',
};
