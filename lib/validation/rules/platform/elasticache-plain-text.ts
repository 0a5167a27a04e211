import type { Resource } from '../../../template/resource';
import type { Rule, Violation } from '../../rule';

/** A cache that speaks without TLS. */
export const ELASTICACHE_PLAIN_TEXT: Rule = {
  id: 'elasticache-plain-text',
  title: 'Cache without encryption in transit',
  why: 'Conversations, and the password itself, cross the network in plain text; turning TLS on later takes a second deployment of every client.',
  severity: 'warning',
  fix: 'set TransitEncryptionEnabled (TransitEncryptionMode: required) and connect with TLS, or use a serverless cache, which speaks nothing else',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html',
  check: (graph) => [
    ...graph.ofType('AWS::ElastiCache::ReplicationGroup').flatMap((group) => ofReplicationGroup(group) ?? []),
    ...graph.ofType('AWS::ElastiCache::CacheCluster').flatMap((cluster) => ofCluster(cluster) ?? []),
    ...graph.ofType('AWS::MemoryDB::Cluster').flatMap((cluster) => ofMemoryDb(cluster) ?? []),
  ],
};

function ofReplicationGroup(group: Resource): Violation | undefined {
  // Replicas of a global datastore take it from the primary.
  if (group.get('GlobalReplicationGroupId') !== undefined) return undefined;
  const enabled = group.get('TransitEncryptionEnabled');
  if (enabled === undefined) return { resource: group, message: 'TransitEncryptionEnabled is not set, and off unless set' };
  if (group.boolean('TransitEncryptionEnabled') === false) return { resource: group, message: 'TransitEncryptionEnabled is false' };
  if (group.text('TransitEncryptionMode') !== 'preferred') return undefined;
  return { resource: group, message: 'TransitEncryptionMode is preferred, which takes connections without TLS as well' };
}

function ofCluster(cluster: Resource): Violation | undefined {
  if (!isOff(cluster, 'TransitEncryptionEnabled')) return undefined;
  const engine = cluster.text('Engine');
  if (engine === 'redis' || engine === 'valkey') {
    return {
      resource: cluster,
      message: `a CacheCluster of ${engine} has neither TLS nor a password`,
      fix: 'use a replication group, which may have a single node, or a serverless cache',
    };
  }
  return engine === 'memcached' ? { resource: cluster, message: 'TransitEncryptionEnabled is not set, and off unless set' } : undefined;
}

function ofMemoryDb(cluster: Resource): Violation | undefined {
  return cluster.boolean('TLSEnabled') === false ? { resource: cluster, message: 'TLSEnabled is false' } : undefined;
}

function isOff(resource: Resource, property: string): boolean {
  return resource.get(property) === undefined || resource.boolean(property) === false;
}
