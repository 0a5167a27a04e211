import { SFN_DISTRIBUTED_MAP_CONCURRENCY, SFN_INLINE_MAP_CONCURRENCY } from '../../../quotas/step-functions-quotas';
import { machinesOf } from '../../../template/state-machine';
import { numberOf } from '../../../template/value';
import type { Rule } from '../../rule';
import { isDistributed } from './machine/paths';
import { stateName } from './machine/task';

export const STEP_FUNCTIONS_MAP_CONCURRENCY: Rule = {
  id: 'step-functions-map-concurrency',
  title: 'A Map states more concurrency than it gets',
  why: 'The items run at the concurrency that the kind of map has, so the execution takes longer than planned.',
  severity: 'warning',
  fix: 'lower MaxConcurrency, or use a Distributed Map instead of an inline one',
  source: SFN_INLINE_MAP_CONCURRENCY.source,
  check: (graph) =>
    machinesOf(graph).flatMap(({ resource, states }) =>
      states.flatMap((node) => {
        const kind = isDistributed(node) ? 'a Distributed' : 'an inline';
        const quota = isDistributed(node) ? SFN_DISTRIBUTED_MAP_CONCURRENCY : SFN_INLINE_MAP_CONCURRENCY;
        const stated = numberOf(node.state.get('MaxConcurrency'));
        if (node.type !== 'Map' || stated === undefined || stated <= quota.max!) return [];
        return [{ resource, message: `MaxConcurrency of ${stateName(node)}, ${kind} Map, must be at most ${quota.max}, got ${stated}` }];
      }),
    ),
};
