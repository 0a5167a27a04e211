import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Duration } from 'aws-cdk-lib/core';
import type { ContainerInferenceFunction } from './container-inference-function';

/** How the image of an inference function runs on Fargate. */
export interface InferenceTaskOptions {
  /**
   * Queue on whose messages the task works, one at a time; `responses` goes with it.
   * @default - none: the task answers `POST /invocations` on port 8080, behind a load balancer of yours
   */
  readonly queue?: IQueue;
  /**
   * Bucket of what a worker finds: an object per job below `responses/`.
   * @default - none, without a queue
   */
  readonly responses?: IBucket;
  /**
   * Time after which a message of a worker that died is given to another one. Workers extend it while they work.
   * @default Duration.minutes(5)
   */
  readonly visibilityTimeout?: Duration;
  /**
   * The whole command line, which replaces both the entry point and the command of the image. An image that `InferenceImage.generated` did not
   * write needs it: that of a function starts Lambda's runtime, which has nothing to do on Fargate.
   * @default - the image's own start
   */
  readonly command?: string[];
  /**
   * CPU units; 1,024 are one vCPU.
   * @default 1024
   */
  readonly cpu?: number;
  /**
   * Memory in MiB.
   * @default - as for the function, in the next size that Fargate has
   */
  readonly memoryLimitMiB?: number;
  /**
   * User of the process.
   * @default '1000'
   */
  readonly user?: string;
  /**
   * Variables beside those of the function's model and of the queue.
   * @default - none
   */
  readonly environment?: Record<string, string>;
  /**
   * How long logs are kept.
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
}

/** Properties of InferenceTask. */
export interface InferenceTaskProps extends InferenceTaskOptions {
  /** The function whose image the task runs. */
  readonly inference: ContainerInferenceFunction;
}
