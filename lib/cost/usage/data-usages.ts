import type { Duration, Size } from 'aws-cdk-lib/core';

/** Requests of SQS queues in a month: a message takes three, to send, receive and delete it. https://aws.amazon.com/sqs/pricing/ */
export interface SqsUsage {
  readonly requests: number;
  /** @default false */
  readonly fifo?: boolean;
  /** Payload of one request; each 64 KB count as one. @default - at most 64 KB */
  readonly payload?: Size;
}

/** Invocations of EventBridge Scheduler in a month. https://aws.amazon.com/eventbridge/pricing/ */
export interface SchedulerUsage {
  readonly invocations: number;
}

/** A DynamoDB table on demand. https://aws.amazon.com/dynamodb/pricing/on-demand/ */
export interface DynamoDbUsage {
  /** Write request units of the month: one for each KB of an item, twice that in a transaction. @default 0 */
  readonly writeUnits?: number;
  /** Read request units of the month: one for each 4 KB, half of one where consistency is eventual. @default 0 */
  readonly readUnits?: number;
  /** GB stored. @default 0 */
  readonly storedGigabytes?: number;
}

export enum CacheEngine {
  VALKEY = 'valkey',
  REDIS_OSS = 'redis',
  MEMCACHED = 'memcached',
}

/** A serverless cache. https://aws.amazon.com/elasticache/pricing/ */
export interface ElastiCacheServerlessUsage {
  /** @default CacheEngine.VALKEY */
  readonly engine?: CacheEngine;
  /** GB stored on average; billed is 0.1 GB at least for Valkey and 1 GB for the others. @default 0 */
  readonly storedGigabytes?: number;
  /** ElastiCache processing units of the month: one for each KB that a request moves, more for commands that take longer. @default 0 */
  readonly processingUnits?: number;
  /** @default - the month */
  readonly time?: Duration;
}

/** Nodes of a cache that you size. https://aws.amazon.com/elasticache/pricing/ */
export interface ElastiCacheNodesUsage {
  /** `cache.t4g.micro`, one of docs/prices.md. */
  readonly nodeType: string;
  readonly nodes: number;
  /** @default CacheEngine.VALKEY */
  readonly engine?: CacheEngine;
  /** @default - the month */
  readonly time?: Duration;
}
