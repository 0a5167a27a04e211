import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';
import { durableInvocationsOf, placeOf } from './durable/durable-function';

/** A durable execution replays on the code that it was started with; `$LATEST` changes under it, also behind an alias. */
export const DURABLE_LATEST: Rule = {
  id: 'durable-latest',
  title: 'A durable function is invoked at $LATEST',
  why: 'Executions under way replay on whatever code was deployed last, and fail or repeat steps when it takes another way.',
  severity: 'warning',
  fix: 'invoke a version, or an alias that points to one: new lambda.Alias(this, "live", { aliasName: "live", version: fn.currentVersion })',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/durable-best-practices.html',
  check: (graph) =>
    durableInvocationsOf(graph)
      .filter(({ target: { qualifier, via } }) => qualifier === 'latest' || isLatestAlias(via))
      .map((invocation) => ({
        resource: invocation.caller,
        message: `${placeOf(invocation)}must invoke durable function ${invocation.target.fn.id} by a published version, got $LATEST`,
      })),
};

function isLatestAlias(via: Resource | undefined): boolean {
  return via?.text('FunctionVersion') === '$LATEST';
}
