import { type PriceSource, pricesOf } from './define-price';

/** Rates that several public cost tools carry alike; the page itself shows its tables to browsers only. */
const SAGEMAKER: PriceSource = {
  service: 'SageMaker',
  source: 'https://aws.amazon.com/sagemaker/ai/pricing/',
  checkedOn: '2026-11-24',
  confidence: 'secondary',
};

const instance = (type: string, usd: number) => [`sagemaker.instance.${type}`, { item: `${type} of an endpoint`, unit: 'h', usd }] as const;

export const MODEL_PRICES = pricesOf('us-east-1', SAGEMAKER, {
  'sagemaker.serverless.duration': {
    item: 'serverless inference',
    unit: 'GB-s',
    usd: 0.00002,
    note: 'memory is 1 to 6 GB; 2 GB are 0.00004 USD a second',
  },
  'sagemaker.serverless.data': { item: 'data in and out of serverless inference', unit: 'GB', usd: 0.016 },
  'sagemaker.instance.data': { item: 'data in and out of instances', unit: 'GB', usd: 0.016 },
  ...Object.fromEntries([
    instance('ml.t3.medium', 0.05),
    instance('ml.m5.large', 0.115),
    instance('ml.m5.xlarge', 0.23),
    instance('ml.m5.2xlarge', 0.461),
    instance('ml.m5.4xlarge', 0.922),
    instance('ml.c5.xlarge', 0.204),
    instance('ml.c5.2xlarge', 0.408),
    instance('ml.g4dn.xlarge', 0.7364),
    instance('ml.g5.xlarge', 1.408),
    instance('ml.g5.2xlarge', 1.515),
    instance('ml.g5.4xlarge', 2.03),
  ]),
});
