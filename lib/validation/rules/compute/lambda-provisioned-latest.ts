import { LAMBDA_PROVISIONED_QUALIFIER } from '../../../quotas/lambda-scaling-quotas';
import type { Rule } from '../../rule';
import { provisionedOf } from './provisioned-concurrency';

export const LAMBDA_PROVISIONED_LATEST_RULE: Rule = {
  id: 'lambda-provisioned-latest',
  title: 'Provisioned concurrency on $LATEST',
  why: 'The deployment fails: only a published version, or an alias of one, can have environments that are kept ready.',
  severity: 'error',
  fix: 'point the alias at a published version ("fn.currentVersion" in CDK), which is published anew with each change of the function',
  source: LAMBDA_PROVISIONED_QUALIFIER.source,
  *check(graph) {
    for (const { resource, latest } of provisionedOf(graph)) {
      if (latest) yield { resource, message: 'provisioned concurrency must be on a published version or an alias of one, got $LATEST' };
    }
  },
};
