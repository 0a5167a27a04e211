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

export const ELASTICACHE_ECPU: Quota = {
  id: 'ec.ecpu',
  quantity: 'serverless cache processing units a second, usage limit',
  min: 1000,
  max: 15_000_000,
  unit: 'ECPU/s',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html',
  checkedOn: '2026-11-24',
};

export const ELASTICACHE_SUBNETS: Quota = {
  id: 'ec.subnets',
  quantity: 'subnets of a serverless cache, each in another availability zone',
  min: 2,
  max: 3,
  unit: 'subnets',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html',
  checkedOn: '2026-11-24',
};

export const ELASTICACHE_SNAPSHOTS: Quota = {
  id: 'ec.snapshots',
  quantity: 'daily snapshots kept of a serverless cache',
  min: 0,
  max: 35,
  unit: 'snapshots',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html',
  checkedOn: '2026-11-24',
};
