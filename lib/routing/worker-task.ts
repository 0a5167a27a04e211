import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  type ContainerDefinition,
  ContainerImage,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import { FARGATE_STOP_TIMEOUT } from '../quotas/fargate-quotas';
import { acknowledge } from '../validation/acknowledge';
import type { QueueWorkerServiceProps } from './queue-worker-service-props';
import { WORKER_DEFAULTS } from './worker-checks';

export function createTaskDefinition(scope: Construct, props: QueueWorkerServiceProps): FargateTaskDefinition {
  const taskDefinition = new FargateTaskDefinition(scope, 'Task', {
    cpu: props.cpu ?? WORKER_DEFAULTS.cpu,
    memoryLimitMiB: props.memoryLimitMiB ?? WORKER_DEFAULTS.memoryMib,
    ephemeralStorageGiB: props.ephemeralStorageGiB,
    runtimePlatform: {
      cpuArchitecture: props.cpuArchitecture ?? CpuArchitecture.ARM64,
      operatingSystemFamily: OperatingSystemFamily.LINUX,
    },
  });
  acknowledge(taskDefinition, {
    id: 'AwsSolutions::AwsSolutions-ECS2',
    reason: 'variables name resources and hold no secrets; a worker reads secrets by their ARN at run time',
  });
  return taskDefinition;
}

interface Worker {
  readonly props: QueueWorkerServiceProps;
  readonly queue: Queue;
  readonly logGroup: LogGroup;
}

/** The one container of the task. Its root is read-only and its process is nobody in particular; SIGTERM gives it two minutes. */
export function addWorker(taskDefinition: FargateTaskDefinition, { props, queue, logGroup }: Worker): ContainerDefinition {
  const visibility = props.visibilityTimeout ?? Duration.seconds(WORKER_DEFAULTS.visibilitySeconds);
  return taskDefinition.addContainer('Worker', {
    image: props.image ?? imageFrom(props),
    user: props.user ?? '1000',
    readonlyRootFilesystem: true,
    // An init process passes signals on and reaps children; Node as process 1 does neither.
    linuxParameters: new LinuxParameters(taskDefinition, 'Linux', { initProcessEnabled: true }),
    stopTimeout: Duration.seconds(FARGATE_STOP_TIMEOUT.max!),
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'worker' }),
    environment: {
      ...props.models?.[0]?._variables(),
      ...props.environment,
      [Env.workerQueueUrl]: queue.queueUrl,
      [Env.workerVisibilitySeconds]: String(visibility.toSeconds()),
    },
  });
}

function imageFrom({ imageDirectory = '', cpuArchitecture }: QueueWorkerServiceProps): ContainerImage {
  const platform = cpuArchitecture === CpuArchitecture.X86_64 ? Platform.LINUX_AMD64 : Platform.LINUX_ARM64;
  return ContainerImage.fromAsset(imageDirectory, { platform });
}
