import type { Rule } from '../../rule';
import { secondsAt, stateName, tasksOf } from './machine/task';

export const STEP_FUNCTIONS_HEARTBEAT_TIMEOUT: Rule = {
  id: 'step-functions-heartbeat-timeout',
  title: 'The heartbeat of a task is not shorter than its timeout',
  why: 'Step Functions refuses the definition.',
  severity: 'error',
  fix: 'lower HeartbeatSeconds, or raise TimeoutSeconds',
  source: 'https://states-language.net/spec.html#timeouts',
  check: (graph) =>
    tasksOf(graph).flatMap(({ machine, node }) => {
      const [heartbeat, timeout] = [secondsAt(node, 'HeartbeatSeconds'), secondsAt(node, 'TimeoutSeconds')];
      if (heartbeat === undefined || timeout === undefined || heartbeat < timeout) return [];
      const message = `HeartbeatSeconds of ${stateName(node)} must be less than TimeoutSeconds (${timeout}), got ${heartbeat}`;
      return [{ resource: machine.resource, message }];
    }),
};
