import { LAMBDA_MEMORY } from '../../../quotas/lambda-quotas';
import { LMI_MEMORY } from '../../../quotas/managed-instances-quotas';
import { FUNCTION } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';
import { isOnManagedInstances } from './function-settings';
import { isLiteral } from './literal';
import { quotaMessage } from './quota-message';

const MANAGED_FIX = `set MemorySize between ${LMI_MEMORY.min} and ${LMI_MEMORY.max} MB`;

export const LAMBDA_MEMORY_RULE: Rule = {
  id: 'lambda-memory',
  title: 'Memory that Lambda does not give to a function',
  why: 'The deployment fails: only Managed Instances have environments above the memory that Lambda gives otherwise.',
  severity: 'error',
  fix: `set MemorySize to at most ${LAMBDA_MEMORY.max} MB, or run the function on Managed Instances (at most ${LMI_MEMORY.max} MB), on Fargate or on SageMaker`,
  source: LAMBDA_MEMORY.source,
  *check(graph) {
    for (const resource of graph.ofType(FUNCTION)) {
      const managed = isOnManagedInstances(resource);
      const value = resource.number('MemorySize');
      const message = quotaMessage('memory', value, managed ? LMI_MEMORY : LAMBDA_MEMORY);
      if (message === undefined) continue;
      yield {
        resource,
        message: managed ? `${message} on Managed Instances` : message,
        ...(managed && { fix: MANAGED_FIX }),
        ...(seenBySchema(resource, value!) && { reportedByCdk: 'F3034' }),
      };
    }
  },
};

/** The schema of the resource allows what either kind of function may have. */
function seenBySchema(fn: Resource, memory: number): boolean {
  return isLiteral(fn, 'MemorySize') && (memory < LAMBDA_MEMORY.min! || memory > LMI_MEMORY.max!);
}
