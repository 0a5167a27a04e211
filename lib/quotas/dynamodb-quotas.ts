import type { Quota, QuotaPage } from './quota';

const CONSTRAINTS: QuotaPage = {
  platform: 'Amazon DynamoDB',
  source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const SERVICE: QuotaPage = {
  platform: 'Amazon DynamoDB',
  source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
  checkedOn: '2026-11-24',
  confidence: 'secondary',
};

export const DYNAMODB_ITEM: Quota = {
  ...CONSTRAINTS,
  id: 'ddb.item',
  quantity: 'item with its attribute names',
  max: 409_600,
  unit: 'bytes',
  kind: 'hard',
};

export const DYNAMODB_TRANSACTION_ITEMS: Quota = {
  ...CONSTRAINTS,
  id: 'ddb.transaction.items',
  quantity: 'items of a transaction',
  max: 100,
  unit: 'items',
  kind: 'hard',
};

export const DYNAMODB_TRANSACTION_SIZE: Quota = {
  ...CONSTRAINTS,
  id: 'ddb.transaction.size',
  quantity: 'all items of a transaction',
  max: 4_194_304,
  unit: 'bytes',
  kind: 'hard',
};

export const DYNAMODB_QUERY_PAGE: Quota = {
  ...CONSTRAINTS,
  id: 'ddb.query',
  quantity: 'page of a query or scan',
  max: 1_048_576,
  unit: 'bytes',
  kind: 'hard',
};

export const DYNAMODB_ON_DEMAND_READS: Quota = {
  ...SERVICE,
  id: 'ddb.ondemand',
  quantity: 'read units a second of an on-demand table',
  max: 40_000,
  unit: 'RRU/s',
  kind: 'adjustable',
};

export const DYNAMODB_ON_DEMAND_WRITES: Quota = {
  ...SERVICE,
  id: 'ddb.ondemand.write',
  quantity: 'write units a second of an on-demand table',
  max: 40_000,
  unit: 'WRU/s',
  kind: 'adjustable',
};
