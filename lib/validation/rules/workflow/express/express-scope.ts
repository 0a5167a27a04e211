import type { ResourceGraph } from '../../../../template/resource-graph';
import { perGraph } from '../../../../template/resource-graph';
import { type Machine, machinesOf, type StateNode, type StateScope } from '../../../../template/state-machine';
import { executionType, isDistributed } from '../machine/paths';

/** States that run as an Express execution: those of an Express machine, or the items of a Distributed Map with Express children. */
export interface ExpressScope {
  readonly machine: Machine;
  readonly scope: StateScope;
  /** The map whose items they are. */
  readonly map?: StateNode;
}

export const expressScopesOf = perGraph((graph: ResourceGraph): readonly ExpressScope[] => machinesOf(graph).flatMap(scopesIn));

function scopesIn(machine: Machine): ExpressScope[] {
  if (machine.type === 'EXPRESS') return [{ machine, scope: machine.root }];
  if (machine.type === undefined) return [];
  const maps = machine.states.filter((node) => isDistributed(node) && executionType(node) === 'EXPRESS');
  return maps.flatMap((map) => map.scopes.map((scope) => ({ machine, scope, map })));
}

/** Every state of a scope, at any depth. */
export function statesIn(scope: StateScope): StateNode[] {
  return scope.states.flatMap((node) => [node, ...node.scopes.flatMap(statesIn)]);
}

/** How a message names what is Express. */
export function expressName({ map }: ExpressScope): string {
  return map === undefined ? 'an Express state machine' : `the Express items of map "${map.path}"`;
}
