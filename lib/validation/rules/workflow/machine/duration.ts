import type { ResourceGraph } from '../../../../template/resource-graph';
import { argumentsOf, type StateNode, type StateScope } from '../../../../template/state-machine';
import { numberOf, valueAt } from '../../../../template/value';
import { inlineConcurrency, itemCount } from './map-items';
import { heaviestPath } from './paths';
import { functionTimeout, hasTimeout, secondsAt, taskOf } from './task';

/** How long one way through a scope may take at most, in seconds: timeouts and waits one after the other. */
export interface Duration {
  /** What the states themselves state. */
  readonly stated: number;
  /** With the timeouts of the functions that they call. */
  readonly implied: number;
  /** Whether every task has a bound, so that `implied` bounds the whole. */
  readonly bounded: boolean;
}

/** Retries are not counted: they are for runs in which something fails. */
export function longestDuration(graph: ResourceGraph, scope: StateScope): Duration {
  return {
    stated: seconds(graph, scope, true),
    implied: seconds(graph, scope, false),
    bounded: isBounded(graph, scope),
  };
}

function seconds(graph: ResourceGraph, scope: StateScope, statedOnly: boolean): number {
  return heaviestPath(scope, (node) => {
    if (node.type === 'Wait') return numberOf(node.state.get('Seconds')) ?? 0;
    if (node.type === 'Task') return statedOnly && !hasTimeout(node) ? 0 : (taskSeconds(graph, node) ?? 0);
    return rounds(node) * Math.max(0, ...node.scopes.map((inner) => seconds(graph, inner, statedOnly)));
  });
}

/** A task is over when its own timeout or that of the function it waits for is. */
function taskSeconds(graph: ResourceGraph, node: StateNode): number | undefined {
  const target = taskOf(graph, node)?.target;
  const waits = valueAt(argumentsOf(node), ['InvocationType']) !== 'Event';
  const bounds = [secondsAt(node, 'TimeoutSeconds'), target && waits ? functionTimeout(target.fn) : undefined];
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function rounds(node: StateNode): number {
  const items = node.type === 'Map' ? itemCount(node) : undefined;
  return items === undefined ? 1 : Math.ceil(items / inlineConcurrency(node));
}

function isBounded(graph: ResourceGraph, scope: StateScope): boolean {
  return scope.states.every((node) => {
    if (node.type === 'Wait') return numberOf(node.state.get('Seconds')) !== undefined;
    if (node.type === 'Task') return taskSeconds(graph, node) !== undefined;
    if (node.type === 'Map' && itemCount(node) === undefined) return false;
    return node.scopes.every((inner) => isBounded(graph, inner));
  });
}
