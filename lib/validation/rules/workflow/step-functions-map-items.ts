import { SFN_HISTORY, SFN_PAYLOAD } from '../../../quotas/step-functions-quotas';
import { machinesOf, type StateNode } from '../../../template/state-machine';
import type { Rule } from '../../rule';
import { executionEvents, iterationEvents } from './machine/history';
import { itemCount } from './machine/map-items';
import { historiesIn, isDistributed, statesOfOneExecution } from './machine/paths';
import { resultIsKept } from './machine/results';
import { stateName } from './machine/task';

const LIMIT = SFN_HISTORY.max!;

/**
 * An inline Map over an input array is the most ordinary thing, and mostly over few items: advice that says how many fit. It is a warning where another
 * such map is inside, since then the numbers multiply.
 */
export const STEP_FUNCTIONS_MAP_ITEMS: Rule = {
  id: 'step-functions-map-items',
  title: 'An inline Map runs over items without a bound, in one history',
  why: 'With more items than fit into the history the execution fails in the middle of its work.',
  severity: 'info',
  fix: 'use a Distributed Map, whose children have a history each, or bound the items before the map',
  source: SFN_HISTORY.source,
  check: (graph) =>
    machinesOf(graph).flatMap(({ resource, type, root }) =>
      (type === 'STANDARD' ? historiesIn(root) : []).flatMap((scope) => {
        const taken = executionEvents(scope, false);
        return scope.states.flatMap(outermostUnbounded).map((map) => {
          const fitting = 1 + Math.max(0, Math.floor((LIMIT - taken) / iterationEvents(map, false)));
          const nested = map.scopes.flatMap(statesOfOneExecution).some(isUnbounded);
          const joined = resultIsKept(map) ? `, and its joined results within ${SFN_PAYLOAD.max} bytes` : '';
          const message = `${stateName(map)} must run over at most about ${fitting} items to stay within ${LIMIT} history events${joined}, got no bound`;
          return { resource, message, severity: nested ? ('warning' as const) : ('info' as const) };
        });
      }),
    ),
};

function isUnbounded(node: StateNode): boolean {
  return node.type === 'Map' && !isDistributed(node) && itemCount(node) === undefined;
}

function outermostUnbounded(node: StateNode): StateNode[] {
  if (isUnbounded(node)) return [node];
  return isDistributed(node) ? [] : node.scopes.flatMap((scope) => scope.states.flatMap(outermostUnbounded));
}
