import type { Quota } from './quota';

export const VERCEL_DURATION: Quota = {
  id: 'vercel.dur.pro',
  quantity: 'duration of a function (Pro and Enterprise)',
  max: 800,
  unit: 's',
  kind: 'hard',
  source: 'https://vercel.com/docs/functions/limitations',
  checkedOn: '2026-10-01',
  note: '1,800 s in beta; Hobby 300 s',
};

export const VERCEL_MEMORY: Quota = {
  id: 'vercel.mem',
  quantity: 'memory of a function (Pro and Enterprise)',
  max: 4,
  unit: 'GB',
  kind: 'hard',
  source: 'https://vercel.com/docs/functions/limitations',
  checkedOn: '2026-10-01',
};

export const VERCEL_BUNDLE: Quota = {
  id: 'vercel.bundle',
  quantity: 'uncompressed bundle',
  max: 250,
  unit: 'MB',
  kind: 'hard',
  source: 'https://vercel.com/docs/functions/limitations',
  checkedOn: '2026-10-01',
  note: 'Python 500 MB; 5 GB and container images in beta',
};

export const VERCEL_PAYLOAD: Quota = {
  id: 'vercel.payload',
  quantity: 'request and response body',
  max: 4.5,
  unit: 'MB',
  kind: 'hard',
  source: 'https://vercel.com/docs/functions/limitations',
  checkedOn: '2026-10-01',
};

export const VERCEL_CONCURRENCY: Quota = {
  id: 'vercel.conc',
  quantity: 'concurrency',
  max: 30_000,
  unit: 'executions',
  kind: 'adjustable',
  source: 'https://vercel.com/docs/functions/concurrency-scaling',
  checkedOn: '2026-10-01',
};

export const VERCEL_SCALING: Quota = {
  id: 'vercel.scaling',
  quantity: 'growth of the concurrency in 10 s, per region',
  max: 1000,
  unit: 'environments',
  kind: 'hard',
  source: 'https://vercel.com/docs/functions/concurrency-scaling',
  checkedOn: '2026-10-01',
};
