import { SFN_STANDARD_DURATION } from '../../../quotas/step-functions-quotas';
import type { Rule } from '../../rule';
import { hasHeartbeat, hasTimeout, stateName, tasksOf } from './machine/task';

/** A timeout of the whole machine bounds the wait too. */
export const STEP_FUNCTIONS_CALLBACK_TIMEOUT: Rule = {
  id: 'step-functions-callback-timeout',
  title: 'A task waits for a token or an activity worker without a timeout',
  why: `When nobody answers, the execution hangs for as long as Step Functions keeps it: ${SFN_STANDARD_DURATION.max} s.`,
  severity: 'warning',
  fix: 'set TimeoutSeconds (taskTimeout), and HeartbeatSeconds where the worker sends heartbeats',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-stuck-execution.html',
  check: (graph) =>
    tasksOf(graph)
      .filter(({ machine, pattern }) => machine.type === 'STANDARD' && (pattern === 'callback' || pattern === 'activity'))
      .filter(({ machine, node }) => !hasTimeout(node) && !hasHeartbeat(node) && machine.definition.get('TimeoutSeconds') === undefined)
      .map(({ machine, node, pattern }) => ({
        resource: machine.resource,
        message: `${stateName(node)} waits for ${pattern === 'activity' ? 'an activity worker' : 'a task token'} and must have TimeoutSeconds or HeartbeatSeconds, got neither`,
      })),
};
