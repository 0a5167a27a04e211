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
  'dynamodb.write-capacity': { item: 'provisioned write capacity', unit: 'WCU-h', usd: 0.00065, checkedOn: '2026-08-21' },
  'dynamodb.read-capacity': { item: 'provisioned read capacity', unit: 'RCU-h', usd: 0.00013, checkedOn: '2026-08-21' },
  'dynamodb.stream-reads': { item: 'read request units of streams', unit: 'request', usd: 0.2e-6, checkedOn: '2026-08-21' },
  'dynamodb.point-in-time-recovery': { item: 'point-in-time recovery', unit: 'GB-month', usd: 0.2, checkedOn: '2026-08-21' },
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

const S3 = pricesOf(
  'us-east-1',
  { ...page('S3', 'https://aws.amazon.com/s3/pricing/'), checkedOn: '2026-08-21' },
  {
    's3.storage.standard': {
      item: 'storage (Standard)',
      unit: 'GB-month',
      usd: [{ upTo: 51_200, usd: 0.023 }, { upTo: 512_000, usd: 0.022 }, { usd: 0.021 }],
      note: 'first 50 TB, next 450 TB, the rest',
    },
    's3.storage.standard-ia': { item: 'storage (Standard-Infrequent Access)', unit: 'GB-month', usd: 0.0125 },
    's3.put.standard': { item: 'PUT, COPY, POST and LIST requests (Standard)', unit: 'request', usd: 5e-6 },
    's3.get.standard': { item: 'GET and all other requests (Standard)', unit: 'request', usd: 0.4e-6, note: 'DELETE costs nothing' },
    's3.put.standard-ia': { item: 'PUT, COPY, POST and LIST requests (Standard-Infrequent Access)', unit: 'request', usd: 10e-6 },
    's3.get.standard-ia': { item: 'GET and all other requests (Standard-Infrequent Access)', unit: 'request', usd: 1e-6 },
    's3.retrieved.standard-ia': { item: 'data retrieved (Standard-Infrequent Access)', unit: 'GB', usd: 0.01 },
  },
);

const AURORA = pricesOf(
  'us-east-1',
  { ...page('Aurora', 'https://aws.amazon.com/rds/aurora/pricing/'), confidence: 'from memory' },
  {
    'aurora.serverless.acu': { item: 'capacity of Aurora Serverless v2', unit: 'ACU-h', usd: 0.12 },
    'aurora.storage': { item: 'storage of Aurora Standard', unit: 'GB-month', usd: 0.1 },
    'aurora.io': { item: 'I/O of Aurora Standard', unit: 'request', usd: 0.2e-6 },
  },
);

export const DATA_PRICES = [...DYNAMODB, ...ELASTICACHE, ...S3, ...AURORA];
