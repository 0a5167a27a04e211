import { functionOf } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';
import { isDurable } from './durable/durable-function';

/** `currentVersion` of CDK has another logical id after each change, so the old version is deleted unless it is retained. */
export const DURABLE_VERSION_NOT_RETAINED: Rule = {
  id: 'durable-version-not-retained',
  title: 'Versions of a durable function are deleted when a new one is deployed',
  why: 'An execution that is under way when the next version is deployed has no code left to replay on, and fails.',
  severity: 'warning',
  fix: 'set currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN } on the function, or DeletionPolicy and UpdateReplacePolicy Retain on the version',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/durable-best-practices.html',
  check: (graph) =>
    graph.ofType('AWS::Lambda::Version').flatMap((version) => {
      const fn = functionOf(graph, version);
      const missing = fn !== undefined && isDurable(fn) ? missingPolicies(version) : [];
      if (missing.length === 0) return [];
      return [
        {
          resource: version,
          message: `a version of durable function ${fn!.id} must be retained, got no ${missing.join(' and no ')} Retain`,
          ...(missing.length === 1 && isHalfStated(version) && { reportedByCdk: 'W3011' }),
        },
      ];
    }),
};

/** CDK's own validation wants both policies wherever one is stated. */
function isHalfStated({ source: { DeletionPolicy, UpdateReplacePolicy } }: Resource): boolean {
  return (DeletionPolicy === undefined) !== (UpdateReplacePolicy === undefined);
}

function missingPolicies({ source: { DeletionPolicy, UpdateReplacePolicy } }: Resource): string[] {
  const kept = DeletionPolicy === 'Retain' || DeletionPolicy === 'RetainExceptOnCreate';
  return [...(kept ? [] : ['DeletionPolicy']), ...(UpdateReplacePolicy === 'Retain' ? [] : ['UpdateReplacePolicy'])];
}
