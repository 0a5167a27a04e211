import { SFN_PAYLOAD } from '../../../quotas/step-functions-quotas';
import { machinesOf, type StateNode } from '../../../template/state-machine';
import type { Rule } from '../../rule';
import { itemCount } from './machine/map-items';
import { isDistributed, statesOfOneExecution } from './machine/paths';
import { claimChecks, resultIsKept } from './machine/results';
import { stateName } from './machine/task';
import { modelTasksOf } from './model/model-task';

/**
 * The results of all items join to one list, which must fit into one payload. Asked for where items end with the answer of a model, which has kilobytes:
 * a hundred of them do not fit. Answers that are kept elsewhere (a claim check, a table, a bucket) or dropped are no matter.
 */
export const STEP_FUNCTIONS_MAP_PAYLOAD: Rule = {
  id: 'step-functions-map-payload',
  title: 'An inline Map joins the answers of models over items without a bound',
  why: 'The joined results pass the payload quota and the execution fails with States.DataLimitExceeded, which States.ALL does not catch.',
  severity: 'warning',
  fix: 'keep each answer in S3 or a table and pass its key on (a claim check), drop the results (ResultPath null), or use a Distributed Map with a ResultWriter',
  source: SFN_PAYLOAD.source,
  check: (graph) => {
    const asking = new Set(modelTasksOf(graph).map(({ node }) => node));
    const large = (node: StateNode) => asking.has(node) && !claimChecks(graph, node);
    return machinesOf(graph).flatMap(({ resource, states }) =>
      states
        .filter((node) => node.type === 'Map' && !isDistributed(node) && itemCount(node) === undefined && resultIsKept(node))
        .flatMap((map) => {
          const source = map.scopes.flatMap(statesOfOneExecution).find((node) => large(node) && resultIsKept(node));
          if (source === undefined) return [];
          const what = `${stateName(map)} joins what ${stateName(source)} answers for each of its items`;
          return [
            {
              resource,
              message: `${what}; together they must be at most ${SFN_PAYLOAD.max} bytes, got no bound of the items and no claim check`,
            },
          ];
        }),
    );
  },
};
