import type { ResourceGraph } from '../../../../template/resource-graph';
import { argumentsOf, type StateNode } from '../../../../template/state-machine';
import { MapValue, render, valueAt } from '../../../../template/value';
import { taskOf } from './task';

/** Whether a state passes its result on, whole or in part. */
export function resultIsKept({ state, language }: StateNode): boolean {
  if (language === 'JSONata') {
    const output = state.get('Output');
    return output === undefined || /\$states\.result/.test(render(output));
  }
  return state.get('ResultPath') !== null && state.get('OutputPath') !== null;
}

/**
 * Whether a task's function keeps large results elsewhere and passes references on: it is called with the envelope of `WorkflowStateMachine`,
 * whose runtime does so; or the task hands the service a place to write to.
 */
export function claimChecks(graph: ResourceGraph, node: StateNode): boolean {
  const given = argumentsOf(node);
  const payload = valueAt(given, ['Payload']);
  if (payload instanceof MapValue && ['workflow', 'step', 'input'].every((key) => payload.get(key) !== undefined)) return true;
  return taskOf(graph, node)?.action === 'bedrock:invokeModel' && valueAt(given, ['Output']) !== undefined;
}
