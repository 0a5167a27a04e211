import type { Quota, QuotaPage } from './quota';

const API: QuotaPage = {
  platform: 'Amazon SageMaker AI',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const SERVERLESS: QuotaPage = {
  platform: 'Amazon SageMaker AI',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-invoke.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const EXCLUSIONS: QuotaPage = {
  platform: 'Amazon SageMaker AI',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html',
  checkedOn: '2026-11-24',
  confidence: 'secondary',
};

const ASYNC: QuotaPage = {
  platform: 'Amazon SageMaker AI',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const SAGEMAKER_SERVERLESS_MEMORY: Quota = {
  ...API,
  id: 'sm.sls.mem',
  quantity: 'memory of a serverless endpoint',
  min: 1_024,
  max: 6_144,
  unit: 'MB',
  kind: 'hard',
  note: 'in steps of 1 GB',
};

export const SAGEMAKER_SERVERLESS_TIMEOUT: Quota = {
  ...SERVERLESS,
  id: 'sm.sls.timeout',
  quantity: 'invocation of a serverless endpoint',
  max: 60,
  unit: 's',
  kind: 'hard',
  note: 'the container must answer a ping within 3 min',
};

export const SAGEMAKER_SERVERLESS_PAYLOAD: Quota = {
  ...SERVERLESS,
  id: 'sm.sls.payload',
  quantity: 'payload of a serverless endpoint',
  max: 4,
  unit: 'MB',
  kind: 'hard',
};

export const SAGEMAKER_SERVERLESS_CONCURRENCY: Quota = {
  ...API,
  id: 'sm.sls.conc',
  quantity: 'concurrency of a serverless endpoint',
  min: 1,
  max: 200,
  unit: 'invocations',
  kind: 'hard',
};

export const SAGEMAKER_SERVERLESS_IMAGE: Quota = {
  ...EXCLUSIONS,
  id: 'sm.sls.image',
  quantity: 'container image of a serverless endpoint',
  max: 10,
  unit: 'GB',
  kind: 'hard',
};

export const SAGEMAKER_SERVERLESS_EXCLUSIONS: Quota = {
  ...EXCLUSIONS,
  id: 'sm.sls.excl',
  quantity: 'what a serverless endpoint lacks',
  values: ['GPU', 'VPC', 'multi-model endpoints', 'data capture', 'private registries'],
  unit: '-',
  kind: 'fact',
};

export const SAGEMAKER_SERVERLESS_GPU: Quota = {
  ...EXCLUSIONS,
  id: 'sm.sls.excl.gpu',
  quantity: 'GPUs of a serverless endpoint',
  max: 0,
  unit: 'GPU',
  kind: 'hard',
};

export const SAGEMAKER_SERVERLESS_VPC: Quota = {
  ...EXCLUSIONS,
  id: 'sm.sls.excl.vpc',
  quantity: 'VPC configuration of a serverless endpoint',
  max: 0,
  unit: 'VPC',
  kind: 'hard',
};

export const SAGEMAKER_ASYNC_TIMEOUT: Quota = {
  ...API,
  id: 'sm.async.time',
  quantity: 'InvocationTimeoutSeconds of an asynchronous endpoint',
  min: 1,
  max: 3_600,
  unit: 's',
  kind: 'hard',
  note: 'scales to zero',
};

export const SAGEMAKER_ASYNC_TTL: Quota = {
  ...API,
  id: 'sm.async.ttl',
  quantity: 'RequestTTLSeconds of an asynchronous endpoint',
  min: 60,
  max: 21_600,
  unit: 's',
  kind: 'hard',
};

export const SAGEMAKER_ASYNC_PAYLOAD: Quota = {
  ...ASYNC,
  id: 'sm.async.payload',
  quantity: 'payload of an asynchronous endpoint, in S3',
  max: 1,
  unit: 'GB',
  kind: 'hard',
  note: '128,000 bytes when it is sent in the request',
};

export const SAGEMAKER_REALTIME_TIMEOUT: Quota = {
  ...API,
  id: 'sm.rt.timeout',
  quantity: 'answer of the container of a real-time endpoint',
  max: 60,
  unit: 's',
  kind: 'hard',
};

export const SAGEMAKER_REALTIME_PAYLOAD: Quota = {
  ...API,
  id: 'sm.rt.payload',
  quantity: 'payload of a real-time endpoint',
  max: 6_291_456,
  unit: 'bytes',
  kind: 'hard',
};
