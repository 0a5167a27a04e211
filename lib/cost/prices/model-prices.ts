import { type PriceSource, pricesOf } from './define-price';

const SAGEMAKER: PriceSource = {
  service: 'SageMaker',
  source: 'https://aws.amazon.com/sagemaker/ai/pricing/',
  checkedOn: '2026-08-15',
  confidence: 'secondary',
};

export const MODEL_PRICES = pricesOf('us-east-1', SAGEMAKER, {
  'sagemaker.serverless.duration': { item: 'serverless inference', unit: 'GB-s', usd: 0.00002 },
  'sagemaker.serverless.data': { item: 'data processed by serverless inference', unit: 'GB', usd: 0.016 },
  'sagemaker.instance.ml.g4dn.xlarge': { item: 'ml.g4dn.xlarge', unit: 'h', usd: 0.7364 },
  'sagemaker.instance.ml.g5.xlarge': { item: 'ml.g5.xlarge', unit: 'h', usd: 1.408 },
  'sagemaker.instance.ml.m5.xlarge': { item: 'ml.m5.xlarge', unit: 'h', usd: 0.23 },
});
