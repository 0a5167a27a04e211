import type { Quota, QuotaPage } from './quota';

const API: QuotaPage = {
  platform: 'Amazon SQS',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const MESSAGES: QuotaPage = {
  platform: 'Amazon SQS',
  source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const LAMBDA: QuotaPage = {
  platform: 'Amazon SQS',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const SQS_MESSAGE: Quota = {
  ...API,
  id: 'sqs.msg',
  quantity: 'message, and all messages of a batch together',
  max: 1_048_576,
  unit: 'bytes',
  kind: 'hard',
  note: 'each 64 KB is one request on the bill',
};

export const SQS_VISIBILITY: Quota = {
  ...API,
  id: 'sqs.visibility',
  quantity: 'visibility timeout',
  min: 0,
  max: 43_200,
  default: 30,
  unit: 's',
  kind: 'hard',
};

export const SQS_RETENTION: Quota = {
  ...MESSAGES,
  id: 'sqs.retention',
  quantity: 'message retention',
  min: 60,
  max: 1_209_600,
  default: 345_600,
  unit: 's',
  kind: 'hard',
};

export const SQS_DELAY: Quota = {
  ...API,
  id: 'sqs.delay',
  quantity: 'DelaySeconds',
  min: 0,
  max: 900,
  default: 0,
  unit: 's',
  kind: 'hard',
};

export const SQS_BATCH: Quota = {
  ...API,
  id: 'sqs.batch',
  quantity: 'messages of a batch',
  min: 1,
  max: 10,
  unit: 'messages',
  kind: 'hard',
};

export const SQS_VISIBILITY_FACTOR: Quota = {
  ...LAMBDA,
  id: 'sqs.visibility.factor',
  quantity: 'visibility timeout for each second of the timeout of a function that polls the queue',
  min: 6,
  unit: 'times',
  kind: 'fact',
  note: 'recommended by AWS, plus the batching window; below the timeout itself the event source mapping is refused',
};
