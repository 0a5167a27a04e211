import { type PriceEntry, type PriceSource, pricesOf } from './define-price';

const EC2: PriceSource = {
  service: 'EC2',
  source: 'https://aws.amazon.com/ec2/pricing/on-demand/',
  checkedOn: '2026-08-15',
  confidence: 'secondary',
};

const LMI_PAGE: Partial<PriceEntry> = {
  source: 'https://aws.amazon.com/lambda/pricing/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const hourly = (type: string, usd: number, more: Partial<PriceEntry> = {}): [string, PriceEntry] => [
  `ec2.${type}`,
  { item: `${type} on demand (Linux)`, unit: 'h', usd, ...more },
];

export const INSTANCE_PRICES = pricesOf(
  'us-east-1',
  EC2,
  Object.fromEntries([
    hourly('m7g.xlarge', 0.1632, LMI_PAGE),
    hourly('c7g.xlarge', 0.145),
    hourly('t3.small', 0.0208),
    hourly('g4dn.xlarge', 0.526),
    hourly('g5.xlarge', 1.006),
  ]),
);

/** What an instance has, for choosing one that a workload fits. */
export interface InstanceSize {
  readonly type: string;
  readonly vCpus: number;
  readonly memoryGib: number;
  /** 0 where there is no GPU. */
  readonly gpuMemoryGib: number;
}

/** https://aws.amazon.com/ec2/instance-types/, read 2026-11-24; cheapest first. */
export const INSTANCE_SIZES: readonly InstanceSize[] = [
  { type: 't3.small', vCpus: 2, memoryGib: 2, gpuMemoryGib: 0 },
  { type: 'c7g.xlarge', vCpus: 4, memoryGib: 8, gpuMemoryGib: 0 },
  { type: 'm7g.xlarge', vCpus: 4, memoryGib: 16, gpuMemoryGib: 0 },
  { type: 'g4dn.xlarge', vCpus: 4, memoryGib: 16, gpuMemoryGib: 16 },
  { type: 'g5.xlarge', vCpus: 4, memoryGib: 16, gpuMemoryGib: 24 },
];
