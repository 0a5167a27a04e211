import type { StateNode, StateScope } from '../../../../template/state-machine';
import { integrationOf } from '../../../../template/state-machine';
import { itemCount } from './map-items';
import { heaviestPath, isDistributed } from './paths';
import { retriersOf } from './retriers';

// History events that the service writes, by what causes them. Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
const EXECUTION = 2;
const STATE = 2;
const TASK = STATE + 3;
const WAITING_TASK = TASK + 1;
const CONTAINER = STATE + 2;
const MAP_RUN = CONTAINER + 2;
const ITERATION = 2;
const RETRY = 3;

/** Retries of this error are bounded when the machine is synthesized, by what the history leaves. */
const CONTINUE = 'Workflow.Continue';

/** Events of one way through an execution, the one with most of them. A map whose number of items is not known counts with one. */
export function executionEvents(scope: StateScope, withRetries: boolean): number {
  return EXECUTION + scopeEvents(scope, withRetries);
}

export function scopeEvents(scope: StateScope, withRetries: boolean): number {
  return heaviestPath(scope, (node) => stateEvents(node, withRetries));
}

/** Events of one iteration of a map. */
export function iterationEvents(map: StateNode, withRetries: boolean): number {
  return ITERATION + sum(map.scopes.map((scope) => scopeEvents(scope, withRetries)));
}

export function stateEvents(node: StateNode, withRetries: boolean): number {
  if (node.type === 'Task') return taskEvents(node) + (withRetries ? RETRY * retries(node) : 0);
  const again = withRetries ? 1 + retries(node) : 1;
  if (node.type === 'Parallel')
    return STATE + again * (CONTAINER - STATE + sum(node.scopes.map((scope) => scopeEvents(scope, withRetries))));
  if (node.type !== 'Map') return STATE;
  if (isDistributed(node)) return MAP_RUN;
  return STATE + again * (CONTAINER - STATE + (itemCount(node) ?? 1) * iterationEvents(node, withRetries));
}

function taskEvents(node: StateNode): number {
  const { pattern = 'request' } = integrationOf(node) ?? {};
  return pattern === 'request' ? TASK : WAITING_TASK;
}

function retries(node: StateNode): number {
  return sum(retriersOf(node).map(({ errors, attempts }) => (errors.includes(CONTINUE) ? 0 : (attempts ?? 0))));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
