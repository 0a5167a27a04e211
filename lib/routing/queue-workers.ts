import type { ICluster, IService } from 'aws-cdk-lib/aws-ecs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';

/** Containers that work on a queue, and that a router may wake from zero. */
export interface IQueueWorkers extends IConstruct {
  readonly queue: IQueue;
  readonly cluster: ICluster;
  readonly service: IService;
  /** Lets the workers write their results to the bucket of a router. */
  bindResponses(bucket: IBucket): void;
}
