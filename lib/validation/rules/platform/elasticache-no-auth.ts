import type { Resource } from '../../../template/resource';
import { MapValue, Unknown, type Value } from '../../../template/value';
import type { Rule, Violation } from '../../rule';

/** A cache that asks nobody who they are. */
export const ELASTICACHE_NO_AUTH: Rule = {
  id: 'elasticache-no-auth',
  title: 'Cache without users or a password',
  why: 'Everything that reaches it by network reads and writes every conversation.',
  severity: 'warning',
  fix: 'give it a user group whose users sign in with IAM (or a password), or an AuthToken',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html',
  check: (graph) => [
    ...graph.ofType('AWS::ElastiCache::ServerlessCache').flatMap((cache) => ofServerless(cache) ?? []),
    ...graph.ofType('AWS::ElastiCache::ReplicationGroup').flatMap((group) => ofReplicationGroup(group) ?? []),
    ...graph.ofType('AWS::MemoryDB::Cluster').flatMap((cluster) => ofMemoryDb(cluster) ?? []),
  ],
};

function ofServerless(cache: Resource): Violation | undefined {
  const engine = cache.text('Engine');
  // Memcached has no users on a serverless cache.
  if (engine === undefined || engine.toLowerCase() === 'memcached') return undefined;
  if (isAbsent(cache.get('UserGroupId'))) return { resource: cache, message: 'UserGroupId is not set' };
  return ofUserGroup(cache, cache.referent('UserGroupId'));
}

function ofReplicationGroup(group: Resource): Violation | undefined {
  if (group.get('GlobalReplicationGroupId') !== undefined || !isAbsent(group.get('AuthToken'))) return undefined;
  const groups = group.get('UserGroupIds');
  if (groups instanceof Unknown) return undefined;
  if (group.list('UserGroupIds').length === 0) return { resource: group, message: 'neither AuthToken nor UserGroupIds is set' };
  return group.references('UserGroupIds').flatMap((users) => ofUserGroup(group, users) ?? [])[0];
}

function ofMemoryDb(cluster: Resource): Violation | undefined {
  return cluster.text('ACLName') === 'open-access' ? { resource: cluster, message: 'ACLName is open-access' } : undefined;
}

function ofUserGroup(cache: Resource, group: Resource | undefined): Violation | undefined {
  if (group?.type !== 'AWS::ElastiCache::UserGroup') return undefined;
  const open = group.references('UserIds').find(isOpen);
  return open && { resource: cache, message: `user ${open.id} of its user group needs no password` };
}

/** A user that is on and whose password nobody asks for. */
function isOpen(user: Resource): boolean {
  const mode = user.get('AuthenticationMode');
  const asksNothing =
    user.boolean('NoPasswordRequired') === true || (mode instanceof MapValue && mode.get('Type') === 'no-password-required');
  return asksNothing && /^\s*on\b/.test(user.text('AccessString') ?? '');
}

function isAbsent(value: Value | undefined): boolean {
  return value === undefined || value === '';
}
