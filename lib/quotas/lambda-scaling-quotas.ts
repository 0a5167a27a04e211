import type { Quota, QuotaPage } from './quota';

const LIMITS: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const PROVISIONED: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const PROVISIONED_API: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://github.com/aws/agent-toolkit-for-aws',
  checkedOn: '2026-08-20',
  confidence: 'confirmed',
};

const PRICING: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://aws.amazon.com/lambda/pricing/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const ENVIRONMENT: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const MEASURED: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://mikhail.io/serverless/coldstarts/aws/intervals/',
  checkedOn: '2026-11-24',
  confidence: 'secondary',
};

const API: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const ASYNC: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const LAMBDA_ASYNC_RETRIES: Quota = {
  ...ASYNC,
  id: 'lambda.async.retries',
  quantity: 'retries of an asynchronous invocation whose function failed',
  min: 0,
  max: 2,
  default: 2,
  unit: 'retries',
  kind: 'configurable',
};

export const LAMBDA_UNRESERVED_MINIMUM: Quota = {
  ...LIMITS,
  id: 'lambda.concurrency.unreserved',
  quantity: 'concurrency of an account that no function can reserve',
  min: 100,
  unit: 'executions',
  kind: 'hard',
  note: 'the most that can be reserved is the quota of the account less this',
};

export const LAMBDA_NETWORK: Quota = {
  ...LIMITS,
  id: 'lambda.network',
  quantity: 'network bandwidth of one environment',
  max: 625,
  unit: 'Mbps',
  kind: 'adjustable',
  note: 'outside a VPC up to 3,000 Mbps at 10,240 MB after an increase; matters for models that are fetched at the start',
};

export const LAMBDA_CONTROL_PLANE: Quota = {
  ...LIMITS,
  id: 'lambda.control_plane',
  quantity: 'requests to all control plane APIs together',
  max: 15,
  unit: 'requests/s',
  kind: 'hard',
  note: 'GetFunction has 100, GetPolicy 15 of its own',
};

export const LAMBDA_ENIS: Quota = {
  ...LIMITS,
  id: 'lambda.eni',
  quantity: 'network interfaces in a VPC',
  max: 500,
  unit: 'interfaces',
  kind: 'adjustable',
  note: 'shared with other services',
};

export const LAMBDA_PROVISIONED_QUALIFIER: Quota = {
  ...PROVISIONED_API,
  id: 'lambda.pc.qualifier',
  quantity: 'what provisioned concurrency can be set on',
  values: ['version', 'alias'],
  unit: '-',
  kind: 'fact',
  note: 'never $LATEST; counts against the account even when idle; at most what the function reserves',
};

export const LAMBDA_PROVISIONED_RATE: Quota = {
  ...PROVISIONED,
  id: 'lambda.pc.rate',
  quantity: 'environments that provisioned concurrency starts in a minute, for one function',
  max: 6_000,
  unit: 'environments/min',
  kind: 'hard',
  note: 'none can be used until all are there',
};

export const LAMBDA_PROVISIONED_GRANULARITY: Quota = {
  ...PRICING,
  id: 'lambda.pc.billing',
  quantity: 'time to which provisioned concurrency is rounded up on the bill',
  min: 300,
  unit: 's',
  kind: 'fact',
  note: 'the free tier does not apply to functions that have it',
};

export const LAMBDA_PROVISIONED_ALARM_OUT: Quota = {
  ...PROVISIONED,
  id: 'lambda.pc.alarm.out',
  quantity: 'minutes over the target after which target tracking adds provisioned concurrency',
  min: 3,
  unit: 'min',
  kind: 'fact',
  confidence: 'confirmed',
  note: 'three data points of a minute, the average of each; a minute without requests has none, so idle capacity is not taken back',
};

export const LAMBDA_PROVISIONED_ALARM_LOW: Quota = {
  ...PROVISIONED,
  id: 'lambda.pc.alarm.low',
  quantity: 'share of the target utilization under which target tracking takes provisioned concurrency back',
  max: 0.9,
  unit: 'share',
  kind: 'fact',
  confidence: 'confirmed',
};

export const LAMBDA_PROVISIONED_ALARM_IN: Quota = {
  ...PROVISIONED,
  id: 'lambda.pc.alarm.in',
  quantity: 'minutes under that share after which target tracking takes provisioned concurrency back',
  min: 15,
  unit: 'min',
  kind: 'observed',
  note: 'as engineers of AWS describe the alarm; the page speaks of three data points of both alarms',
};

export const LAMBDA_COLD_SHARE: Quota = {
  ...ENVIRONMENT,
  id: 'lambda.coldshare',
  quantity: 'share of invocations that AWS says start cold',
  max: 0.01,
  unit: 'share',
  kind: 'observed',
  note: 'from under 100 ms to over 1 s each',
};

export const LAMBDA_IDLE_RECLAIM: Quota = {
  ...MEASURED,
  id: 'lambda.idle_reclaim',
  quantity: 'time after which idle environments were seen to go',
  min: 300,
  max: 420,
  unit: 's',
  kind: 'observed',
  note: 'other measurements: 10 min in 2019, 25 to 60 min before; a distribution, not a promise',
};

export const LAMBDA_SQS_POLLERS: Quota = {
  ...API,
  id: 'lambda.sqs.pollers',
  quantity: 'provisioned pollers of an event source mapping of SQS',
  min: 2,
  max: 10_000,
  default: 200,
  unit: 'pollers',
  kind: 'configurable',
  note: 'one takes 1 MB/s or 10 invocations at once; not together with MaximumConcurrency',
};
