import { Alarm, type Metric, type MetricOptions, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  type ContainerDefinition,
  ContainerInsights,
  FargateService,
  type FargateTaskDefinition,
  type ICluster,
} from 'aws-cdk-lib/aws-ecs';
import { type IGrantable, type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import { RESPONSE_PREFIX } from '../../lambda/contract/routing';
import type { AgentModel } from '../agent/agent-model';
import { acknowledgeWildcard } from '../validation/acknowledge-wildcard';
import { reportWarnings, seconds } from '../validation/check-quota';
import { failOn } from '../validation/validation-error';
import type { QueueWorkerServiceProps } from './queue-worker-service-props';
import { checkWorkers, WORKER_DEFAULTS } from './worker-checks';
import { createDeadLetterQueue, createWorkQueue } from './worker-queues';
import { scaleWorkers } from './worker-scaling';
import { addWorker, createTaskDefinition } from './worker-task';

/** Endpoints without which a Fargate task in an isolated subnet neither starts, logs, nor works; image layers come by the S3 gateway. */
const REQUIRED_ENDPOINTS = ['ecr.api', 'ecr.dkr', 'logs', 'sqs'];

/**
 * Containers on Fargate that work on a queue, from zero and back to zero. A job may take hours: the worker protects its task and
 * extends the message's visibility while it works. After five receives a message goes to the dead-letter queue.
 */
export class QueueWorkerService extends Construct implements IGrantable, IConnectable {
  public readonly queue: Queue;
  /** Messages that five workers could not handle. */
  public readonly deadLetterQueue: Queue;
  public readonly cluster: ICluster;
  public readonly taskDefinition: FargateTaskDefinition;
  public readonly container: ContainerDefinition;
  public readonly service: FargateService;
  public readonly logGroup: LogGroup;
  public readonly grantPrincipal: IPrincipal;
  private responses?: IBucket;

  constructor(scope: Construct, id: string, props: QueueWorkerServiceProps) {
    super(scope, id);
    const findings = checkWorkers(props);
    failOn(this, 'QueueWorkerService.InvalidProps', findings.problems);
    reportWarnings(this, findings);

    this.deadLetterQueue = createDeadLetterQueue(this);
    this.queue = createWorkQueue(this, this.deadLetterQueue, props);
    this.cluster = props.cluster ?? this.createCluster(props);
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.taskDefinition = createTaskDefinition(this, props);
    this.grantPrincipal = this.taskDefinition.taskRole;
    this.container = addWorker(this.taskDefinition, { props, queue: this.queue, logGroup: this.logGroup });
    this.acknowledgePull();
    this.service = this.createService(props);
    this.grantWork();
    this.grantModels(props.models);
    this.connectNetwork(props);
    scaleWorkers(this, {
      cluster: this.cluster,
      service: this.service,
      queue: this.queue,
      maxTasks: props.maxTasks ?? WORKER_DEFAULTS.maxTasks,
      backlogPerTask: props.backlogPerTask ?? WORKER_DEFAULTS.backlogPerTask,
      idleMinutes: (seconds(props.idleTime) ?? WORKER_DEFAULTS.idleMinutes * 60) / 60,
    });
  }

  public get connections(): Connections {
    return this.service.connections;
  }

  /** Lets the workers write their results to the bucket of a router. A service works for one router. */
  public bindResponses(bucket: IBucket): void {
    if (this.responses === bucket) return;
    failOn(
      this,
      'QueueWorkerService.SecondRouter',
      this.responses ? ['works for one router, got a second one; make a QueueWorkerService for each, on one cluster'] : [],
    );
    this.responses = bucket;
    this.container.addEnvironment(Env.responseBucket, bucket.bucketName);
    const objects = bucket.arnForObjects(`${RESPONSE_PREFIX}*`);
    this.allow(['s3:GetObject', 's3:PutObject'], objects);
    bucket.encryptionKey?.grantEncryptDecrypt(this.taskDefinition.taskRole);
    this.acknowledge(objects, 'the id of a response is made at run time; the bucket holds nothing else');
  }

  /** Messages that wait. */
  public metricWaiting(props?: MetricOptions): Metric {
    return this.queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, ...props });
  }

  /** Age of the oldest message that waits. */
  public metricOldestMessage(props?: MetricOptions): Metric {
    return this.queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, ...props });
  }

  /** Messages in the dead-letter queue. */
  public metricDeadLetters(props?: MetricOptions): Metric {
    return this.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, ...props });
  }

  /** An alarm that goes off when a message has ended in the dead-letter queue. */
  public addDeadLetterAlarm(id: string): Alarm {
    return new Alarm(this, id, {
      metric: this.metricDeadLetters(),
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: 'Workers could not handle a message; read it, and redrive it from the dead-letter queue',
    });
  }

  private createCluster({ network }: QueueWorkerServiceProps): Cluster {
    return new Cluster(this, 'Cluster', { vpc: network.vpc, containerInsightsV2: ContainerInsights.ENABLED });
  }

  private createService({ network }: QueueWorkerServiceProps): FargateService {
    return new FargateService(this, 'Service', {
      cluster: this.cluster,
      taskDefinition: this.taskDefinition,
      desiredCount: 0,
      assignPublicIp: false,
      vpcSubnets: network.subnets,
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
    });
  }

  private grantWork(): void {
    this.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'], this.queue.queueArn);
    const tasks = Stack.of(this).formatArn({
      service: 'ecs',
      resource: 'task',
      resourceName: `${this.cluster.clusterName}/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    this.allow(['ecs:UpdateTaskProtection'], tasks);
    this.acknowledge(tasks, 'a worker protects its own task, whose id is made when it starts');
  }

  private grantModels(models: readonly AgentModel[] = []): void {
    for (const model of models) {
      model._grant(this);
      for (const statement of model._statements(this)) {
        this.taskDefinition.addToTaskRolePolicy(statement);
        for (const arn of statement.resources.filter((resource) => resource.includes(':bedrock:*:'))) {
          this.acknowledge(
            arn,
            'Bedrock routes the profile to Regions that depend on where the stack goes; the condition admits this profile only',
          );
        }
      }
    }
  }

  private connectNetwork({ network, models = [] }: QueueWorkerServiceProps): void {
    if (!network.hasInternetEgress) {
      const endpoints = [...REQUIRED_ENDPOINTS.map((serviceName) => ({ serviceName })), ...models.flatMap((model) => model._endpoints)];
      for (const endpoint of endpoints) network.requireEndpoint(endpoint);
    }
    network.allowEndpointsFrom(this.service);
  }

  private acknowledgePull(): void {
    const policy = this.taskDefinition.executionRole?.node.tryFindChild('DefaultPolicy');
    if (policy) acknowledgeWildcard(policy, '*', 'ecr:GetAuthorizationToken, which pulling an image begins with, takes no resource');
  }

  private allow(actions: string[], resource: string): void {
    this.taskDefinition.addToTaskRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  }

  private acknowledge(resource: string, reason: string): void {
    const policy = this.taskDefinition.taskRole.node.tryFindChild('DefaultPolicy');
    if (policy) acknowledgeWildcard(policy, resource, reason);
  }
}
