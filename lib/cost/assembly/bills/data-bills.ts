import type { Resource } from '../../../template/resource';
import { numberOf, valueAt } from '../../../template/value';
import { BILLING } from '../../prices/billing';
import { AURORA_SERVERLESS, DYNAMODB, ELASTICACHE_NODES, ELASTICACHE_SERVERLESS, S3 } from '../../services/data';
import { ECR } from '../../services/operations';
import { CacheEngine } from '../../usage/data-usages';
import { type Bill, type Biller, IDLE, lineBill, type Month, NOTHING, noted, serviceBill, together } from '../bill';
import { labelOf } from '../find-resource';
import { scaledMinimum } from '../scaled-minimum';

interface Capacity {
  readonly readCapacity: number;
  readonly writeCapacity: number;
}

/** A table is provisioned where its template says nothing of it. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
const tableBill: Biller = (table, month) => {
  if (table.text('BillingMode') === 'PAY_PER_REQUEST') return tableLines(table, month, { readCapacity: 0, writeCapacity: 0 });
  const own = provisionedAt(table, []);
  const indexes = table.list('GlobalSecondaryIndexes').map((_, index) => provisionedAt(table, ['GlobalSecondaryIndexes', index]));
  const scaled = {
    readCapacity: scaledMinimum(month.graph, table, /table:ReadCapacityUnits$/) ?? own.readCapacity,
    writeCapacity: scaledMinimum(month.graph, table, /table:WriteCapacityUnits$/) ?? own.writeCapacity,
  };
  const all = [scaled, ...indexes];
  return tableLines(table, month, { readCapacity: sumOf(all, 'readCapacity'), writeCapacity: sumOf(all, 'writeCapacity') });
};

function provisionedAt(table: Resource, at: readonly (string | number)[]): Capacity {
  const units = (name: string) => table.number(...at, 'ProvisionedThroughput', name) ?? 0;
  return { readCapacity: units('ReadCapacityUnits'), writeCapacity: units('WriteCapacityUnits') };
}

const sumOf = (capacity: readonly Capacity[], key: keyof Capacity): number => capacity.reduce((sum, one) => sum + one[key], 0);

/** A table with replicas; each replica reads on its own and takes every write. */
const globalTableBill: Biller = (table, month) => {
  const replicas = table.list('Replicas').length;
  const more = replicas > 1 ? noted(`the replicas of ${labelOf(table)} are counted as one table`) : NOTHING;
  const onDemand = table.text('BillingMode') === 'PAY_PER_REQUEST';
  const least = (value: Parameters<typeof valueAt>[0]) => numberOf(valueAt(value, ['MinCapacity'])) ?? 0;
  const write = table.get('WriteProvisionedThroughputSettings', 'WriteCapacityAutoScalingSettings');
  const read = table.get('Replicas', 0, 'ReadProvisionedThroughputSettings');
  const readLeast = numberOf(valueAt(read, ['ReadCapacityUnits'])) ?? least(valueAt(read, ['ReadCapacityAutoScalingSettings']));
  const capacity = onDemand ? { readCapacity: 0, writeCapacity: 0 } : { readCapacity: readLeast, writeCapacity: least(write) };
  return together(tableLines(table, month, capacity), more);
};

