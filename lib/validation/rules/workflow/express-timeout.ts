import { SFN_EXPRESS_DURATION } from '../../../quotas/step-functions-quotas';
import { machinesOf } from '../../../template/state-machine';
import { numberOf } from '../../../template/value';
import type { Rule } from '../../rule';

export const EXPRESS_TIMEOUT: Rule = {
  id: 'express-timeout',
  title: 'An Express state machine states a longer timeout than an execution gets',
  why: 'Step Functions ends the execution at the quota, whatever TimeoutSeconds promises.',
  severity: 'error',
  fix: 'lower TimeoutSeconds, or make the machine Standard',
  source: SFN_EXPRESS_DURATION.source,
  check: (graph) =>
    machinesOf(graph).flatMap(({ type, resource, definition }) => {
      const seconds = numberOf(definition.get('TimeoutSeconds'));
      if (type !== 'EXPRESS' || seconds === undefined || seconds <= SFN_EXPRESS_DURATION.max!) return [];
      const message = `TimeoutSeconds of an Express state machine must be at most ${SFN_EXPRESS_DURATION.max} s, got ${seconds} s`;
      return [{ resource, message }];
    }),
};
