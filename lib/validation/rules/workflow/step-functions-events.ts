import { SFN_HISTORY } from '../../../quotas/step-functions-quotas';
import { machinesOf } from '../../../template/state-machine';
import type { Rule } from '../../rule';
import { executionEvents } from './machine/history';
import { historiesIn } from './machine/paths';

const LIMIT = SFN_HISTORY.max!;

/**
 * Steps times retries times items, along the way through the machine that has most of them; all branches of a Parallel count. Over the quota without any
 * retry it must fail; over it only when every retry is used, it can. Maps whose number of items is not known are left to `step-functions-map-items`.
 */
export const STEP_FUNCTIONS_EVENTS: Rule = {
  id: 'step-functions-events',
  title: 'One execution can write more history events than Step Functions keeps',
  why: 'The execution fails at the quota, in the middle of its work, and cannot be redriven past it.',
  severity: 'error',
  fix: 'use a Distributed Map, whose children have a history each, start a new execution for the rest, or lower the retries',
  source: SFN_HISTORY.source,
  check: (graph) =>
    machinesOf(graph).flatMap(({ resource, type, root }) => {
      if (type !== 'STANDARD') return [];
      return historiesIn(root).flatMap((scope) => {
        const events = executionEvents(scope, false);
        const most = executionEvents(scope, true);
        if (most <= LIMIT) return [];
        const got = events > LIMIT ? `${events}` : `${most} when every retry is used`;
        const message = `an execution must write at most ${LIMIT} history events, got about ${got}`;
        return [{ resource, message, severity: events > LIMIT ? ('error' as const) : ('warning' as const) }];
      });
    }),
};
