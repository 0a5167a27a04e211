import { LAMBDA_SNAPSTART_EXCLUSIONS } from '../../../quotas/lambda-start-quotas';
import type { Rule } from '../../rule';
import { hasSnapStart } from './function-settings';
import { provisionedOf } from './provisioned-concurrency';

export const LAMBDA_SNAPSTART_PROVISIONED_RULE: Rule = {
  id: 'lambda-snapstart-provisioned',
  title: 'SnapStart together with provisioned concurrency',
  why: 'The deployment fails: a function starts from snapshots, or has environments that are kept ready, not both.',
  severity: 'error',
  fix: 'take SnapStart for starts below a second without a standing charge, or provisioned concurrency for starts in milliseconds; remove the other',
  source: LAMBDA_SNAPSTART_EXCLUSIONS.source,
  *check(graph) {
    for (const { fn, resource } of provisionedOf(graph))
      if (hasSnapStart(fn)) yield { resource, message: `provisioned concurrency cannot be combined with SnapStart, which ${fn.id} has` };
  },
};
