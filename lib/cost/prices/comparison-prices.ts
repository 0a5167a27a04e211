import { type PriceSource, pricesOf } from './define-price';

const CLOUDFLARE: PriceSource = {
  service: 'Cloudflare',
  source: 'https://developers.cloudflare.com/workers/platform/pricing/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const VERCEL: PriceSource = {
  service: 'Vercel',
  source: 'https://vercel.com/docs/functions/usage-and-pricing',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const CLOUD_RUN: PriceSource = {
  service: 'Cloud Run',
  source: 'https://cloud.google.com/run/pricing',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const WORKERS = pricesOf('global', CLOUDFLARE, {
  'cloudflare.plan': { item: 'Workers Paid plan', unit: 'month', usd: 5 },
  'cloudflare.requests': { item: 'requests of Workers', unit: 'request', usd: [{ upTo: 10e6, usd: 0 }, { usd: 0.3e-6 }] },
  'cloudflare.cpu': { item: 'CPU time of Workers', unit: 'ms', usd: [{ upTo: 30e6, usd: 0 }, { usd: 0.02e-6 }] },
  'cloudflare.workflows.storage': {
    item: 'state of Workflows',
    unit: 'GB-month',
    usd: [{ upTo: 1, usd: 0 }, { usd: 0.2 }],
    source: 'https://developers.cloudflare.com/workflows/reference/pricing/',
  },
  'cloudflare.containers.memory': { item: 'memory of Containers', unit: 'GiB-s', usd: [{ upTo: 90_000, usd: 0 }, { usd: 0.0000025 }] },
  'cloudflare.containers.vcpu': { item: 'CPU of Containers', unit: 'vCPU-s', usd: [{ upTo: 22_500, usd: 0 }, { usd: 0.00002 }] },
  'cloudflare.containers.disk': { item: 'disk of Containers', unit: 'GB-s', usd: [{ upTo: 720_000, usd: 0 }, { usd: 0.00000007 }] },
});

const FLUID = pricesOf('iad1', VERCEL, {
  'vercel.plan': { item: 'Pro plan, one developer', unit: 'month', usd: 20 },
  'vercel.cpu': { item: 'active CPU', unit: 'CPU-h', usd: 0.128 },
  'vercel.memory': { item: 'provisioned memory', unit: 'GB-h', usd: 0.0106 },
  'vercel.invocations': { item: 'invocations', unit: 'request', usd: 0.6e-6 },
  'vercel.credit': { item: 'credit of the Pro plan', unit: 'USD', usd: -1, note: '20 USD of usage come with the plan' },
});

const RUN = pricesOf('us-central1', CLOUD_RUN, {
  'cloud-run.requests': { item: 'requests', unit: 'request', usd: 0.4e-6, freePerMonth: 2_000_000 },
  'cloud-run.vcpu': { item: 'CPU while a request is served', unit: 'vCPU-s', usd: 0.000024, freePerMonth: 180_000 },
  'cloud-run.memory': {
    item: 'memory while a request is served',
    unit: 'GiB-s',
    usd: 0.0000025,
    freePerMonth: 360_000,
  },
  'cloud-run.instance.vcpu': { item: 'CPU of instances that stay', unit: 'vCPU-s', usd: 0.000018, freePerMonth: 240_000 },
  'cloud-run.instance.memory': { item: 'memory of instances that stay', unit: 'GiB-s', usd: 0.000002, freePerMonth: 450_000 },
  'cloud-run.gpu.l4': { item: 'GPU L4 without zonal redundancy', unit: 's', usd: 0.0001867 },
  'cloud-run.gpu.l4-redundant': { item: 'GPU L4 with zonal redundancy', unit: 's', usd: 0.0002909 },
});

export const COMPARISON_PRICES = [...WORKERS, ...FLUID, ...RUN];
