import { type PriceSource, pricesOf } from './define-price';

const PAGE: PriceSource = {
  service: 'Step Functions',
  source: 'https://aws.amazon.com/step-functions/pricing/',
  checkedOn: '2026-08-15',
  confidence: 'secondary',
};

export const WORKFLOW_PRICES = pricesOf('us-east-1', PAGE, {
  'step-functions.standard.transitions': {
    item: 'state transitions of Standard workflows',
    unit: 'transition',
    usd: 0.000025,
    freePerMonth: 4_000,
    note: 'each retry is one more transition',
  },
  'step-functions.express.requests': { item: 'runs of Express workflows', unit: 'request', usd: 1e-6 },
  'step-functions.express.duration': {
    item: 'duration of Express workflows',
    unit: 'GB-s',
    usd: [{ upTo: 3_600_000, usd: 0.00001667 }, { upTo: 18_000_000, usd: 0.00000833 }, { usd: 0.00000456 }],
    note: '1,000 GB-h, then 4,000 GB-h, then the rest; time is rounded up to 100 ms and memory to 64 MB',
  },
});
