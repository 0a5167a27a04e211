import { MapValue } from '../../../template/value';
import type { Rule } from '../../rule';

export const SCHEDULER_NO_DEAD_LETTER: Rule = {
  id: 'scheduler-no-dead-letter',
  title: 'Schedule without a dead-letter queue',
  why: 'A run that cannot be started is dropped without a trace once its retries are used up.',
  severity: 'info',
  fix: 'give the target a DeadLetterConfig with an SQS queue; a ping that is made again soon needs none',
  source: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html',
  check: (graph) =>
    graph
      .ofType('AWS::Scheduler::Schedule')
      .filter((schedule) => schedule.get('Target') instanceof MapValue && schedule.get('Target', 'DeadLetterConfig') === undefined)
      // Who asks for no retry has said that a lost run is no loss.
      .filter((schedule) => schedule.number('Target', 'RetryPolicy', 'MaximumRetryAttempts') !== 0)
      .map((schedule) => ({ resource: schedule, message: 'Target has no DeadLetterConfig' })),
};