function tableLines(table: Resource, month: Month, capacity: Capacity): Bill {
  const { readUnits = 0, writeUnits = 0, storedGigabytes = 0 } = month.load(table);
  const recovered =
    table.boolean('PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled') === true ||
    table.boolean('Replicas', 0, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled') === true;
  const provisioned = capacity.readCapacity + capacity.writeCapacity > 0;
  const usage = { ...capacity, storedGigabytes, recoverableGigabytes: recovered ? storedGigabytes : 0 };
  const units = provisioned ? {} : { readUnits, writeUnits };
  const bill = serviceBill(DYNAMODB, table, { ...usage, ...units }, month);
  const unused = provisioned && readUnits + writeUnits > 0;
  return unused ? together(bill, noted(`read and write units of ${labelOf(table)} are within its provisioned capacity`)) : bill;
}

const bucketBill: Biller = (bucket, month) => {
  const { storedGigabytes = 0, puts = 0, gets = 0 } = month.load(bucket);
  return serviceBill(S3, bucket, { storedGigabytes, puts, gets }, month);
};

const repositoryBill: Biller = (repository, month) =>
  serviceBill(ECR, repository, { storedGigabytes: month.load(repository).storedGigabytes ?? 0 }, month);

const ENGINES: Readonly<Record<string, CacheEngine>> = {
  valkey: CacheEngine.VALKEY,
  redis: CacheEngine.REDIS_OSS,
  memcached: CacheEngine.MEMCACHED,
};

const engineOf = (cache: Resource): CacheEngine => ENGINES[(cache.text('Engine') ?? 'redis').toLowerCase()] ?? CacheEngine.REDIS_OSS;

const SECONDS_PER_HOUR = 3600;

/** Billed is what is used, and at least the least that the service or the cache's own limits have. */
const serverlessCacheBill: Biller = (cache, month) => {
  const engine = engineOf(cache);
  const { storedGigabytes = 0, processingUnits = 0 } = month.load(cache);
  const leastStored = cache.number('CacheUsageLimits', 'DataStorage', 'Minimum') ?? 0;
  const leastUnits = (cache.number('CacheUsageLimits', 'ECPUPerSecond', 'Minimum') ?? 0) * month.monthHours * SECONDS_PER_HOUR;
  const due = serviceBill(
    ELASTICACHE_SERVERLESS,
    cache,
    { engine, storedGigabytes: Math.max(storedGigabytes, leastStored), processingUnits: leastUnits },
    month,
    IDLE,
  );
  const more = Math.max(0, processingUnits - leastUnits);
  return together(due, serviceBill(ELASTICACHE_SERVERLESS, cache, { engine, processingUnits: more }, month, { only: 'used' }));
};

const replicationGroupBill: Biller = (group, month) => {
  const groups = group.numberOr(1, 'NumNodeGroups') ?? 1;
  const nodes = group.number('NumCacheClusters') ?? groups * (1 + (group.numberOr(0, 'ReplicasPerNodeGroup') ?? 0));
  return nodesBill(group, nodes, month);
};

function nodesBill(cache: Resource, nodes: number, month: Month): Bill {
  const nodeType = cache.text('CacheNodeType');
  if (nodeType === undefined) return noted(`not priced: ${labelOf(cache)}, a cache whose node type is not known`);
  return serviceBill(ELASTICACHE_NODES, cache, { nodeType, nodes, engine: engineOf(cache) }, month);
}

/** Aurora is billed by its instances, or by the least capacity of those that are serverless. */
const databaseBill: Biller = (database, month) => {
  const cluster = database.referent('DBClusterIdentifier');
  const type = database.text('DBInstanceClass');
  if (type === 'db.serverless') {
    const least = cluster?.number('ServerlessV2ScalingConfiguration', 'MinCapacity');
    if (least === undefined) return noted(`not priced: ${labelOf(database)}, whose least capacity is not known`);
    return serviceBill(AURORA_SERVERLESS, database, { capacityUnits: least }, month);
  }
  const engine = database.text('Engine') ?? cluster?.text('Engine');
  if (type === undefined || engine === undefined) return noted(`not priced: ${labelOf(database)}, a database whose class is not known`);
  const copies = database.boolean('MultiAZ') === true ? 2 : 1;
  const storage = cluster === undefined ? (database.number('AllocatedStorage') ?? 0) : 0;
  return together(
    lineBill(
      database,
      `RDS ${type} (${engine})`,
      `rds.${engine}.${type}`,
      [
        [copies, 'instances'],
        [month.monthHours, 'h'],
      ],
      IDLE,
    ),
    lineBill(
      database,
      'RDS storage',
      `rds.storage.${database.text('StorageType') ?? 'gp2'}`,
      [
        [copies, 'copies'],
        [storage, 'GB-months'],
      ],
      IDLE,
    ),
  );
};

/** A cluster costs its storage; its instances are billed as what they are. */
const clusterBill: Biller = (cluster, month) => {
  if (cluster.text('EngineMode') === 'serverless' || cluster.get('DBClusterInstanceClass') !== undefined)
    return noted(`not priced: ${labelOf(cluster)}, a cluster that has no instances of its own`);
  const { storedGigabytes = 0 } = month.load(cluster);
  return lineBill(cluster, 'Aurora storage', 'aurora.storage', [[storedGigabytes, 'GB-months']], IDLE);
};

const streamBill: Biller = (stream, month) => {
  const onDemand = stream.text('StreamModeDetails', 'StreamMode') === 'ON_DEMAND' || stream.get('ShardCount') === undefined;
  if (onDemand) return lineBill(stream, 'stream on demand', 'kinesis.on-demand', [[month.monthHours, 'h']], IDLE);
  return lineBill(
    stream,
    'shards',
    'kinesis.shards',
    [
      [stream.number('ShardCount') ?? 1, 'shards'],
      [month.monthHours, 'h'],
    ],
    IDLE,
  );
};

/**
 * Half a unit for indexing and half a unit for searching, twice where there are standby replicas. Collections of one key share them; each is
 * counted on its own. https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-scaling.html
 */
const collectionBill: Biller = (collection, month) => {
  const { leastUnits, copiesWithStandby } = BILLING.openSearchServerless;
  const units = leastUnits * (collection.text('StandbyReplicas') === 'DISABLED' ? 1 : copiesWithStandby);
  const bill = lineBill(
    collection,
    'OpenSearch Serverless',
    'opensearch-serverless.ocu',
    [
      [units, 'OCU'],
      [month.monthHours, 'h'],
    ],
    IDLE,
  );
  return together(
    bill,
    noted(`${labelOf(collection)} is counted with the least units of its own; collections with the same key can share them`),
  );
};

export const DATA_BILLS: Readonly<Record<string, Biller>> = {
  'AWS::DynamoDB::Table': tableBill,
  'AWS::DynamoDB::GlobalTable': globalTableBill,
  'AWS::S3::Bucket': bucketBill,
  'AWS::ECR::Repository': repositoryBill,
  'AWS::ElastiCache::ServerlessCache': serverlessCacheBill,
  'AWS::ElastiCache::ReplicationGroup': replicationGroupBill,
  'AWS::ElastiCache::CacheCluster': (cache, month) => nodesBill(cache, cache.numberOr(1, 'NumCacheNodes') ?? 1, month),
  'AWS::RDS::DBCluster': clusterBill,
  'AWS::RDS::DBInstance': databaseBill,
  'AWS::Kinesis::Stream': streamBill,
  'AWS::OpenSearchServerless::Collection': collectionBill,
};
