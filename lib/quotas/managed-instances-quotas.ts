import type { Quota, QuotaPage } from './quota';

const API: QuotaPage = {
  platform: 'Lambda Managed Instances',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const QUOTAS: QuotaPage = {
  platform: 'Lambda Managed Instances',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-quotas.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const TOOLKIT: QuotaPage = {
  platform: 'Lambda Managed Instances',
  source: 'https://github.com/aws/agent-toolkit-for-aws',
  checkedOn: '2026-08-20',
  confidence: 'confirmed',
};

export const LMI_TIMEOUT_SYNC: Quota = {
  ...API,
  id: 'lmi.timeout.sync',
  quantity: 'timeout of a synchronous invocation',
  min: 1,
  max: 900,
  unit: 's',
  kind: 'hard',
};

export const LMI_TIMEOUT_ASYNC: Quota = {
  ...API,
  id: 'lmi.timeout.async',
  quantity: 'timeout of an asynchronous invocation or one by event source mapping',
  min: 1,
  max: 5_400,
  unit: 's',
  kind: 'hard',
  note: 'not for Amazon MQ and DocumentDB',
};

export const LMI_MEMORY: Quota = {
  ...TOOLKIT,
  id: 'lmi.memory',
  quantity: 'memory of an environment',
  min: 2_048,
  max: 32_768,
  unit: 'MB',
  kind: 'hard',
};

export const LMI_RATIO: Quota = {
  ...API,
  id: 'lmi.ratio',
  quantity: 'memory for each vCPU',
  min: 2,
  max: 8,
  default: 4,
  values: ['2', '4', '8'],
  unit: 'GiB',
  kind: 'hard',
};

export const LMI_CONCURRENCY: Quota = {
  ...API,
  id: 'lmi.conc',
  quantity: 'PerExecutionEnvironmentMaxConcurrency',
  min: 1,
  max: 1_600,
  unit: 'invocations',
  kind: 'configurable',
  note: 'for each vCPU at most: Node.js 64, Java 32, .NET 32, Python 16',
};

export const LMI_MIN_ENVIRONMENTS: Quota = {
  ...API,
  id: 'lmi.minenv',
  quantity: 'MinExecutionEnvironments',
  min: 0,
  max: 15_000,
  default: 3,
  unit: 'environments',
  kind: 'configurable',
  note: 'three instances for resilience to a zone; does not go to zero in normal use',
};

export const LMI_VCPUS: Quota = {
  ...API,
  id: 'lmi.vcpu',
  quantity: 'MaxVCpuCount of a capacity provider',
  min: 2,
  max: 15_000,
  default: 400,
  unit: 'vCPU',
  kind: 'configurable',
};

export const LMI_PROVIDERS: Quota = {
  ...QUOTAS,
  id: 'lmi.cp',
  quantity: 'capacity providers of an account',
  max: 1_000,
  unit: 'providers',
  kind: 'hard',
};

export const LMI_VERSIONS: Quota = {
  ...QUOTAS,
  id: 'lmi.versions',
  quantity: 'function versions on a capacity provider',
  max: 100,
  unit: 'versions',
  kind: 'hard',
};

export const LMI_SQS_THROUGHPUT: Quota = {
  ...QUOTAS,
  id: 'lmi.esm.sqs',
  quantity: 'throughput of a standard event source mapping of SQS',
  max: 5,
  unit: 'MB/s',
  kind: 'hard',
};

export const LMI_KAFKA_THROUGHPUT: Quota = {
  ...QUOTAS,
  id: 'lmi.esm.kafka',
  quantity: 'throughput of a standard event source mapping of Kafka',
  max: 1,
  unit: 'MB/s',
  kind: 'hard',
};

export const LMI_ASYNC_THROUGHPUT: Quota = {
  ...QUOTAS,
  id: 'lmi.async.throughput',
  quantity: 'throughput of asynchronous invocations',
  max: 5,
  unit: 'MB/s',
  kind: 'adjustable',
};

export const LMI_BURST: Quota = {
  ...TOOLKIT,
  id: 'lmi.scale',
  quantity: 'growth of traffic that is taken up at once',
  max: 0.5,
  unit: 'share',
  kind: 'observed',
  note: 'twice the traffic within 5 min, then throttled; instances rotate every 14 days; 1 vCPU and 1 GB of each go to the system',
};
