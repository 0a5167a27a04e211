import { type PriceSource, pricesOf } from './define-price';

const CLOUDWATCH: PriceSource = {
  service: 'CloudWatch',
  source: 'https://aws.amazon.com/cloudwatch/pricing/',
  checkedOn: '2026-08-15',
  confidence: 'secondary',
};

export const OPERATION_PRICES = pricesOf('us-east-1', CLOUDWATCH, {
  'logs.ingested.standard': { item: 'logs ingested (Standard)', unit: 'GB', usd: 0.5, freePerMonth: 5, freePool: 'logs' },
  'logs.ingested.infrequent': { item: 'logs ingested (Infrequent Access)', unit: 'GB', usd: 0.25, freePerMonth: 5, freePool: 'logs' },
  'logs.stored': { item: 'logs stored, compressed', unit: 'GB-month', usd: 0.03 },
  'logs.insights': { item: 'logs scanned by Logs Insights', unit: 'GB', usd: 0.005 },
});
