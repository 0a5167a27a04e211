import type { Rule } from '../../rule';
import { stateName } from './machine/task';
import { modelTasksOf } from './model/model-task';
import { throttlingRetrier } from './model/throttling';

export const MODEL_TASK_LOCKSTEP_RETRY: Rule = {
  id: 'model-task-lockstep-retry',
  title: 'A task that may ask a model retries throttling without jitter',
  why: 'Everything that was throttled together comes again together, and is throttled again until the retries are used up.',
  severity: 'warning',
  fix: 'set JitterStrategy FULL on that retrier: addRetry({ ..., jitterStrategy: sfn.JitterType.FULL })',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  check: (graph) =>
    modelTasksOf(graph).flatMap(({ machine, node }) => {
      const retrier = throttlingRetrier(node);
      if (retrier === undefined || retrier.jitter || retrier.attempts === 0) return [];
      const message = `${stateName(node)} may ask a model and must retry ${retrier.errors.join(', ')} with JitterStrategy FULL, got none`;
      return [{ resource: machine.resource, message }];
    }),
};
