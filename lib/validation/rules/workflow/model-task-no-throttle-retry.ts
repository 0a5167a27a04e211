import type { Rule } from '../../rule';
import { stateName } from './machine/task';
import { modelTasksOf } from './model/model-task';
import { throttlingRetrier } from './model/throttling';

/** CDK's `LambdaInvoke` retries faults of the Lambda service alone. */
export const MODEL_TASK_NO_THROTTLE_RETRY: Rule = {
  id: 'model-task-no-throttle-retry',
  title: 'A task that may ask a model does not retry throttling',
  why: 'Models are throttled in normal use, by requests and by tokens; the first time fails the execution.',
  severity: 'warning',
  fix: "add a retry for the throttling errors: addRetry({ errors: ['ThrottlingException', 'TooManyRequestsException'], interval: Duration.seconds(5), maxAttempts: 8, backoffRate: 2, jitterStrategy: sfn.JitterType.FULL })",
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  check: (graph) =>
    modelTasksOf(graph).flatMap(({ machine, node }) => {
      const retrier = throttlingRetrier(node);
      if (retrier !== undefined && retrier.attempts !== 0) return [];
      const got = retrier === undefined ? 'none' : `MaxAttempts 0 for ${retrier.errors.join(', ')}`;
      return [
        {
          resource: machine.resource,
          message: `${stateName(node)} may ask a model and must have a retry for throttling errors, got ${got}`,
        },
      ];
    }),
};
