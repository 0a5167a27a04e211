import type { ContainerImage, CpuArchitecture, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Duration } from 'aws-cdk-lib/core';
import type { AgentModel } from '../agent/agent-model';
import type { IPrivateNetwork } from '../network/private-network-interface';

/** Properties of QueueWorkerService. */
export interface QueueWorkerServiceProps {
  /** Network of the tasks; they have no public address. */
  readonly network: IPrivateNetwork;
  /**
   * Image of the worker.
   * @default - built from `imageDirectory`
   */
  readonly image?: ContainerImage;
  /**
   * Directory with the worker's Dockerfile.
   * @default - `image` is used
   */
  readonly imageDirectory?: string;
  /**
   * CPU units of a task; 1,024 are one vCPU.
   * @default 1024
   */
  readonly cpu?: number;
  /**
   * Memory of a task in MiB.
   * @default 2048
   */
  readonly memoryLimitMiB?: number;
  /**
   * Architecture of the image and of the tasks.
   * @default CpuArchitecture.ARM64
   */
  readonly cpuArchitecture?: CpuArchitecture;
  /**
   * Disk of a task in GiB, 21 to 200.
   * @default - the 20 GiB that are included
   */
  readonly ephemeralStorageGiB?: number;
  /**
   * User of the container's process. The root file system is read-only.
   * @default '1000'
   */
  readonly user?: string;
  /**
   * Variables of the container, in addition to those of the queue, of the responses and of `models`.
   * @default - none
   */
  readonly environment?: Record<string, string>;
  /**
   * Models that the worker may call. The first is its default: `MODEL_ID`, or `MODEL_ENDPOINT` and `MODEL_SECRET_ARN`. The endpoints that
   * they need are added to an isolated network.
   * @default - none
   */
  readonly models?: AgentModel[];
  /**
   * Tasks at most; the least is none.
   * @default 4
   */
  readonly maxTasks?: number;
  /**
   * Messages, waiting and in flight, that one task should have.
   * @default 1
   */
  readonly backlogPerTask?: number;
  /**
   * Time without any message after which all tasks stop.
   * @default Duration.minutes(5)
   */
  readonly idleTime?: Duration;
  /**
   * Time after which a message of a worker that died is given to another one. Workers extend it while they work.
   * @default Duration.minutes(5)
   */
  readonly visibilityTimeout?: Duration;
  /**
   * Cluster of the service. Container Insights have to be on in it, since scaling counts running tasks.
   * @default - a cluster of its own
   */
  readonly cluster?: ICluster;
  /**
   * How long logs are kept.
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
}
