import type { Quota, QuotaPage } from './quota';

const OBJECTS: QuotaPage = {
  platform: 'Amazon S3',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html',
  checkedOn: '2026-11-24',
  confidence: 'from memory',
};

const PERFORMANCE: QuotaPage = {
  platform: 'Amazon S3',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html',
  checkedOn: '2026-11-24',
  confidence: 'from memory',
};

export const S3_PUT_SIZE: Quota = {
  ...OBJECTS,
  id: 's3.put',
  quantity: 'object written by one PUT',
  max: 5,
  unit: 'GB',
  kind: 'hard',
  note: 'larger ones in parts',
};

export const S3_PREFIX_WRITES: Quota = {
  ...PERFORMANCE,
  id: 's3.rate.write',
  quantity: 'writes a second to a prefix',
  min: 3_500,
  unit: 'requests/s',
  kind: 'observed',
  note: 'at least, and more as the prefix is split',
};

export const S3_PREFIX_READS: Quota = {
  ...PERFORMANCE,
  id: 's3.rate.read',
  quantity: 'reads a second from a prefix',
  min: 5_500,
  unit: 'requests/s',
  kind: 'observed',
  note: 'at least, and more as the prefix is split',
};
