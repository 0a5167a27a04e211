import { type PriceSource, pricesOf } from './define-price';

const PAGE: PriceSource = {
  service: 'Fargate',
  source: 'https://aws.amazon.com/fargate/pricing/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const AGENTCORE: PriceSource = {
  service: 'AgentCore Runtime',
  source: 'https://aws.amazon.com/bedrock/agentcore/pricing/',
  checkedOn: '2026-09-30',
  confidence: 'secondary',
};

const HOUR = 3600;

/** AWS says up to 70 % off, and lists no price. */
const SPOT = { checkedOn: '2026-08-15', confidence: 'secondary', note: 'varies by the day and the size' } as const;

const FARGATE = pricesOf('us-east-1', PAGE, {
  'fargate.linux-x86_64.vcpu': { item: 'vCPU (Linux/x86)', unit: 'vCPU-s', usd: 0.000011244, note: '0.04048 USD an hour' },
  'fargate.linux-x86_64.memory': { item: 'memory (Linux/x86)', unit: 'GB-s', usd: 0.000001235, note: '0.004445 USD an hour' },
  'fargate.linux-arm64.vcpu': { item: 'vCPU (Linux/ARM)', unit: 'vCPU-s', usd: 0.0000089944, note: '0.03238 USD an hour' },
  'fargate.linux-arm64.memory': { item: 'memory (Linux/ARM)', unit: 'GB-s', usd: 9.889e-7, note: '0.00356 USD an hour' },
  'fargate.windows-x86_64.vcpu': {
    item: 'vCPU (Windows)',
    unit: 'vCPU-s',
    usd: 0.0915 / HOUR,
    note: '0.0915 USD an hour, as the example of the page has it; others write 0.09148',
  },
  'fargate.windows-x86_64.os': { item: 'licence (Windows)', unit: 'vCPU-s', usd: 0.046 / HOUR, note: '0.046 USD an hour' },
  'fargate.windows-x86_64.memory': {
    item: 'memory (Windows)',
    unit: 'GB-s',
    usd: 0.01 / HOUR,
    note: '0.01 USD an hour, as the example of the page has it; others write 0.01005',
  },
  'fargate-spot.vcpu': { ...SPOT, item: 'vCPU (Linux, Spot)', unit: 'vCPU-s', usd: 0.0126 / HOUR },
  'fargate-spot.memory': { ...SPOT, item: 'memory (Linux, Spot)', unit: 'GB-s', usd: 0.00138 / HOUR, confidence: 'from memory' },
  'fargate.ephemeral-storage': { item: 'ephemeral storage above 20 GB', unit: 'GB-s', usd: 3.08e-8 },
});

const RUNTIME = pricesOf('us-east-1', AGENTCORE, {
  'agentcore.v1.vcpu': { item: 'active vCPU (V1)', unit: 'vCPU-h', usd: 0.0895 },
  'agentcore.v1.memory': { item: 'memory (V1)', unit: 'GB-h', usd: 0.00945, note: 'peak so far, at least 128 MB' },
  'agentcore.v2.vcpu': { item: 'active vCPU (V2)', unit: 'vCPU-h', usd: 0.1276 },
  'agentcore.v2.memory': { item: 'memory (V2)', unit: 'GB-h', usd: 0.0169, note: 'peak so far, at least 128 MB' },
});

export const CONTAINER_PRICES = [...FARGATE, ...RUNTIME];
