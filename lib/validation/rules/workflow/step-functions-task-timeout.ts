import type { Rule, Violation } from '../../rule';
import { retrierFor } from './machine/retriers';
import { functionTimeout, secondsAt, stateName, type Task, tasksOf } from './machine/task';

/** `States.TaskFailed` holds every error but this one. */
const TIMEOUT_ERRORS = ['States.Timeout', 'States.ALL'];

/** Where a timeout is retried, the next attempt runs beside the first; elsewhere the function only runs on for nothing. */
export const STEP_FUNCTIONS_TASK_TIMEOUT: Rule = {
  id: 'step-functions-task-timeout',
  title: 'A task times out before its function does',
  why: 'Step Functions gives the attempt up while the function runs on: its work is done twice or thrown away.',
  severity: 'info',
  fix: "set TimeoutSeconds to the function's timeout and some seconds more",
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-stuck-execution.html',
  check: (graph) => tasksOf(graph).flatMap(judged),
};

function judged({ machine, node, target, pattern }: Task): Violation[] {
  const [stated, needed] = [secondsAt(node, 'TimeoutSeconds'), target && functionTimeout(target.fn)];
  if (pattern !== 'request' || stated === undefined || needed === undefined || stated >= needed) return [];
  const retrier = retrierFor(node, (error) => TIMEOUT_ERRORS.includes(error));
  const again = retrier !== undefined && retrier.attempts !== 0;
  const message = `TimeoutSeconds of ${stateName(node)} must be at least the ${needed} s of function ${target!.fn.id}, got ${stated} s`;
  return [
    {
      resource: machine.resource,
      message: again ? `${message} and a retry of ${retrier.errors.join(', ')}` : message,
      severity: again ? 'warning' : 'info',
    },
  ];
}
