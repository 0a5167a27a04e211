import { SFN_INLINE_MAP_CONCURRENCY } from '../../../quotas/step-functions-quotas';
import { machinesOf } from '../../../template/state-machine';
import { numberOf } from '../../../template/value';
import type { Rule } from '../../rule';
import { isDistributed } from './machine/paths';
import { stateName } from './machine/task';

const LIMIT = SFN_INLINE_MAP_CONCURRENCY.max!;

export const STEP_FUNCTIONS_MAP_CONCURRENCY: Rule = {
  id: 'step-functions-map-concurrency',
  title: 'An inline Map states more concurrency than it gets',
  why: 'The items run at the concurrency of inline maps, so the execution takes longer than planned.',
  severity: 'warning',
  fix: 'lower MaxConcurrency, or use a Distributed Map',
  source: SFN_INLINE_MAP_CONCURRENCY.source,
  check: (graph) =>
    machinesOf(graph).flatMap(({ resource, states }) =>
      states.flatMap((node) => {
        const stated = numberOf(node.state.get('MaxConcurrency'));
        if (node.type !== 'Map' || isDistributed(node) || stated === undefined || stated <= LIMIT) return [];
        return [{ resource, message: `MaxConcurrency of ${stateName(node)}, an inline Map, must be at most ${LIMIT}, got ${stated}` }];
      }),
    ),
};
