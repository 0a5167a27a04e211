import { lambdaRuntime } from '../../../quotas/lambda-runtimes';
import { LAMBDA_SNAPSTART_RUNTIMES } from '../../../quotas/lambda-start-quotas';
import { FUNCTION } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';
import { hasSnapStart, isImage } from './function-settings';

/** Container images may have SnapStart since July 2026: https://aws.amazon.com/about-aws/whats-new/2026/07/aws-lambda-snapstart-container/. */
export const LAMBDA_SNAPSTART_RUNTIME_RULE: Rule = {
  id: 'lambda-snapstart-runtime',
  title: 'SnapStart on a managed runtime that does not have it',
  why: 'The deployment fails.',
  severity: 'error',
  fix: 'use provisioned concurrency, or package the function as a container image, which may have SnapStart in any language',
  source: LAMBDA_SNAPSTART_RUNTIMES.source,
  *check(graph) {
    for (const resource of graph.ofType(FUNCTION)) {
      const runtime = lambdaRuntime(resource.text('Runtime') ?? '');
      if (!hasSnapStart(resource) || isImage(resource) || runtime === undefined || runtime.snapStart) continue;
      yield {
        resource,
        message: `SnapStart must be on ${LAMBDA_SNAPSTART_RUNTIMES.values!.join(', ')} or a container image, got ${runtime.id}`,
        ...(seenByCdk(resource) && { reportedByCdk: 'E2530' }),
      };
    }
  },
};

/** CDK's own validation looks at neither where a condition chooses. */
function seenByCdk({ source }: Resource): boolean {
  return !JSON.stringify([source.Properties?.['Runtime'], source.Properties?.['SnapStart']]).includes('"Fn::');
}
