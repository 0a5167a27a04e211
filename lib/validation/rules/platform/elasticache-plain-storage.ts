import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';

/** Data of a cache that is kept on disk as it is. */
export const ELASTICACHE_PLAIN_STORAGE: Rule = {
  id: 'elasticache-plain-storage',
  title: 'Cache without encryption at rest',
  why: 'Snapshots and swap hold conversations in plain text, and only a new cache can change it.',
  severity: 'warning',
  fix: 'set AtRestEncryptionEnabled, or use a serverless cache, which always encrypts',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html',
  check: (graph) =>
    graph
      .ofType('AWS::ElastiCache::ReplicationGroup')
      .filter(isPlain)
      .map((group) => ({
        resource: group,
        message:
          group.get('AtRestEncryptionEnabled') === undefined
            ? 'AtRestEncryptionEnabled is not set, and off for Redis OSS unless set'
            : 'AtRestEncryptionEnabled is false',
      })),
};

/** Valkey encrypts unless told otherwise, Redis OSS only when told. */
function isPlain(group: Resource): boolean {
  if (group.get('GlobalReplicationGroupId') !== undefined) return false;
  if (group.get('AtRestEncryptionEnabled') !== undefined) return group.boolean('AtRestEncryptionEnabled') === false;
  return (group.get('Engine') ?? 'redis') === 'redis';
}
