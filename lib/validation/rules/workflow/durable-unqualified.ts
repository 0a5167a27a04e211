import type { Rule } from '../../rule';
import { durableInvocationsOf, placeOf } from './durable/durable-function';

/**
 * `InvalidParameterValueException: You cannot invoke a durable function using an unqualified ARN`, whoever calls. `$LATEST` written out is accepted:
 * see `durable-latest`.
 */
export const DURABLE_UNQUALIFIED: Rule = {
  id: 'durable-unqualified',
  title: 'A durable function is invoked by its unqualified ARN',
  why: 'Lambda rejects every such invocation: the API answers an error, the state fails, the event is dropped.',
  severity: 'error',
  fix: 'invoke a version or an alias: pass fn.addAlias(...) or fn.currentVersion to the caller instead of the function',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html',
  check: (graph) =>
    durableInvocationsOf(graph)
      .filter(({ target }) => target.qualifier === 'none')
      .map((invocation) => ({
        resource: invocation.caller,
        message: `${placeOf(invocation)}must invoke durable function ${invocation.target.fn.id} by a version or an alias, got its unqualified ARN`,
      })),
};
