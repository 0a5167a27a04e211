import { LAMBDA_TIMEOUT } from '../../../../quotas/lambda-quotas';
import { FUNCTION, type FunctionTarget } from '../../../../template/function-target';
import { functionOfTask } from '../../../../template/invocations';
import type { Resource } from '../../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../../template/resource-graph';
import { integrationOf, type Machine, machinesOf, type StateNode } from '../../../../template/state-machine';
import { numberOf, Reference, render } from '../../../../template/value';

/** A Task state of a machine, and what it calls. */
export interface Task {
  readonly machine: Machine;
  readonly node: StateNode;
  /** `lambda:invoke`; empty where the resource is not known. */
  readonly action: string;
  readonly pattern: 'request' | 'sync' | 'callback' | 'activity';
  /** The function that it invokes, where a template holds it. */
  readonly target?: FunctionTarget;
}

const ACTIVITY = 'AWS::StepFunctions::Activity';

/** Every task of every machine. */
export const tasksOf = perGraph((graph: ResourceGraph): readonly Task[] =>
  machinesOf(graph).flatMap((machine) => machine.states.flatMap((node) => (node.type === 'Task' ? [parsed(graph, machine, node)] : []))),
);

const byNode = perGraph((graph: ResourceGraph) => new Map(tasksOf(graph).map((task) => [task.node, task])));

/** The task that a state is. */
export function taskOf(graph: ResourceGraph, node: StateNode): Task | undefined {
  return byNode(graph).get(node);
}

function parsed(graph: ResourceGraph, machine: Machine, node: StateNode): Task {
  if (isActivity(node)) return { machine, node, action: '', pattern: 'activity' };
  const { action = '', pattern = 'request' } = integrationOf(node) ?? {};
  const target = /(^|:)lambda:invoke$/.test(action) ? functionOfTask(graph, node) : undefined;
  return { machine, node, action, pattern, ...(target && { target }) };
}

function isActivity({ state }: StateNode): boolean {
  const resource = state.get('Resource');
  if (resource instanceof Reference) return resource.resource.type === ACTIVITY;
  return /:states:.*:activity:/.test(render(resource));
}

/** Whether the state says how long it may take, if only by an expression. */
export function hasTimeout({ state }: StateNode): boolean {
  return state.get('TimeoutSeconds') !== undefined || state.get('TimeoutSecondsPath') !== undefined;
}

export function hasHeartbeat({ state }: StateNode): boolean {
  return state.get('HeartbeatSeconds') !== undefined || state.get('HeartbeatSecondsPath') !== undefined;
}

/** The number of seconds that a field of a state states. */
export function secondsAt({ state }: StateNode, field: string): number | undefined {
  return numberOf(state.get(field));
}

/** Timeout of a function in seconds; undefined where it is not known. */
export function functionTimeout(fn: Resource): number | undefined {
  return fn.type === FUNCTION ? fn.numberOr(LAMBDA_TIMEOUT.default!, 'Timeout') : undefined;
}

/** How a message names a state. */
export function stateName({ path }: StateNode): string {
  return `state "${path}"`;
}
