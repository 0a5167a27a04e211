import type { Quota, QuotaPage } from './quota';

const LIMITS: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const LIFECYCLE: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://github.com/aws/agent-toolkit-for-aws',
  checkedOn: '2026-08-20',
  confidence: 'confirmed',
};

const API: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const PROVISIONED: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const ASYNC: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const OBSERVED: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://www.pluralsight.com/resources/blog/cloud/how-long-does-aws-lambda-keep-your-idle-functions-around-before-a-cold-start',
  checkedOn: '2026-11-24',
  confidence: 'secondary',
};

export const LAMBDA_TIMEOUT: Quota = {
  ...LIMITS,
  id: 'lambda.timeout',
  quantity: 'function timeout',
  min: 1,
  max: 900,
  default: 3,
  unit: 's',
  kind: 'hard',
  note: 'on default compute; Managed Instances allow more',
};

export const LAMBDA_MEMORY: Quota = {
  ...LIMITS,
  id: 'lambda.memory.max',
  quantity: 'memory of a function',
  min: 128,
  max: 10_240,
  default: 128,
  unit: 'MB',
  kind: 'hard',
  note: 'in steps of 1 MB of 1,024 KB; on default compute: Managed Instances have 2,048 to 32,768 MB',
};

export const LAMBDA_MEMORY_PER_VCPU: Quota = {
  ...LIMITS,
  id: 'lambda.vcpu_per_mb',
  quantity: 'memory equal to one vCPU',
  max: 1_769,
  unit: 'MB',
  kind: 'observed',
  note: 'CPU grows with memory; this much memory equals one vCPU',
};

export const LAMBDA_EPHEMERAL_STORAGE: Quota = {
  ...LIMITS,
  id: 'lambda.tmp',
  quantity: '/tmp ephemeral storage',
  min: 512,
  max: 10_240,
  default: 512,
  unit: 'MB',
  kind: 'hard',
};

export const LAMBDA_ZIP_UNZIPPED: Quota = {
  ...LIMITS,
  id: 'lambda.zip.unzipped',
  quantity: 'unzipped package with its layers and custom runtime',
  max: 250,
  unit: 'MB',
  kind: 'hard',
};

export const LAMBDA_IMAGE_SIZE: Quota = {
  ...LIMITS,
  id: 'lambda.image.size',
  quantity: 'container image, uncompressed, all layers',
  max: 10,
  unit: 'GB',
  kind: 'hard',
};

export const LAMBDA_PAYLOAD_SYNC: Quota = {
  ...LIMITS,
  id: 'lambda.payload.sync',
  quantity: 'synchronous request and response payload, each',
  max: 6_291_456,
  unit: 'bytes',
  kind: 'hard',
};

export const LAMBDA_PAYLOAD_ASYNC: Quota = {
  ...LIMITS,
  id: 'lambda.payload.async',
  quantity: 'asynchronous payload',
  max: 1_048_576,
  unit: 'bytes',
  kind: 'hard',
};

export const LAMBDA_ENVIRONMENT_VARIABLES: Quota = {
  ...LIMITS,
  id: 'lambda.env',
  quantity: 'environment variables, all together',
  max: 4_096,
  unit: 'bytes',
  kind: 'hard',
};

export const LAMBDA_CONCURRENCY: Quota = {
  ...LIMITS,
  id: 'lambda.concurrency',
  quantity: 'concurrent executions of an account in a Region',
  max: 1_000,
  unit: 'executions',
  kind: 'adjustable',
  note: 'new accounts start lower and are raised with use',
};

export const LAMBDA_STREAM_SIZE: Quota = {
  ...LIMITS,
  id: 'lambda.stream.size',
  quantity: 'streamed response',
  max: 200,
  unit: 'MB',
  kind: 'hard',
};

export const LAMBDA_MEMORY_NEW_ACCOUNT: Quota = {
  ...LIMITS,
  id: 'lambda.memory.new-account',
  quantity: 'memory of a function in an account that AWS has not raised yet',
  max: 3_008,
  unit: 'MB',
  kind: 'adjustable',
  confidence: 'secondary',
  note: 'the page says that new accounts have reduced quotas; the number is that of accounts seen',
};

export const LAMBDA_REQUEST_RATE: Quota = {
  ...LIMITS,
  id: 'lambda.rps',
  quantity: 'requests per second for each unit of concurrency',
  max: 10,
  unit: 'requests/s',
  kind: 'hard',
  note: 'ten times the concurrency of the account, of a function that reserves some, or of provisioned concurrency; synchronous invocations only',
};

export const LAMBDA_SCALING: Quota = {
  ...LIMITS,
  id: 'lambda.scaling',
  quantity: 'new environments of one function in 10 seconds',
  max: 1_000,
  unit: 'environments',
  kind: 'hard',
};

export const LAMBDA_INIT_ON_DEMAND: Quota = {
  ...LIFECYCLE,
  id: 'lambda.init.ondemand',
  quantity: 'Init phase on demand',
  max: 10,
  unit: 's',
  kind: 'hard',
  note: 'a longer one starts again within the first invocation, under the timeout of the function; Init is billed',
};

export const LAMBDA_INIT_PROVISIONED: Quota = {
  ...LIFECYCLE,
  id: 'lambda.init.provisioned',
  quantity: 'Init phase with provisioned concurrency or SnapStart',
  max: 900,
  unit: 's',
  kind: 'hard',
};

export const LAMBDA_SQS_MAX_CONCURRENCY: Quota = {
  ...API,
  id: 'lambda.sqs.maxconc',
  quantity: 'MaximumConcurrency of an event source mapping of SQS',
  min: 2,
  max: 1_000,
  unit: 'executions',
  kind: 'configurable',
  note: 'not together with provisioned pollers',
};

export const LAMBDA_PROVISIONED_UTILIZATION: Quota = {
  ...PROVISIONED,
  id: 'lambda.provisioned.utilization',
  quantity: 'target utilization of provisioned concurrency',
  min: 0.1,
  max: 0.9,
  unit: 'share',
  kind: 'hard',
};

export const LAMBDA_ASYNC_EVENT_AGE: Quota = {
  ...ASYNC,
  id: 'lambda.async.age',
  quantity: 'maximum age of an asynchronous event',
  min: 60,
  max: 21_600,
  default: 21_600,
  unit: 's',
  kind: 'hard',
};

export const LAMBDA_IDLE_LIFETIME: Quota = {
  ...OBSERVED,
  id: 'lambda.idle-lifetime',
  quantity: 'time that an idle environment was seen to live at least',
  min: 300,
  unit: 's',
  kind: 'observed',
  note: 'undocumented: 45 to 60 minutes were common in that experiment, 5 to 7 minutes have been reported since',
};
