import { join } from 'node:path';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { type Artifacts, failureQueue, logGroup, modelStatements } from './functions';
import { allowEndpoints, type TwinNetwork } from './network';
import { scaleWorkers } from './worker-scaling';

const VISIBILITY = Duration.minutes(5);

export interface Workers {
  readonly queue: sqs.Queue;
  readonly cluster: ecs.Cluster;
  readonly service: ecs.FargateService;
}

export interface WorkersProps {
  readonly network: TwinNetwork;
  readonly responses: s3.Bucket;
  readonly modelId: string;
}

/** Containers on Fargate that work on a queue and write results to the router's bucket. */
export function createWorkers(stack: Stack, artifacts: Artifacts, props: WorkersProps): Workers {
  const { network, responses, modelId } = props;
  const queue = new sqs.Queue(stack, 'WorkQueue', {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    visibilityTimeout: VISIBILITY,
    receiveMessageWaitTime: Duration.seconds(20),
    deadLetterQueue: { queue: failureQueue(stack, 'WorkDeadLetters'), maxReceiveCount: 5 },
  });
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: network.vpc, containerInsightsV2: ecs.ContainerInsights.ENABLED });
  const taskDefinition = createTask(stack, artifacts, queue, props);
  const tasks = stack.formatArn({ service: 'ecs', resource: 'task', resourceName: `${cluster.clusterName}/*` });
  for (const [actions, resource] of [
    [['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'], queue.queueArn],
    [['ecs:UpdateTaskProtection'], tasks],
    [['s3:GetObject', 's3:PutObject'], responses.arnForObjects('responses/*')],
  ] as const) {
    taskDefinition.addToTaskRolePolicy(new iam.PolicyStatement({ actions: [...actions], resources: [resource] }));
  }
  for (const statement of modelStatements(stack, modelId)) taskDefinition.addToTaskRolePolicy(statement);
  const service = new ecs.FargateService(stack, 'WorkerService', {
    cluster,
    taskDefinition,
    desiredCount: 0,
    assignPublicIp: false,
    vpcSubnets: network.subnets,
    circuitBreaker: { rollback: true },
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
  });
  allowEndpoints(network, service);
  scaleWorkers(stack, { queue, cluster, service });
  return { queue, cluster, service };
}

function createTask(stack: Stack, { dist }: Artifacts, queue: sqs.Queue, props: WorkersProps): ecs.FargateTaskDefinition {
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'WorkerTask', {
    cpu: 1_024,
    memoryLimitMiB: 2_048,
    runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.ARM64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
  });
  taskDefinition.addContainer('Worker', {
    image: ecs.ContainerImage.fromAsset(join(dist, 'images', 'worker'), { platform: Platform.LINUX_ARM64 }),
    user: '1000',
    readonlyRootFilesystem: true,
    linuxParameters: new ecs.LinuxParameters(stack, 'WorkerLinux', { initProcessEnabled: true }),
    stopTimeout: Duration.seconds(120),
    logging: ecs.LogDrivers.awsLogs({
      logGroup: logGroup(stack, 'WorkerLogs', RemovalPolicy.DESTROY),
      streamPrefix: 'worker',
    }),
    environment: {
      MODEL_ID: props.modelId,
      WORKER_QUEUE_URL: queue.queueUrl,
      WORKER_VISIBILITY_SECONDS: String(VISIBILITY.toSeconds()),
      RESPONSE_BUCKET: props.responses.bucketName,
    },
  });
  return taskDefinition;
}
