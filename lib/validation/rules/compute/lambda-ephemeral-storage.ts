import { LAMBDA_EPHEMERAL_STORAGE } from '../../../quotas/lambda-quotas';
import { LMI_MEMORY } from '../../../quotas/managed-instances-quotas';
import { FUNCTION } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';
import { isOnManagedInstances } from './function-settings';
import { isLiteral } from './literal';
import { quotaMessage } from './quota-message';

export const LAMBDA_EPHEMERAL_STORAGE_RULE: Rule = {
  id: 'lambda-ephemeral-storage',
  title: '/tmp of a size that Lambda does not give',
  why: 'The deployment fails.',
  severity: 'error',
  fix: `set EphemeralStorage.Size to at most ${LAMBDA_EPHEMERAL_STORAGE.max} MB; larger files belong on EFS, or are streamed from S3`,
  source: LAMBDA_EPHEMERAL_STORAGE.source,
  *check(graph) {
    for (const resource of graph.ofType(FUNCTION)) {
      if (isOnManagedInstances(resource)) continue;
      const value = resource.number('EphemeralStorage', 'Size');
      const message = quotaMessage('/tmp', value, LAMBDA_EPHEMERAL_STORAGE);
      if (message !== undefined) yield { resource, message, ...(seenBySchema(resource, value!) && { reportedByCdk: 'F3034' }) };
    }
  },
};

/** The schema of the resource has the same upper bound for /tmp as for memory. */
function seenBySchema(fn: Resource, size: number): boolean {
  return isLiteral(fn, 'EphemeralStorage') && (size < LAMBDA_EPHEMERAL_STORAGE.min! || size > LMI_MEMORY.max!);
}
