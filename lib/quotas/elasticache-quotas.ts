import type { Quota } from './quota';

export const ELASTICACHE_VALKEY_MINIMUM: Quota = {
  id: 'ec.min.valkey',
  quantity: 'minimum metered storage, Valkey',
  min: 100,
  unit: 'MB',
  kind: 'hard',
  source: 'https://aws.amazon.com/elasticache/pricing/',
  checkedOn: '2026-11-24',
};

export const ELASTICACHE_LIMITS: Quota = {
  id: 'ec.max',
  quantity: 'serverless cache data storage usage limit',
  min: 1,
  max: 5000,
  unit: 'GB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/RedisConfiguration.html',
  checkedOn: '2026-11-24',
};
