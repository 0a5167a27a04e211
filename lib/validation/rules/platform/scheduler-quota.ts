import { SCHEDULER_RETRY_AGE, SCHEDULER_RETRY_ATTEMPTS, SCHEDULER_WINDOW } from '../../../quotas/scheduler-quotas';
import type { Rule } from '../../rule';
import { outOfRange, type Range } from './out-of-range';

const SCHEDULE = 'AWS::Scheduler::Schedule';

const RANGES: readonly Range[] = [
  { type: SCHEDULE, path: ['Target', 'RetryPolicy', 'MaximumEventAgeInSeconds'], quota: SCHEDULER_RETRY_AGE, reportedByCdk: 'F3034' },
  { type: SCHEDULE, path: ['Target', 'RetryPolicy', 'MaximumRetryAttempts'], quota: SCHEDULER_RETRY_ATTEMPTS, reportedByCdk: 'F3034' },
  { type: SCHEDULE, path: ['FlexibleTimeWindow', 'MaximumWindowInMinutes'], quota: SCHEDULER_WINDOW, reportedByCdk: 'F3034' },
];

export const SCHEDULER_QUOTA: Rule = {
  id: 'scheduler-quota',
  title: 'Retry policy or time window that a schedule cannot have',
  why: 'The deployment fails.',
  severity: 'error',
  fix: 'set a value in that range',
  source: SCHEDULER_RETRY_AGE.source,
  check: (graph) => outOfRange(graph, RANGES),
};
