import type { Quota } from './quota';

export const SQS_MESSAGE: Quota = {
  id: 'sqs.msg',
  quantity: 'message (and batch total) size',
  max: 1_048_576,
  unit: 'bytes',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

export const SQS_VISIBILITY: Quota = {
  id: 'sqs.visibility',
  quantity: 'visibility timeout',
  min: 0,
  max: 43_200,
  default: 30,
  unit: 's',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

export const SQS_RETENTION: Quota = {
  id: 'sqs.retention',
  quantity: 'message retention',
  min: 60,
  max: 1_209_600,
  default: 345_600,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html',
  checkedOn: '2026-11-24',
};
