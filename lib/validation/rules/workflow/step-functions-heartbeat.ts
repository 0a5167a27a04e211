import type { Rule } from '../../rule';
import { hasHeartbeat, stateName, tasksOf } from './machine/task';

export const STEP_FUNCTIONS_HEARTBEAT: Rule = {
  id: 'step-functions-heartbeat',
  title: 'A task without a token has HeartbeatSeconds',
  why: 'Nobody can send heartbeats for it, so at best nothing happens, and at worst a healthy task times out.',
  severity: 'warning',
  fix: 'set TimeoutSeconds instead, or wait for a token (.waitForTaskToken) that the worker sends heartbeats with',
  source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskHeartbeat.html',
  check: (graph) =>
    tasksOf(graph)
      // What the resource is has to be known: a name that is not resolved may be an activity.
      .filter(({ node, pattern, action }) => hasHeartbeat(node) && pattern === 'request' && action !== '')
      .map(({ machine, node }) => ({
        resource: machine.resource,
        message: `${stateName(node)} must have no HeartbeatSeconds, got it on a task that waits for no token`,
      })),
};
