import { present, product } from '../draft-line';
import { BILLING } from '../prices/billing';
import { choice, duration, number, REQUIRED, type Service, text } from '../service';
import {
  type AuroraServerlessUsage,
  CacheEngine,
  type DynamoDbUsage,
  type ElastiCacheNodesUsage,
  type ElastiCacheServerlessUsage,
  type S3Usage,
  StorageClass,
} from '../usage/data-usages';
import { standingHours } from './month-time';

const IDLE = { idle: true } as const;

/** https://aws.amazon.com/dynamodb/pricing/on-demand/ */
export const DYNAMODB: Service<DynamoDbUsage> = {
  name: 'dynamoDb',
  fields: {
    writeUnits: number(),
    readUnits: number(),
    storedGigabytes: number(),
    writeCapacity: number(),
    readCapacity: number(),
    streamReads: number(),
    recoverableGigabytes: number(),
  },
  lines: ({ writeUnits = 0, readUnits = 0, storedGigabytes = 0, ...more }, { monthHours }) =>
    present([
      product(
        'DynamoDB write capacity',
        'dynamodb.write-capacity',
        [
          [more.writeCapacity ?? 0, 'WCU'],
          [monthHours, 'h'],
        ],
        IDLE,
      ),
      product(
        'DynamoDB read capacity',
        'dynamodb.read-capacity',
        [
          [more.readCapacity ?? 0, 'RCU'],
          [monthHours, 'h'],
        ],
        IDLE,
      ),
      product('DynamoDB stream reads', 'dynamodb.stream-reads', [[more.streamReads ?? 0, 'requests']]),
      product('DynamoDB point-in-time recovery', 'dynamodb.point-in-time-recovery', [[more.recoverableGigabytes ?? 0, 'GB-months']], IDLE),
      product('DynamoDB writes', 'dynamodb.writes', [[writeUnits, 'WRU']]),
      product('DynamoDB reads', 'dynamodb.reads', [[readUnits, 'RRU']]),
      product('DynamoDB storage', 'dynamodb.storage', [[storedGigabytes, 'GB-months']], IDLE),
    ]),
};

/** https://aws.amazon.com/elasticache/pricing/ */
export const ELASTICACHE_SERVERLESS: Service<ElastiCacheServerlessUsage> = {
  name: 'elastiCacheServerless',
  fields: { engine: choice(Object.values(CacheEngine)), storedGigabytes: number(), processingUnits: number(), time: duration() },
  lines({ engine = CacheEngine.VALKEY, storedGigabytes = 0, processingUnits = 0, time }, context) {
    const valkey = engine === CacheEngine.VALKEY;
    const { valkeyMinimumGb, minimumGb } = BILLING.elastiCache;
    const family = `elasticache.serverless.${valkey ? 'valkey' : 'redis'}`;
    const stored = Math.max(storedGigabytes, valkey ? valkeyMinimumGb : minimumGb);
    return [
      product(
        `ElastiCache Serverless data (${engine})`,
        `${family}.data`,
        [
          [stored, 'GB'],
          [standingHours(time, context), 'h'],
        ],
        IDLE,
      ),
      ...present([product(`ElastiCache Serverless processing (${engine})`, `${family}.ecpu`, [[processingUnits, 'ECPU']])]),
    ];
  },
};

/** https://aws.amazon.com/elasticache/pricing/ */
export const ELASTICACHE_NODES: Service<ElastiCacheNodesUsage> = {
  name: 'elastiCacheNodes',
  fields: { nodeType: text(true), nodes: number(REQUIRED), engine: choice(Object.values(CacheEngine)), time: duration() },
  lines({ nodeType, nodes, engine = CacheEngine.VALKEY, time }, context) {
    const family = engine === CacheEngine.VALKEY ? 'valkey' : 'redis';
    const factors = [
      [nodes, 'nodes'],
      [standingHours(time, context), 'h'],
    ] as const;
    return [product(`ElastiCache ${nodeType} (${engine})`, `elasticache.node.${family}.${nodeType}`, factors, IDLE)];
  },
};

/** https://aws.amazon.com/s3/pricing/ */
export const S3: Service<S3Usage> = {
  name: 's3',
  fields: {
    storedGigabytes: number(),
    puts: number(),
    gets: number(),
    retrievedGigabytes: number(),
    storageClass: choice(Object.values(StorageClass)),
  },
  lines({ storedGigabytes = 0, puts = 0, gets = 0, retrievedGigabytes = 0, storageClass = StorageClass.STANDARD }) {
    const retrieved = storageClass === StorageClass.STANDARD_IA ? retrievedGigabytes : 0;
    return present([
      product(`S3 storage (${storageClass})`, `s3.storage.${storageClass}`, [[storedGigabytes, 'GB-months']], IDLE),
      product(`S3 PUT requests (${storageClass})`, `s3.put.${storageClass}`, [[puts, 'requests']]),
      product(`S3 GET requests (${storageClass})`, `s3.get.${storageClass}`, [[gets, 'requests']]),
      product('S3 data retrieved', 's3.retrieved.standard-ia', [[retrieved, 'GB']]),
    ]);
  },
};

/** https://aws.amazon.com/rds/aurora/pricing/ */
export const AURORA_SERVERLESS: Service<AuroraServerlessUsage> = {
  name: 'auroraServerless',
  fields: { capacityUnits: number(REQUIRED), time: duration(), storedGigabytes: number(), ioRequests: number() },
  lines: ({ capacityUnits, time, storedGigabytes = 0, ioRequests = 0 }, context) => [
    product(
      'Aurora Serverless capacity',
      'aurora.serverless.acu',
      [
        [capacityUnits, 'ACU'],
        [standingHours(time, context), 'h'],
      ],
      IDLE,
    ),
    ...present([
      product('Aurora storage', 'aurora.storage', [[storedGigabytes, 'GB-months']], IDLE),
      product('Aurora I/O', 'aurora.io', [[ioRequests, 'requests']]),
    ]),
  ],
};
