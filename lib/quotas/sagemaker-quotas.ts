import type { Quota } from './quota';

export const SAGEMAKER_SERVERLESS_MEMORY: Quota = {
  id: 'sm.sls.mem',
  quantity: 'memory of a serverless endpoint',
  min: 1024,
  max: 6144,
  unit: 'MB',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

export const SAGEMAKER_SERVERLESS_TIMEOUT: Quota = {
  id: 'sm.sls.timeout',
  quantity: 'answer of a serverless endpoint',
  max: 60,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-invoke.html',
  checkedOn: '2026-11-24',
};

export const SAGEMAKER_SERVERLESS_PAYLOAD: Quota = {
  id: 'sm.sls.payload',
  quantity: 'payload of a serverless endpoint',
  max: 4,
  unit: 'MB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-invoke.html',
  checkedOn: '2026-11-24',
};

export const SAGEMAKER_SERVERLESS_CONCURRENCY: Quota = {
  id: 'sm.sls.conc',
  quantity: 'concurrency of a serverless endpoint',
  min: 1,
  max: 200,
  unit: 'requests',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

export const SAGEMAKER_SERVERLESS_GPU: Quota = {
  id: 'sm.sls.excl.gpu',
  quantity: 'GPUs of a serverless endpoint',
  max: 0,
  unit: 'GPU',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-invoke.html',
  checkedOn: '2026-11-24',
};

export const SAGEMAKER_SERVERLESS_VPC: Quota = {
  id: 'sm.sls.excl.vpc',
  quantity: 'VPC configuration of a serverless endpoint',
  max: 0,
  unit: 'VPC',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-invoke.html',
  checkedOn: '2026-11-24',
};

export const SAGEMAKER_ASYNC_TIMEOUT: Quota = {
  id: 'sm.async.time',
  quantity: 'invocation of an asynchronous endpoint',
  min: 1,
  max: 3600,
  unit: 's',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

export const SAGEMAKER_ASYNC_PAYLOAD: Quota = {
  id: 'sm.async.payload',
  quantity: 'payload of an asynchronous endpoint, in S3',
  max: 1,
  unit: 'GB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference.html',
  checkedOn: '2026-11-24',
};
