import { type PriceSource, pricesOf } from './define-price';

const page = (service: string, source: string): PriceSource => ({ service, source, checkedOn: '2026-08-15', confidence: 'secondary' });

const DYNAMODB = pricesOf('us-east-1', page('DynamoDB', 'https://aws.amazon.com/dynamodb/pricing/on-demand/'), {
  'dynamodb.writes': {
    item: 'write request units on demand',
    unit: 'WRU',
    usd: 0.625e-6,
    note: 'one for each KB of an item; two in a transaction',
  },
  'dynamodb.reads': {
    item: 'read request units on demand',
    unit: 'RRU',
    usd: 0.125e-6,
    note: 'one for each 4 KB; half of one where consistency is eventual',
  },
  'dynamodb.storage': { item: 'storage', unit: 'GB-month', usd: 0.25, freePerMonth: 25 },
});

const ELASTICACHE = pricesOf(
  'us-east-1',
  { ...page('ElastiCache', 'https://aws.amazon.com/elasticache/pricing/'), checkedOn: '2026-10-01' },
  {
    'elasticache.serverless.valkey.data': { item: 'data of a serverless Valkey cache, at least 100 MB', unit: 'GB-h', usd: 0.084 },
    'elasticache.serverless.valkey.ecpu': { item: 'processing of a serverless Valkey cache', unit: 'ECPU', usd: 0.0023e-6 },
    'elasticache.serverless.redis.data': {
      item: 'data of a serverless Redis OSS or Memcached cache, at least 1 GB',
      unit: 'GB-h',
      usd: 0.125,
    },
    'elasticache.serverless.redis.ecpu': { item: 'processing of a serverless Redis OSS or Memcached cache', unit: 'ECPU', usd: 0.0034e-6 },
    'elasticache.node.valkey.cache.t4g.micro': { item: 'cache.t4g.micro (Valkey)', unit: 'h', usd: 0.0128 },
    'elasticache.node.valkey.cache.t4g.small': { item: 'cache.t4g.small (Valkey)', unit: 'h', usd: 0.0256 },
    'elasticache.node.valkey.cache.m7g.large': { item: 'cache.m7g.large (Valkey)', unit: 'h', usd: 0.1264 },
  },
);

export const DATA_PRICES = [...DYNAMODB, ...ELASTICACHE];
