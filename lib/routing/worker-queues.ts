import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { WORKER_MAX_RECEIVES } from '../../lambda/contract/routing';
import { SQS_RETENTION } from '../quotas/sqs-quotas';
import { acknowledge } from '../validation/acknowledge';
import type { QueueWorkerServiceProps } from './queue-worker-service-props';
import { WORKER_DEFAULTS } from './worker-checks';

const LONG_POLL = Duration.seconds(20);

/** Messages stay as long as SQS keeps any, so that somebody has time to read and redrive them. */
export function createDeadLetterQueue(scope: Construct): Queue {
  const queue = new Queue(scope, 'DeadLetters', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.seconds(SQS_RETENTION.max!),
  });
  for (const id of ['AwsSolutions::AwsSolutions-SQS3', 'Serverless::Serverless-SQSRedrivePolicy']) {
    acknowledge(queue, { id, reason: 'this is the dead-letter queue; people read it' });
  }
  return queue;
}

export function createWorkQueue(scope: Construct, deadLetters: Queue, props: QueueWorkerServiceProps): Queue {
  return new Queue(scope, 'Queue', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    visibilityTimeout: props.visibilityTimeout ?? Duration.seconds(WORKER_DEFAULTS.visibilitySeconds),
    receiveMessageWaitTime: LONG_POLL,
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: WORKER_MAX_RECEIVES },
  });
}
