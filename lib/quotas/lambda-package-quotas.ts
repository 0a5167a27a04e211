import type { Quota, QuotaPage } from './quota';

const LIMITS: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const LAMBDA_ZIP_DIRECT: Quota = {
  ...LIMITS,
  id: 'lambda.zip.direct',
  quantity: 'zip that is uploaded through the API, an SDK or the console',
  max: 50,
  unit: 'MB',
  kind: 'hard',
  note: 'larger ones go by way of S3',
};

export const LAMBDA_CODE_STORAGE: Quota = {
  ...LIMITS,
  id: 'lambda.code_storage',
  quantity: 'zips and layers kept by Lambda in a Region, unzipped',
  max: 300,
  unit: 'GB',
  kind: 'hard',
  note: 'self-managed code storage in S3 does not count',
};

export const LAMBDA_LAYERS: Quota = {
  ...LIMITS,
  id: 'lambda.layers',
  quantity: 'layers of a function',
  max: 5,
  unit: 'layers',
  kind: 'hard',
  note: 'not for container images',
};

export const LAMBDA_IMAGE_SETTINGS: Quota = {
  ...LIMITS,
  id: 'lambda.image.settings',
  quantity: 'settings of a container image',
  max: 16_384,
  unit: 'bytes',
  kind: 'hard',
};

export const LAMBDA_POLICY: Quota = {
  ...LIMITS,
  id: 'lambda.policy',
  quantity: 'resource-based policy of a function',
  max: 20_480,
  unit: 'bytes',
  kind: 'hard',
};

export const LAMBDA_FILE_DESCRIPTORS: Quota = {
  ...LIMITS,
  id: 'lambda.fd',
  quantity: 'file descriptors',
  max: 1_024,
  unit: 'descriptors',
  kind: 'hard',
  note: '4,096 on Managed Instances',
};

export const LAMBDA_THREADS: Quota = {
  ...LIMITS,
  id: 'lambda.threads',
  quantity: 'processes and threads',
  max: 1_024,
  unit: 'threads',
  kind: 'hard',
};

export const LAMBDA_PAYLOAD_HEADERS: Quota = {
  ...LIMITS,
  id: 'lambda.payload.headers',
  quantity: 'request line and header values together',
  max: 1_048_576,
  unit: 'bytes',
  kind: 'hard',
};
