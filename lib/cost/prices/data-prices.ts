import type { PriceConfidence } from '../price';
import { type PriceEntry, type PriceSource, pricesOf } from './define-price';

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

/** USD an hour of a node for Redis OSS and Memcached; the same node for Valkey costs a fifth less. */
const NODES: readonly (readonly [type: string, usd: number, confidence: PriceConfidence])[] = [
  ['cache.t4g.micro', 0.016, 'secondary'],
  ['cache.t4g.small', 0.032, 'secondary'],
  ['cache.t4g.medium', 0.065, 'from memory'],
  ['cache.m7g.large', 0.158, 'secondary'],
  ['cache.m7g.xlarge', 0.315, 'from memory'],
  ['cache.r7g.large', 0.219, 'from memory'],
  ['cache.r7g.xlarge', 0.437, 'from memory'],
];
const VALKEY_SHARE = 0.8;

function nodePrices(type: string, usd: number, confidence: PriceConfidence): [string, PriceEntry][] {
  return [
    [`elasticache.node.valkey.${type}`, { item: `${type} (Valkey)`, unit: 'h', usd: Number((usd * VALKEY_SHARE).toFixed(4)), confidence }],
    [`elasticache.node.redis.${type}`, { item: `${type} (Redis OSS and Memcached)`, unit: 'h', usd, confidence }],
  ];
}

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
    ...Object.fromEntries(NODES.flatMap(([type, usd, confidence]) => nodePrices(type, usd, confidence))),
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
