import { APIGW_WEBSOCKET_CONNECTION } from '../../../quotas/api-gateway-quotas';
import type { Resource } from '../../../template/resource';
import type { ResourceGraph } from '../../../template/resource-graph';
import { roleOf, statementsOf } from '../../../template/role-statements';
import { machinesOf } from '../../../template/state-machine';
import type { Rule, Violation } from '../../rule';
import { durableFunctionsOf } from './durable/durable-function';
import { longestDuration } from './machine/duration';
import { tasksOf } from './machine/task';

const LIMIT = APIGW_WEBSOCKET_CONNECTION.max!;

/** Work that posts to connections (execute-api:ManageConnections) and may last longer than one, as its timeouts and waits say. */
export const API_WEBSOCKET_CONNECTION: Rule = {
  id: 'api-websocket-connection',
  title: 'Work that answers over a WebSocket may outlast the connection',
  why: 'API Gateway closes a connection at its quota, and much sooner when nothing is sent: the answer finds nobody (GoneException).',
  severity: 'warning',
  fix: 'keep the answer (a table, S3) until the client has come back and asks for it, or tell the user in another way',
  source: APIGW_WEBSOCKET_CONNECTION.source,
  check: (graph) => [...durable(graph), ...machines(graph)],
};

function durable(graph: ResourceGraph): Violation[] {
  return durableFunctionsOf(graph).flatMap((fn) => {
    const seconds = fn.number('DurableConfig', 'ExecutionTimeout');
    if (seconds === undefined || seconds <= LIMIT || !postsToConnections(graph, fn)) return [];
    return [
      { resource: fn, message: `posts to WebSocket connections, which last at most ${LIMIT} s, got an ExecutionTimeout of ${seconds} s` },
    ];
  });
}

function machines(graph: ResourceGraph): Violation[] {
  const posting = new Set(
    tasksOf(graph).flatMap(({ machine, target }) => (target && postsToConnections(graph, target.fn) ? [machine] : [])),
  );
  return machinesOf(graph).flatMap((machine) => {
    const seconds = posting.has(machine) ? longestDuration(graph, machine.root).stated : 0;
    if (seconds <= LIMIT) return [];
    const message = `posts to WebSocket connections, which last at most ${LIMIT} s, got ${seconds} s of task timeouts and waits on one path`;
    return [{ resource: machine.resource, message }];
  });
}

function postsToConnections(graph: ResourceGraph, fn: Resource): boolean {
  const role = roleOf(fn, 'Role');
  if (role === undefined) return false;
  return statementsOf(graph, role).some(({ effect, actions }) => effect === 'Allow' && actions.includes('execute-api:ManageConnections'));
}
