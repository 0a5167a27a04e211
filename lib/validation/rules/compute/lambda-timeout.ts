import { LAMBDA_TIMEOUT } from '../../../quotas/lambda-quotas';
import { LMI_TIMEOUT_ASYNC } from '../../../quotas/managed-instances-quotas';
import { FUNCTION } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';
import { isOnManagedInstances, timeoutOf } from './function-settings';
import { isLiteral } from './literal';
import { quotaMessage } from './quota-message';

export const LAMBDA_TIMEOUT_RULE: Rule = {
  id: 'lambda-timeout',
  title: 'Function timeout that Lambda does not allow',
  why: 'The deployment fails: a function runs 15 minutes at most, 90 minutes on Managed Instances when nobody waits for it.',
  severity: 'error',
  fix: `set Timeout to at most ${LAMBDA_TIMEOUT.max} s; longer work belongs in steps of a state machine, in a durable function or on Fargate`,
  source: LAMBDA_TIMEOUT.source,
  *check(graph) {
    for (const resource of graph.ofType(FUNCTION)) {
      const managed = isOnManagedInstances(resource);
      const message = quotaMessage('timeout', timeoutOf(resource), managed ? LMI_TIMEOUT_ASYNC : LAMBDA_TIMEOUT);
      if (message === undefined) continue;
      const reportedByCdk = checkOfCdk(resource, managed);
      yield { resource, message: managed ? `${message} on Managed Instances` : message, ...(reportedByCdk && { reportedByCdk }) };
    }
  },
};

function checkOfCdk(fn: Resource, managed: boolean): string | undefined {
  if (!isLiteral(fn, 'Timeout')) return undefined;
  return managed || timeoutOf(fn)! < LAMBDA_TIMEOUT.min! ? 'F3034' : 'E3717';
}
