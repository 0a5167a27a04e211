import type { Quota, QuotaPage } from './quota';

const SNAPSTART: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const LIFECYCLE: QuotaPage = {
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

export const LAMBDA_SNAPSTART_RUNTIMES: Quota = {
  ...SNAPSTART,
  id: 'lambda.snapstart.runtimes',
  quantity: 'runtimes that SnapStart supports',
  values: ['Java 11 and later', 'Python 3.12 and later', '.NET 8 and later'],
  unit: '-',
  kind: 'fact',
  note: 'as zip and as container image of an AWS base image; custom base images need hooks of their own; no Node.js, Ruby or OS-only runtime',
};

export const LAMBDA_SNAPSTART_EXCLUSIONS: Quota = {
  ...SNAPSTART,
  id: 'lambda.snapstart.excl',
  quantity: 'what SnapStart cannot be combined with',
  values: ['provisioned concurrency', 'Amazon EFS', 'Amazon S3 Files', '/tmp over 512 MB', '$LATEST'],
  unit: '-',
  kind: 'fact',
  note: 'container images have been supported since; earlier copies of the page excluded them',
};

export const LAMBDA_SNAPSTART_STORAGE: Quota = {
  ...SNAPSTART,
  id: 'lambda.snapstart.tmp',
  quantity: '/tmp of a function with SnapStart',
  min: 512,
  max: 512,
  default: 512,
  unit: 'MB',
  kind: 'hard',
};

export const LAMBDA_SNAPSTART_CACHE: Quota = {
  ...PRICING,
  id: 'lambda.snapstart.cost',
  quantity: 'time for which a cached snapshot is charged at least',
  min: 10_800,
  unit: 's',
  kind: 'fact',
  note: 'caching and restoring cost nothing on managed Java runtimes',
};

export const LAMBDA_SNAPSTART_RESTORE: Quota = {
  ...LIFECYCLE,
  id: 'lambda.restore.snapstart',
  quantity: 'restore and the hooks after it',
  max: 10,
  unit: 's',
  kind: 'hard',
};

export const LAMBDA_SNAPSTART_START: Quota = {
  ...SNAPSTART,
  id: 'lambda.snapstart.start',
  quantity: 'time in which a restored environment is ready, as AWS puts it',
  max: 1,
  unit: 's',
  kind: 'observed',
  note: 'as low as sub-second: no promise, and large memory that is read again takes longer; hooks after the restore come on top',
};

export const LAMBDA_SHUTDOWN_INTERNAL: Quota = {
  ...LIFECYCLE,
  id: 'lambda.shutdown.internal',
  quantity: 'shutdown phase with internal extensions',
  max: 500,
  unit: 'ms',
  kind: 'hard',
  note: '0 without extensions',
};

export const LAMBDA_SHUTDOWN_EXTERNAL: Quota = {
  ...LIFECYCLE,
  id: 'lambda.shutdown.external',
  quantity: 'shutdown phase with external extensions',
  max: 2_000,
  unit: 'ms',
  kind: 'hard',
};
