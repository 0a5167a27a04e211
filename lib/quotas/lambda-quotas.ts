import type { Quota } from './quota';

export const LAMBDA_TIMEOUT: Quota = {
  id: 'lambda.timeout',
  quantity: 'max function timeout (default compute)',
  min: 1,
  max: 900,
  default: 3,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};

export const LAMBDA_MEMORY: Quota = {
  id: 'lambda.memory.max',
  quantity: 'max memory',
  min: 128,
  max: 10_240,
  default: 128,
  unit: 'MB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};

export const LAMBDA_MEMORY_PER_VCPU: Quota = {
  id: 'lambda.vcpu_per_mb',
  quantity: 'memory equal to one vCPU',
  max: 1769,
  unit: 'MB',
  kind: 'observed',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
  note: 'CPU grows with memory; this much memory equals one vCPU',
};

export const LAMBDA_EPHEMERAL_STORAGE: Quota = {
  id: 'lambda.tmp',
  quantity: '/tmp ephemeral storage',
  min: 512,
  max: 10_240,
  default: 512,
  unit: 'MB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};

export const LAMBDA_ZIP_UNZIPPED: Quota = {
  id: 'lambda.zip.unzipped',
  quantity: 'unzipped package incl. layers and custom runtime',
  max: 250,
  unit: 'MB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};

export const LAMBDA_IMAGE_SIZE: Quota = {
  id: 'lambda.image.size',
  quantity: 'container image, max uncompressed incl. all layers',
  max: 10,
  unit: 'GB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};

export const LAMBDA_PAYLOAD_SYNC: Quota = {
  id: 'lambda.payload.sync',
  quantity: 'synchronous request and response payload',
  max: 6_291_456,
  unit: 'bytes',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};

export const LAMBDA_PAYLOAD_ASYNC: Quota = {
  id: 'lambda.payload.async',
  quantity: 'asynchronous payload',
  max: 1_048_576,
  unit: 'bytes',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};

export const LAMBDA_ENVIRONMENT_VARIABLES: Quota = {
  id: 'lambda.env',
  quantity: 'environment variables total',
  max: 4096,
  unit: 'bytes',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};

export const LAMBDA_CONCURRENCY: Quota = {
  id: 'lambda.concurrency',
  quantity: 'account concurrency per Region (default)',
  max: 1000,
  unit: 'executions',
  kind: 'adjustable',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};

export const LAMBDA_INIT_ON_DEMAND: Quota = {
  id: 'lambda.init.ondemand',
  quantity: 'Init phase limit, on-demand',
  max: 10,
  unit: 's',
  kind: 'hard',
  source: 'https://github.com/aws/agent-toolkit-for-aws',
  checkedOn: '2026-11-24',
};

export const LAMBDA_STREAM_SIZE: Quota = {
  id: 'lambda.stream.size',
  quantity: 'streamed response size',
  max: 200,
  unit: 'MB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};

export const LAMBDA_SQS_MAX_CONCURRENCY: Quota = {
  id: 'lambda.sqs.maxconc',
  quantity: 'SQS ESM MaximumConcurrency',
  min: 2,
  max: 1000,
  unit: 'count',
  kind: 'configurable',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

export const LAMBDA_MEMORY_NEW_ACCOUNT: Quota = {
  id: 'lambda.memory.new-account',
  quantity: 'max memory in an account that AWS has not raised yet',
  max: 3008,
  unit: 'MB',
  kind: 'adjustable',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
  note: 'new accounts start here and are raised with use',
};

export const LAMBDA_PROVISIONED_UTILIZATION: Quota = {
  id: 'lambda.provisioned.utilization',
  quantity: 'target utilization of provisioned concurrency',
  min: 0.1,
  max: 0.9,
  unit: 'share',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  checkedOn: '2026-11-24',
};

export const LAMBDA_ASYNC_EVENT_AGE: Quota = {
  id: 'lambda.async.age',
  quantity: 'maximum age of an asynchronous event',
  min: 60,
  max: 21_600,
  default: 21_600,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html',
  checkedOn: '2026-11-24',
};

export const LAMBDA_IDLE_LIFETIME: Quota = {
  id: 'lambda.idle-lifetime',
  quantity: 'time that an idle environment was seen to live at least',
  min: 300,
  unit: 's',
  kind: 'observed',
  source: 'https://www.pluralsight.com/resources/blog/cloud/how-long-does-aws-lambda-keep-your-idle-functions-around-before-a-cold-start',
  checkedOn: '2026-11-24',
  note: 'undocumented: 45 to 60 minutes were common in that experiment, 5 to 7 minutes have been reported since',
};

export const LAMBDA_INIT_PROVISIONED: Quota = {
  id: 'lambda.init.provisioned',
  quantity: 'Init phase limit with provisioned concurrency',
  max: 900,
  unit: 's',
  kind: 'hard',
  source: 'https://github.com/aws/agent-toolkit-for-aws',
  checkedOn: '2026-11-24',
};

export const LAMBDA_REQUEST_RATE: Quota = {
  id: 'lambda.rps',
  quantity: 'requests per second for each unit of concurrency',
  max: 10,
  unit: 'requests/s',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
  note: 'ten times the concurrency of the account, of a function that reserves some, or of provisioned concurrency',
};

export const LAMBDA_SCALING: Quota = {
  id: 'lambda.scaling',
  quantity: 'environments that a function gains in 10 s',
  max: 1000,
  unit: 'environments',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};
