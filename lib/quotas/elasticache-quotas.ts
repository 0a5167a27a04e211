import type { Quota, QuotaPage } from './quota';

const PRICING: QuotaPage = {
  platform: 'ElastiCache Serverless',
  source: 'https://aws.amazon.com/elasticache/pricing/',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const CONFIGURATION: QuotaPage = {
  platform: 'ElastiCache Serverless',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/RedisConfiguration.html',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const SCALING: QuotaPage = {
  platform: 'ElastiCache Serverless',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const CREATE: QuotaPage = {
  platform: 'ElastiCache Serverless',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const BACKUPS: QuotaPage = {
  platform: 'ElastiCache Serverless',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const IAM: QuotaPage = {
  platform: 'ElastiCache Serverless',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const ELASTICACHE_VALKEY_MINIMUM: Quota = {
  ...PRICING,
  id: 'ec.min.valkey',
  quantity: 'minimum metered storage, Valkey',
  min: 100,
  unit: 'MB',
  kind: 'hard',
  note: 'Redis OSS and Memcached 1 GB; another page still says 1 GB for every engine; never zero',
};

export const ELASTICACHE_LIMITS: Quota = {
  ...CONFIGURATION,
  id: 'ec.max',
  quantity: 'serverless cache data storage usage limit',
  min: 1,
  max: 5_000,
  unit: 'GB',
  kind: 'hard',
};

export const ELASTICACHE_ECPU: Quota = {
  ...SCALING,
  id: 'ec.ecpu',
  quantity: 'serverless cache processing units a second, usage limit',
  min: 1_000,
  max: 15_000_000,
  unit: 'ECPU/s',
  kind: 'hard',
};

export const ELASTICACHE_SLOT_ECPU: Quota = {
  ...CONFIGURATION,
  id: 'ec.ecpu.slot',
  quantity: 'processing units a second of one hash slot',
  max: 30_000,
  unit: 'ECPU/s',
  kind: 'hard',
  note: '90,000 with reads from replicas',
};

export const ELASTICACHE_CACHES: Quota = {
  ...CONFIGURATION,
  id: 'ec.caches',
  quantity: 'serverless caches in a Region',
  max: 40,
  unit: 'caches',
  kind: 'adjustable',
};

export const ELASTICACHE_SUBNETS: Quota = {
  ...CREATE,
  id: 'ec.subnets',
  quantity: 'subnets of a serverless cache, each in another availability zone',
  min: 2,
  max: 3,
  unit: 'subnets',
  kind: 'hard',
};

export const ELASTICACHE_SNAPSHOTS: Quota = {
  ...BACKUPS,
  id: 'ec.snapshots',
  quantity: 'daily snapshots kept of a serverless cache',
  min: 0,
  max: 35,
  unit: 'snapshots',
  kind: 'hard',
};

export const ELASTICACHE_ELEMENT: Quota = {
  ...CONFIGURATION,
  id: 'ec.elem',
  quantity: 'element (proto-max-bulk-len)',
  max: 512,
  unit: 'MiB',
  kind: 'hard',
  note: 'keys 4 KiB',
};

export const ELASTICACHE_CLIENTS: Quota = {
  ...CONFIGURATION,
  id: 'ec.clients',
  quantity: 'connections of clients (maxclients)',
  max: 65_000,
  unit: 'connections',
  kind: 'hard',
};

export const ELASTICACHE_CLIENT_NEEDS: Quota = {
  ...CONFIGURATION,
  id: 'ec.client',
  quantity: 'what a client must do',
  values: ['TLS', 'cluster mode'],
  unit: '-',
  kind: 'fact',
  note: 'eviction is volatile-lru; no keyspace events; nothing is durable',
};

export const ELASTICACHE_IAM_CONNECTION: Quota = {
  ...IAM,
  id: 'ec.iam',
  quantity: 'connection that was authenticated by IAM',
  max: 43_200,
  unit: 's',
  kind: 'hard',
  note: 'its token is good for 15 min',
};
