import type { Quota, QuotaPage } from './quota';

const API: QuotaPage = {
  platform: 'Aurora Serverless v2',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const DATA_API: QuotaPage = {
  platform: 'RDS Data API',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const AURORA_CAPACITY: Quota = {
  ...API,
  id: 'aurora.capacity',
  quantity: 'capacity',
  min: 0,
  max: 256,
  unit: 'ACU',
  kind: 'configurable',
  note: '0 where the version pauses, else 0.5; 128 on older versions',
};

export const AURORA_PAUSE: Quota = {
  ...API,
  id: 'aurora.pause',
  quantity: 'SecondsUntilAutoPause',
  min: 300,
  max: 86_400,
  default: 300,
  unit: 's',
  kind: 'configurable',
  note: 'resuming takes about 15 s',
};

export const RDS_DATA_RESPONSE: Quota = {
  ...DATA_API,
  id: 'dataapi.resp',
  quantity: 'response',
  max: 1_048_576,
  unit: 'bytes',
  kind: 'hard',
  note: 'a larger one ends the call',
};

export const RDS_DATA_TRANSACTION: Quota = {
  ...DATA_API,
  id: 'dataapi.tx',
  quantity: 'transaction',
  max: 86_400,
  unit: 's',
  kind: 'hard',
  note: '3 min when idle',
};

export const RDS_DATA_IDLE: Quota = {
  ...DATA_API,
  id: 'dataapi.tx.idle',
  quantity: 'idle transaction',
  max: 180,
  unit: 's',
  kind: 'hard',
};
