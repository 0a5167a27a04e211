import type { Rule } from '../../rule';
import { hasTimeout, stateName } from './machine/task';
import { modelTasksOf } from './model/model-task';

/** An HTTP task ends by itself after a minute. */
export const MODEL_TASK_NO_TIMEOUT: Rule = {
  id: 'model-task-no-timeout',
  title: 'A task that may ask a model has no timeout',
  why: 'An answer that does not come holds the execution for as long as the function or the service allows, and a retry comes only after that.',
  severity: 'warning',
  fix: 'set TimeoutSeconds (taskTimeout: sfn.Timeout.duration(...)): that of the function and some seconds more',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-stuck-execution.html',
  check: (graph) =>
    modelTasksOf(graph)
      .filter(({ node, action }) => !hasTimeout(node) && action !== 'http:invoke')
      .map(({ machine, node }) => ({
        resource: machine.resource,
        message: `${stateName(node)} may ask a model and must have TimeoutSeconds, got none`,
      })),
};
