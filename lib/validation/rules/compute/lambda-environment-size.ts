import { LAMBDA_ENVIRONMENT_VARIABLES } from '../../../quotas/lambda-quotas';
import { FUNCTION } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import { MapValue, partsOf } from '../../../template/value';
import type { Rule } from '../../rule';

export const LAMBDA_ENVIRONMENT_SIZE_RULE: Rule = {
  id: 'lambda-environment-size',
  title: 'More environment variables than a function may have',
  why: 'The deployment fails.',
  severity: 'error',
  fix: 'keep prompts and configuration in a file of the package, in S3 or in an SSM parameter, and only their names in the environment',
  source: LAMBDA_ENVIRONMENT_VARIABLES.source,
  *check(graph) {
    for (const resource of graph.ofType(FUNCTION)) {
      const bytes = knownBytes(resource);
      const { max } = LAMBDA_ENVIRONMENT_VARIABLES;
      if (bytes > max!) yield { resource, message: `environment variables must hold at most ${max} bytes together, got ${bytes} bytes` };
    }
  },
};

/** Size of the names, and of what the template states of the values. */
function knownBytes(fn: Resource): number {
  const variables = fn.get('Environment', 'Variables');
  if (!(variables instanceof MapValue)) return 0;
  const texts = variables.entries.flatMap(([name, value]) => [name, ...partsOf(value).filter((part) => typeof part === 'string')]);
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
