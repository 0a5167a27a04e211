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
    hourly('t3.small', 0.0208),
    hourly('c7g.large', 0.0725),
    hourly('c7g.xlarge', 0.145),
    hourly('c7g.2xlarge', 0.29),
    hourly('c7g.4xlarge', 0.58),
    hourly('m7g.large', 0.0816),
    hourly('m7g.xlarge', 0.1632, LMI_PAGE),
    hourly('m7g.2xlarge', 0.3264),
    hourly('m7g.4xlarge', 0.6528),
    hourly('m7g.8xlarge', 1.3056),
    hourly('g4dn.xlarge', 0.526),
    hourly('g4dn.2xlarge', 0.752),
    hourly('g4dn.12xlarge', 3.912),
    hourly('g5.xlarge', 1.006),
    hourly('g5.2xlarge', 1.212),
    hourly('g5.4xlarge', 1.624),
    hourly('g5.12xlarge', 5.672),
    hourly('g5.48xlarge', 16.288),
  ]),
);
