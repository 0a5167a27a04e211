import { FUNCTION } from '../../../template/function-target';
import { groupBy } from '../../../template/group-by';
import { invocationsOfFunction } from '../../../template/invocations';
import { isOfCdk } from '../../../template/of-cdk';
import type { Resource } from '../../../template/resource';
import type { ResourceGraph } from '../../../template/resource-graph';
import { render } from '../../../template/value';
import type { Rule } from '../../rule';
import { declaredGroups } from './log-groups';

export const LAMBDA_NO_LOG_GROUP_RULE: Rule = {
  id: 'lambda-no-log-group',
  title: 'Function whose log group nobody declares',
  why: 'Lambda makes the log group with the first call: it keeps prompts and answers for ever, and stays when the stack is deleted.',
  severity: 'info',
  fix: 'declare the log group with a retention and give it to the function ("logGroup" in CDK)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html',
  *check(graph) {
    const open = graph.ofType(FUNCTION).filter((fn) => !isOfCdk(fn) && !isBehindCustomResource(graph, fn) && !hasGroup(graph, fn));
    // One finding a stack: apps that leave log groups to Lambda leave all of them.
    for (const [resource, ...others] of groupBy(open, ({ stack }) => stack).values()) {
      const all = others.length === 0 ? 'the function' : `${others.length + 1} functions, ${resource!.logicalId} the first of them`;
      yield { resource: resource!, message: `no log group with a retention is declared for ${all}` };
    }
  },
};

function hasGroup(graph: ResourceGraph, fn: Resource): boolean {
  return fn.get('LoggingConfig', 'LogGroup') !== undefined || standardNames(fn).some((name) => declaredGroups(graph).has(name));
}

/** The group has the name of the function, which may be written out or referred to. */
function standardNames(fn: Resource): string[] {
  return [`\${${fn.id}}`, render(fn.get('FunctionName'))].filter((name) => name !== '').map((name) => `/aws/lambda/${name}`);
}

/** Functions behind custom resources are called during deployments only, and most of them are not their user's to change. */
function isBehindCustomResource(graph: ResourceGraph, fn: Resource): boolean {
  return invocationsOfFunction(graph, fn).some(({ kind }) => kind === 'custom-resource');
}
