import type { Duration } from 'aws-cdk-lib/core';

/** A DynamoDB table on demand. https://aws.amazon.com/dynamodb/pricing/on-demand/ */
export interface DynamoDbUsage {
  /** Write request units of the month: one for each KB of an item, twice that in a transaction. @default 0 */
  readonly writeUnits?: number;
  /** Read request units of the month: one for each 4 KB, half of one where consistency is eventual. @default 0 */
  readonly readUnits?: number;
  /** GB stored. @default 0 */
  readonly storedGigabytes?: number;
  /** Write capacity units provisioned at a time, in place of units on demand. @default 0 */
  readonly writeCapacity?: number;
  /** Read capacity units provisioned at a time, in place of units on demand. @default 0 */
  readonly readCapacity?: number;
  /** Read request units of the table's stream; triggers of Lambda cost none. @default 0 */
  readonly streamReads?: number;
  /** GB under point-in-time recovery. @default 0 */
  readonly recoverableGigabytes?: number;
}

export enum StorageClass {
  STANDARD = 'standard',
  STANDARD_IA = 'standard-ia',
}

/** A bucket. https://aws.amazon.com/s3/pricing/ */
export interface S3Usage {
  /** GB stored on average. @default 0 */
  readonly storedGigabytes?: number;
  /** PUT, COPY, POST and LIST requests of the month. @default 0 */
  readonly puts?: number;
  /** GET and all other requests of the month; DELETE costs nothing. @default 0 */
  readonly gets?: number;
  /** GB retrieved, which STANDARD_IA bills. @default 0 */
  readonly retrievedGigabytes?: number;
  /** @default StorageClass.STANDARD */
  readonly storageClass?: StorageClass;
}

/** An Aurora Serverless v2 cluster. https://aws.amazon.com/rds/aurora/pricing/ */
export interface AuroraServerlessUsage {
  /** Capacity units (ACU) at a time, on average. */
  readonly capacityUnits: number;
  /** @default - the month */
  readonly time?: Duration;
  /** @default 0 */
  readonly storedGigabytes?: number;
  /** I/O requests of the month. @default 0 */
  readonly ioRequests?: number;
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
