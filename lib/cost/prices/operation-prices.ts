import { type PriceSource, pricesOf } from './define-price';

const page = (service: string, source: string, checkedOn = '2026-08-21'): PriceSource => ({
  service,
  source,
  checkedOn,
  confidence: 'secondary',
});

const LOGS = pricesOf('us-east-1', page('CloudWatch', 'https://aws.amazon.com/cloudwatch/pricing/', '2026-08-15'), {
  'logs.ingested.standard': { item: 'logs ingested (Standard)', unit: 'GB', usd: 0.5, freePerMonth: 5, freePool: 'logs' },
  'logs.ingested.infrequent': { item: 'logs ingested (Infrequent Access)', unit: 'GB', usd: 0.25, freePerMonth: 5, freePool: 'logs' },
  'logs.stored': { item: 'logs stored, compressed', unit: 'GB-month', usd: 0.03 },
  'logs.insights': { item: 'logs scanned by Logs Insights', unit: 'GB', usd: 0.005 },
  'cloudwatch.metrics': {
    item: 'custom metrics',
    unit: 'metric-month',
    usd: [{ upTo: 10_000, usd: 0.3 }, { upTo: 250_000, usd: 0.1 }, { upTo: 1_000_000, usd: 0.05 }, { usd: 0.02 }],
    freePerMonth: 10,
  },
  'cloudwatch.requests': { item: 'API requests of metrics', unit: 'request', usd: 0.00001, freePerMonth: 1_000_000 },
  'cloudwatch.alarms': { item: 'alarms of standard resolution', unit: 'alarm metric-month', usd: 0.1, freePerMonth: 10 },
  'cloudwatch.high-resolution-alarms': { item: 'alarms of high resolution', unit: 'alarm metric-month', usd: 0.3 },
  'cloudwatch.dashboards': { item: 'dashboards', unit: 'dashboard-month', usd: 3, freePerMonth: 3 },
});

const XRAY = pricesOf('us-east-1', page('X-Ray', 'https://aws.amazon.com/xray/pricing/'), {
  'xray.recorded': { item: 'traces recorded', unit: 'trace', usd: 5e-6, freePerMonth: 100_000, confidence: 'from memory' },
  'xray.retrieved': { item: 'traces retrieved or scanned', unit: 'trace', usd: 0.5e-6, freePerMonth: 1_000_000, confidence: 'from memory' },
});

const KMS = pricesOf('us-east-1', page('KMS', 'https://aws.amazon.com/kms/pricing/'), {
  'kms.keys': { item: 'customer managed keys', unit: 'key-month', usd: 1 },
  'kms.requests': { item: 'requests, symmetric and RSA 2048', unit: 'request', usd: 3e-6, freePerMonth: 20_000 },
  'kms.asymmetric-requests': { item: 'requests, other asymmetric keys', unit: 'request', usd: 15e-6 },
});

const SECRETS = pricesOf('us-east-1', page('Secrets Manager', 'https://aws.amazon.com/secrets-manager/pricing/'), {
  'secrets-manager.secrets': { item: 'secrets', unit: 'secret-month', usd: 0.4 },
  'secrets-manager.requests': { item: 'API calls', unit: 'request', usd: 5e-6 },
});

const ECR = pricesOf('us-east-1', page('ECR', 'https://aws.amazon.com/ecr/pricing/'), {
  'ecr.storage': { item: 'images stored in private repositories', unit: 'GB-month', usd: 0.1 },
});

export const OPERATION_PRICES = [...LOGS, ...XRAY, ...KMS, ...SECRETS, ...ECR];
