import type { Resource } from '../../../template/resource';
import type { ResourceGraph } from '../../../template/resource-graph';
import { managedPolicies, type PolicyStatement, statementsOf } from '../../../template/role-statements';
import { partsOf, referencesIn, render, Unknown, type Value } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { signsInWithIam } from './elasticache-iam-user';
import { matches } from './iam/action-pattern';
import { storeAt } from './network/data-stores';
import type { Workload } from './network/workload';
import { workloadsOf } from './network/workloads';

export const ELASTICACHE_NO_CONNECT_GRANT: Rule = {
  id: 'elasticache-no-connect-grant',
  title: 'Function that may not sign in to the cache with its address in its environment',
  why: 'The cache refuses every connection: signing in with IAM takes elasticache:Connect on the cache and on the user.',
  severity: 'error',
  fix: "grant elasticache:Connect on the ARN of the cache and on that of the user to the function's role",
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html',
  check: (graph) => workloadsOf(graph).flatMap((workload) => violation(graph, workload) ?? []),
};

function violation(graph: ResourceGraph, { resource, role, variables }: Workload): Violation | undefined {
  const named = variables.flatMap(([name, value]) => {
    const cache = storeAt(value);
    return cache !== undefined && takesIamAlone(cache) ? [{ name, cache }] : [];
  })[0];
  if (named === undefined || role === undefined || managedPolicies(role).some((policy) => !policy.startsWith('service-role/')))
    return undefined;
  const granted = statementsOf(graph, role)
    .filter(allowsConnect)
    .flatMap(({ resources }) => resources);
  const missing = [
    ...(granted.some((value) => isOf(value, named.cache.type, /:(serverlesscache|replicationgroup):|^\*$/)) ? [] : ['the cache']),
    ...(granted.some((value) => isOf(value, 'AWS::ElastiCache::User', /:user:|^\*$/)) ? [] : ['its user']),
  ];
  if (missing.length === 0) return undefined;
  return {
    resource,
    message: `${named.name} is the address of ${named.cache.id}, but the role lacks elasticache:Connect on ${missing.join(' and ')}`,
  };
}

function allowsConnect({ effect, actions }: PolicyStatement): boolean {
  return effect === 'Allow' && actions.some((action) => matches(action, 'elasticache:Connect'));
}

/** An ARN by reference, or as text; what is not known is taken to be it. */
function isOf(value: Value, type: string, arn: RegExp): boolean {
  return (
    referencesIn(value).some(({ resource }) => resource.type === type) || arn.test(render(value)) || partsOf(value)[0] instanceof Unknown
  );
}

/** Whether every user of the cache signs in with IAM, as far as its group is in the templates. */
function takesIamAlone(cache: Resource): boolean {
  const groups = cache.type === 'AWS::ElastiCache::ServerlessCache' ? cache.references('UserGroupId') : cache.references('UserGroupIds');
  const users = groups.flatMap((group) => (group.type === 'AWS::ElastiCache::UserGroup' ? group.references('UserIds') : []));
  return (
    users.length > 0 &&
    groups.every((group) => group.list('UserIds').length === group.references('UserIds').length) &&
    users.every(signsInWithIam)
  );
}
