import {
  type ContainerDefinition,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { type IGrantable, type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { SERVER_PORT } from '../../lambda/contract/container';
import { Env } from '../../lambda/contract/env';
import { RESPONSE_PREFIX } from '../../lambda/contract/routing';
import { neededTemporaryStorage } from '../images/model-sizing';
import { FARGATE_STOP_TIMEOUT } from '../quotas/fargate-quotas';
import { acknowledge } from '../validation/acknowledge';
import { acknowledgeWildcard } from '../validation/acknowledge-wildcard';
import { seconds } from '../validation/check-quota';
import { fargateSizeProblem, smallestTask } from '../validation/fargate-size';
import { failOn } from '../validation/validation-error';
import type { ImageHome } from './image-home';
import type { InferenceTaskOptions, InferenceTaskProps } from './inference-task-props';

const VISIBILITY = Duration.minutes(5);
/** Below it a heartbeat that is a little late gives the message to a second worker. */
const SHORTEST_VISIBILITY_SECONDS = 30;
const CPU_UNITS = 1_024;

/**
 * The image of an inference function as a task of Fargate: a worker of a queue, or an HTTP server on port 8080. Its root is read-only, /tmp lies
 * in memory, its process is nobody in particular, and SIGTERM gives it two minutes. Made by `ContainerInferenceFunction.asFargateTask`.
 */
export class InferenceTask extends Construct implements IGrantable {
  public readonly taskDefinition: FargateTaskDefinition;
  public readonly container: ContainerDefinition;
  public readonly logGroup: LogGroup;
  /** The task's role. */
  public readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, props: InferenceTaskProps) {
    super(scope, id);
    const known = props.inference._home(this);
    // What is fetched lies in /tmp, and /tmp lies in memory.
    const size = { ...smallestTask(known.memory + known.fetchedMebibytes, CPU_UNITS), ...given(props) };
    failOn(this, 'InferenceTask.InvalidProps', taskProblems(known, props, size));

    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.taskDefinition = this.createTaskDefinition(known, size);
    this.grantPrincipal = this.taskDefinition.taskRole;
    this.container = this.addContainer(known, props);
    this.acknowledgePull();
    known.model?._grantRead(this.taskDefinition.taskRole);
    this.grantWork(props);
  }

  private createTaskDefinition({ architecture }: ImageHome, size: TaskSize): FargateTaskDefinition {
    const taskDefinition = new FargateTaskDefinition(this, 'Task', {
      ...size,
      runtimePlatform: {
        cpuArchitecture: architecture.name === Architecture.ARM_64.name ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
    });
    acknowledge(taskDefinition, {
      id: 'AwsSolutions::AwsSolutions-ECS2',
      reason: 'variables name resources and hold no secrets; a task reads secrets by their ARN at run time',
    });
    return taskDefinition;
  }

  private addContainer({ artifact, model, fetchedMebibytes }: ImageHome, props: InferenceTaskProps): ContainerDefinition {
    const linuxParameters = new LinuxParameters(this.taskDefinition, 'Linux', { initProcessEnabled: true });
    // A volume would belong to root; /tmp in memory belongs to everybody, as the image's does.
    linuxParameters.addTmpfs({ containerPath: '/tmp', size: neededTemporaryStorage(fetchedMebibytes) });
    const [entryPoint, ...command] = props.command ?? [];
    return this.taskDefinition.addContainer('Inference', {
      image: artifact.containerImage,
      ...(entryPoint !== undefined && { entryPoint: [entryPoint], command }),
      user: props.user ?? '1000',
      readonlyRootFilesystem: true,
      linuxParameters,
      stopTimeout: Duration.seconds(FARGATE_STOP_TIMEOUT.max!),
      logging: LogDrivers.awsLogs({ logGroup: this.logGroup, streamPrefix: 'inference' }),
      ...(props.queue === undefined && { portMappings: [{ containerPort: SERVER_PORT }] }),
      environment: { ...model?._environment(), ...props.environment, ...workEnvironment(props) },
    });
  }

  private grantWork({ queue, responses }: InferenceTaskProps): void {
    if (queue === undefined || responses === undefined) return;
    const { taskRole } = this.taskDefinition;
    const work = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'];
    this.taskDefinition.addToTaskRolePolicy(new PolicyStatement({ actions: work, resources: [queue.queueArn] }));
    queue.encryptionMasterKey?.grantDecrypt(taskRole);
    const objects = responses.arnForObjects(`${RESPONSE_PREFIX}*`);
    this.taskDefinition.addToTaskRolePolicy(new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [objects] }));
    responses.encryptionKey?.grantEncryptDecrypt(taskRole);
    const policy = taskRole.node.tryFindChild('DefaultPolicy');
    if (policy) acknowledgeWildcard(policy, objects, 'the id of a response is made at run time');
  }

  private acknowledgePull(): void {
    const policy = this.taskDefinition.executionRole?.node.tryFindChild('DefaultPolicy');
    if (policy) acknowledgeWildcard(policy, '*', 'ecr:GetAuthorizationToken, which pulling an image begins with, takes no resource');
  }
}

interface TaskSize {
  readonly cpu: number;
  readonly memoryLimitMiB: number;
}

function given({ cpu, memoryLimitMiB }: InferenceTaskOptions): Partial<TaskSize> {
  return { ...(cpu !== undefined && { cpu }), ...(memoryLimitMiB !== undefined && { memoryLimitMiB }) };
}

function workEnvironment({ queue, responses, visibilityTimeout = VISIBILITY }: InferenceTaskOptions): Record<string, string> {
  if (queue === undefined || responses === undefined) return {};
  return {
    [Env.workerQueueUrl]: queue.queueUrl,
    [Env.workerVisibilitySeconds]: String(visibilityTimeout.toSeconds()),
    [Env.responseBucket]: responses.bucketName,
  };
}

function taskProblems({ image }: ImageHome, props: InferenceTaskProps, size: TaskSize): string[] {
  const problems: string[] = [];
  if (!image._startsAnywhere && props.command === undefined) {
    problems.push(
      'the image starts as a function of Lambda; state "command", its whole command line on Fargate, or use InferenceImage.generated',
    );
  }
  if (props.command?.length === 0) problems.push('command must name a program, got an empty list; leave it out, or name one');
  if ((props.queue === undefined) !== (props.responses === undefined)) {
    problems.push('queue and responses go together: what a worker finds is written to the bucket; give both, or neither');
  }
  const visibility = seconds(props.visibilityTimeout);
  if (visibility !== undefined && visibility < SHORTEST_VISIBILITY_SECONDS) {
    problems.push(
      `visibilityTimeout must be at least ${SHORTEST_VISIBILITY_SECONDS} s, got ${visibility} s; workers extend it while they work`,
    );
  }
  const sizeProblem = fargateSizeProblem(size.cpu, size.memoryLimitMiB);
  if (sizeProblem !== undefined) problems.push(sizeProblem);
  return problems;
}
