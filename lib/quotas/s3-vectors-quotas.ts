import type { Quota, QuotaPage } from './quota';

const API: QuotaPage = {
  platform: 'Amazon S3 Vectors',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const LIMITS: QuotaPage = {
  platform: 'Amazon S3 Vectors',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const S3_VECTORS_DIMENSIONS: Quota = {
  ...API,
  id: 's3v.dim',
  quantity: 'dimensions of a vector',
  min: 1,
  max: 4_096,
  unit: 'dimensions',
  kind: 'hard',
  note: 'float32',
};

export const S3_VECTORS_INDEX: Quota = {
  ...LIMITS,
  id: 's3v.index',
  quantity: 'vectors of an index',
  max: 2_000_000_000,
  unit: 'vectors',
  kind: 'hard',
};

export const S3_VECTORS_INDEXES: Quota = {
  ...LIMITS,
  id: 's3v.indexes',
  quantity: 'indexes of a vector bucket',
  max: 10_000,
  unit: 'indexes',
  kind: 'adjustable',
};

export const S3_VECTORS_BUCKETS: Quota = {
  ...LIMITS,
  id: 's3v.buckets',
  quantity: 'vector buckets in a Region',
  max: 10_000,
  unit: 'buckets',
  kind: 'adjustable',
};

export const S3_VECTORS_METADATA: Quota = {
  ...LIMITS,
  id: 's3v.meta',
  quantity: 'metadata of a vector',
  max: 40_960,
  unit: 'bytes',
  kind: 'hard',
  note: '2 KB of it filterable; 50 keys, 10 of them not filterable',
};

export const S3_VECTORS_WRITE_RATE: Quota = {
  ...LIMITS,
  id: 's3v.write',
  quantity: 'write requests a second to an index',
  max: 1_000,
  unit: 'requests/s',
  kind: 'hard',
  note: '500 vectors and 20 MiB each',
};

export const S3_VECTORS_VECTOR_RATE: Quota = {
  ...LIMITS,
  id: 's3v.write.vectors',
  quantity: 'vectors a second written to an index',
  max: 2_500,
  unit: 'vectors/s',
  kind: 'hard',
};

export const S3_VECTORS_TOP_K: Quota = {
  ...LIMITS,
  id: 's3v.topk',
  quantity: 'topK of a query',
  min: 1,
  max: 10_000,
  unit: 'results',
  kind: 'hard',
  note: '100 to a page; answers in about 100 ms when asked often, under 1 s when rarely',
};
