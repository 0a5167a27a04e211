import { present, product } from '../draft-line';
import { BILLING } from '../prices/billing';
import { choice, duration, flag, number, REQUIRED, type Service, size, text } from '../service';
import {
  CacheEngine,
  type DynamoDbUsage,
  type ElastiCacheNodesUsage,
  type ElastiCacheServerlessUsage,
  type SchedulerUsage,
  type SqsUsage,
} from '../usage/data-usages';
import { chunks } from './api-gateway';
import { standingHours } from './month-time';

const IDLE = { idle: true } as const;

/** https://aws.amazon.com/sqs/pricing/ */
export const SQS: Service<SqsUsage> = {
  name: 'sqs',
  fields: { requests: number(REQUIRED), fifo: flag(), payload: size() },
  lines: ({ requests, fifo = false, payload }) => [
    product(`SQS requests (${fifo ? 'FIFO' : 'standard'})`, fifo ? 'sqs.fifo' : 'sqs.standard', [
      [requests, 'requests'],
      [chunks(payload, BILLING.messages.stepKib), 'x 64 KB'],
    ]),
  ],
};

/** https://aws.amazon.com/eventbridge/pricing/ */
export const SCHEDULER: Service<SchedulerUsage> = {
  name: 'scheduler',
  fields: { invocations: number(REQUIRED) },
  lines: ({ invocations }) => [product('EventBridge Scheduler invocations', 'scheduler.invocations', [[invocations, 'invocations']])],
};

/** https://aws.amazon.com/dynamodb/pricing/on-demand/ */
export const DYNAMODB: Service<DynamoDbUsage> = {
  name: 'dynamoDb',
  fields: { writeUnits: number(), readUnits: number(), storedGigabytes: number() },
  lines: ({ writeUnits = 0, readUnits = 0, storedGigabytes = 0 }) =>
    present([
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
