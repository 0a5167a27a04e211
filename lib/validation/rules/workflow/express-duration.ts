import { SFN_EXPRESS_DURATION } from '../../../quotas/step-functions-quotas';
import { numberOf } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { type ExpressScope, expressName, expressScopesOf } from './express/express-scope';
import { type Duration, longestDuration } from './machine/duration';

const LIMIT = SFN_EXPRESS_DURATION.max!;

/**
 * Timeouts and waits along the longest path; of a Parallel the longest branch, of a Map one round of items. What the states state is an error, since they
 * promise time that is not there. Where only the timeouts of the functions add up to more, the functions may well be faster: a warning, and none
 * when the machine's own TimeoutSeconds shows that its author knows.
 */
export const EXPRESS_DURATION: Rule = {
  id: 'express-duration',
  title: 'One path of an Express execution may take longer than an execution gets',
  why: 'Step Functions ends the execution in the middle, without a state that could catch it, and an Express execution cannot be redriven.',
  severity: 'error',
  fix: 'lower the timeouts and waits on that path, make the machine Standard, or move the long part to a Standard one',
  source: SFN_EXPRESS_DURATION.source,
  check: (graph) => expressScopesOf(graph).flatMap((express) => judged(express, longestDuration(graph, express.scope))),
};

function judged(express: ExpressScope, { stated, implied }: Duration): Violation[] {
  const own = express.map === undefined ? numberOf(express.machine.definition.get('TimeoutSeconds')) : undefined;
  const isKnown = own !== undefined && own <= LIMIT;
  const violation = (what: string, seconds: number) => ({
    resource: express.machine.resource,
    message: `${what} on one path of ${expressName(express)} must add up to at most ${LIMIT} s, got ${seconds} s`,
  });
  if (stated > LIMIT) return [{ ...violation('task timeouts and waits', stated), severity: isKnown ? 'warning' : 'error' }];
  if (implied > LIMIT && !isKnown) return [{ ...violation('timeouts of the functions and waits', implied), severity: 'warning' }];
  return [];
}
