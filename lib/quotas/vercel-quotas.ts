import type { Quota, QuotaPage } from './quota';

const LIMITS: QuotaPage = {
  platform: 'Vercel Functions',
  source: 'https://vercel.com/docs/functions/limitations',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const SCALING: QuotaPage = {
  platform: 'Vercel Functions',
  source: 'https://vercel.com/docs/functions/concurrency-scaling',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const RUNTIMES: QuotaPage = {
  platform: 'Vercel Functions',
  source: 'https://vercel.com/docs/functions/runtimes',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const EDGE: QuotaPage = {
  platform: 'Vercel Functions',
  source: 'https://vercel.com/docs/functions/runtimes/edge',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const WORKFLOW: QuotaPage = {
  platform: 'Vercel Workflow',
  source: 'https://vercel.com/docs/workflow/pricing',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

export const VERCEL_DURATION_HOBBY: Quota = {
  ...LIMITS,
  id: 'vercel.dur.hobby',
  quantity: 'function on Hobby',
  min: 1,
  max: 300,
  default: 300,
  unit: 's',
  kind: 'hard',
  note: 'without Fluid compute 60, by default 10',
};

export const VERCEL_DURATION: Quota = {
  ...LIMITS,
  id: 'vercel.dur.pro',
  quantity: 'function on Pro and Enterprise',
  min: 1,
  max: 800,
  default: 300,
  unit: 's',
  kind: 'hard',
  note: '1,800 in beta, for selected runtimes and not with static addresses; without Fluid compute 300 on Pro, 900 on Enterprise',
};

export const VERCEL_MEMORY_HOBBY: Quota = {
  ...LIMITS,
  id: 'vercel.mem.hobby',
  quantity: 'memory of a function on Hobby',
  max: 2,
  unit: 'GB',
  kind: 'hard',
  note: '1 vCPU',
};

export const VERCEL_MEMORY: Quota = {
  ...LIMITS,
  id: 'vercel.mem',
  quantity: 'memory of a function on Pro and Enterprise',
  max: 4,
  unit: 'GB',
  kind: 'hard',
  note: '2 vCPUs',
};

export const VERCEL_BUNDLE: Quota = {
  ...LIMITS,
  id: 'vercel.bundle',
  quantity: 'bundle of a function, uncompressed',
  max: 250,
  unit: 'MB',
  kind: 'hard',
  note: 'Python 500 MB; larger functions and container images in beta',
};

export const VERCEL_PAYLOAD: Quota = {
  ...LIMITS,
  id: 'vercel.payload',
  quantity: 'request or response body',
  max: 4.5,
  unit: 'MB',
  kind: 'hard',
  note: '413 FUNCTION_PAYLOAD_TOO_LARGE',
};

export const VERCEL_CONCURRENCY: Quota = {
  ...SCALING,
  id: 'vercel.conc',
  quantity: 'concurrent invocations',
  max: 30_000,
  unit: 'executions',
  kind: 'adjustable',
  note: '100,000 and more on Enterprise',
};

export const VERCEL_SCALING: Quota = {
  ...SCALING,
  id: 'vercel.scaling',
  quantity: 'growth of the concurrency in 10 s, in a region',
  max: 1_000,
  unit: 'environments',
  kind: 'hard',
};

export const VERCEL_TMP: Quota = {
  ...RUNTIMES,
  id: 'vercel.tmp',
  quantity: '/tmp',
  max: 500,
  unit: 'MB',
  kind: 'hard',
  note: '1,024 file descriptors; 500 ms after SIGTERM',
};

export const VERCEL_EDGE_FIRST_BYTE: Quota = {
  ...EDGE,
  id: 'vercel.edge',
  quantity: 'time in which an edge function must begin to answer',
  max: 25,
  unit: 's',
  kind: 'hard',
};

export const VERCEL_EDGE_STREAM: Quota = {
  ...EDGE,
  id: 'vercel.edge.stream',
  quantity: 'stream of an edge function',
  max: 300,
  unit: 's',
  kind: 'hard',
};

export const VERCEL_WORKFLOW_RUN: Quota = {
  ...WORKFLOW,
  id: 'vercel.workflow',
  quantity: 'length of a workflow run',
  values: ['unlimited'],
  unit: '-',
  kind: 'fact',
  note: 'billed by steps or events and by storage',
};
