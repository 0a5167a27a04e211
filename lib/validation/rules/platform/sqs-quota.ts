import { SQS_DELAY, SQS_RETENTION, SQS_VISIBILITY } from '../../../quotas/sqs-quotas';
import type { Rule } from '../../rule';
import { outOfRange, type Range } from './out-of-range';

const QUEUE = 'AWS::SQS::Queue';

const RANGES: readonly Range[] = [
  { type: QUEUE, path: ['MessageRetentionPeriod'], quota: SQS_RETENTION, reportedByCdk: 'F3034' },
  { type: QUEUE, path: ['VisibilityTimeout'], quota: SQS_VISIBILITY, reportedByCdk: 'F3034' },
  { type: QUEUE, path: ['DelaySeconds'], quota: SQS_DELAY, reportedByCdk: 'F3034' },
];

export const SQS_QUOTA: Rule = {
  id: 'sqs-quota',
  title: 'Retention, visibility timeout or delay that a queue cannot have',
  why: 'The deployment fails.',
  severity: 'error',
  fix: 'set a value in that range; a job that outlasts the visibility timeout extends it while it runs',
  source: SQS_RETENTION.source,
  check: (graph) => outOfRange(graph, RANGES),
};
