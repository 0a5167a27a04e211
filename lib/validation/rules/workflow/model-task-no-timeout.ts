import type { Rule } from '../../rule';
import { hasTimeout, stateName } from './machine/task';
import { modelTasksOf } from './model/model-task';

export const MODEL_TASK_NO_TIMEOUT: Rule = {
  id: 'model-task-no-timeout',
  title: 'A task that asks a model has no timeout',
  why: 'An answer that does not come holds the execution for as long as the function or the service allows, and a retry comes only after that.',
  severity: 'warning',
  fix: 'set TimeoutSeconds (taskTimeout: sfn.Timeout.duration(...)): that of the function and some seconds more',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-stuck-execution.html',
  check: (graph) =>
    modelTasksOf(graph)
      .filter(({ node }) => !hasTimeout(node))
      .map(({ machine, node }) => ({
        resource: machine.resource,
        message: `${stateName(node)} asks a model and must have TimeoutSeconds, got none`,
      })),
};
