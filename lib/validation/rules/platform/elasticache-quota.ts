import { ELASTICACHE_ECPU, ELASTICACHE_LIMITS, ELASTICACHE_SNAPSHOTS, ELASTICACHE_SUBNETS } from '../../../quotas/elasticache-quotas';
import type { ResourceGraph } from '../../../template/resource-graph';
import { ListValue } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { quotaMessage } from '../compute/quota-message';
import { outOfRange, type Range } from './out-of-range';

const CACHE = 'AWS::ElastiCache::ServerlessCache';

const RANGES: readonly Range[] = [
  { type: CACHE, path: ['CacheUsageLimits', 'ECPUPerSecond', 'Maximum'], quota: ELASTICACHE_ECPU },
  { type: CACHE, path: ['CacheUsageLimits', 'ECPUPerSecond', 'Minimum'], quota: ELASTICACHE_ECPU },
  { type: CACHE, path: ['CacheUsageLimits', 'DataStorage', 'Maximum'], quota: ELASTICACHE_LIMITS },
  { type: CACHE, path: ['CacheUsageLimits', 'DataStorage', 'Minimum'], quota: ELASTICACHE_LIMITS },
  { type: CACHE, path: ['SnapshotRetentionLimit'], quota: ELASTICACHE_SNAPSHOTS },
];

export const ELASTICACHE_QUOTA: Rule = {
  id: 'elasticache-quota',
  title: 'Usage limit, snapshots or subnets that a serverless cache cannot have',
  why: 'The deployment fails.',
  severity: 'error',
  fix: 'set a value in that range',
  source: ELASTICACHE_SUBNETS.source,
  check: (graph) => [...outOfRange(graph, RANGES), ...tooFewSubnets(graph)],
};

/** Without subnets the cache takes those of the default VPC. */
function tooFewSubnets(graph: ResourceGraph): Violation[] {
  return graph.ofType(CACHE).flatMap((cache) => {
    const subnets = cache.get('SubnetIds');
    if (!(subnets instanceof ListValue) || subnets.items.length === 0) return [];
    const message = quotaMessage('SubnetIds', subnets.items.length, ELASTICACHE_SUBNETS);
    return message === undefined ? [] : [{ resource: cache, message }];
  });
}
