import type * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Env } from '../../lambda/contract/env';
import { ErrorName } from '../../lambda/contract/errors';
import { type Findings, seconds } from '../validation/check-quota';
import { allowContainer } from './container-permissions';
import { catcher, FAILURE_EVENTS, failedStateOf, failureState } from './failure-path';
import { type Footprint, footprint } from './footprint';
import { EVENTS_PER_RETRY, TASK_EVENTS, WAITING_TASK_EVENTS } from './history-events';
import { bodyOf, checkExpression, expression, literal } from './jsonata-expression';
import { RetryPolicy } from './retry-policy';
import { stepIdTerm } from './step-identity';
import { goOn, JSONATA, type RenderContext, type RenderedStates, type StateJson, type StepNode, type StepScope } from './step-node';
import type { ContainerStepProps } from './step-props';
import { RUNS_PREFIX } from './store-folders';

/** Faults of ECS and of the SDK under it, as Step Functions reports them. */
const ECS_ERRORS = ['ECS.AmazonECSException', 'ECS.ServerException', 'ECS.SdkClientException', 'ECS.EcsException', 'States.Timeout'];
const S3_ERRORS = ['S3.S3Exception', 'S3.SdkClientException', 'States.Timeout'];
const S3_TIMEOUT_SECONDS = 60;
const S3_ATTEMPTS = 4;

/**
 * Three states: put the input into the store, run the task, read the result. ECS hands back the description of a task and not what it
 * computed, and its overrides hold 8 KB, so both ways go through the store.
 */
export class ContainerStep implements StepNode {
  readonly nested = [];
  readonly jumps = [];
  readonly fallsThrough = true;
  readonly stateNames: readonly string[];
  private readonly retry: RetryPolicy;

  constructor(
    readonly id: string,
    private readonly props: ContainerStepProps,
  ) {
    this.stateNames = [inputStateOf(id), id, resultStateOf(id), failedStateOf(id)];
    this.retry = props.retry ?? RetryPolicy.standard();
  }

  get workerRole(): iam.IRole {
    return this.props.taskDefinition.taskRole;
  }

  check(findings: Findings): void {
    const { input, containerName, taskDefinition, securityGroups } = this.props;
    const step = `step ${JSON.stringify(this.id)}`;
    if (input !== undefined) checkExpression(findings, `${step} input`, input);
    this.retry._check(findings, step);
    if (securityGroups.length === 0) findings.problems.push(`${step} securityGroups must hold at least one, got none; add one`);
    if (containerName === undefined && taskDefinition.defaultContainer === undefined) {
      findings.problems.push(`${step} needs a container: its task definition has none; call taskDefinition.addContainer first`);
    } else if (containerName !== undefined && taskDefinition.findContainer(containerName) === undefined) {
      findings.problems.push(`${step} containerName ${containerName} is not in its task definition; name one of its containers`);
    }
  }

  footprint(): Footprint {
    return footprint({
      events: TASK_EVENTS + WAITING_TASK_EVENTS + TASK_EVENTS,
      retryEvents: EVENTS_PER_RETRY * (this.retry._attempts() + 2 * S3_ATTEMPTS) + FAILURE_EVENTS,
      seconds: (seconds(this.props.timeout) ?? 0) + 2 * S3_TIMEOUT_SECONDS,
    });
  }

  render(context: RenderContext, scope: StepScope, next: string | undefined): RenderedStates {
    const { id } = this;
    allowContainer(context, this.props);
    return {
      startAt: inputStateOf(id),
      states: {
        [inputStateOf(id)]: this.putInput(context, scope),
        [id]: this.run(context, scope),
        [resultStateOf(id)]: this.readResult(context, scope, next),
        [failedStateOf(id)]: failureState(context, scope, id, inputStateOf(id)),
      },
    };
  }

  private putInput(context: RenderContext, scope: StepScope): StateJson {
    return {
      Type: 'Task',
      ...JSONATA,
      Resource: `arn:${context.partition}:states:::aws-sdk:s3:putObject`,
      Arguments: {
        Bucket: context.store.bucketName,
        Key: expression(this.keyTerm(scope, 'input.json')),
        ContentType: 'application/json',
        Body: this.props.input ?? expression('$states.input'),
      },
      TimeoutSeconds: S3_TIMEOUT_SECONDS,
      // The step's input stays the flowing value until the result replaces it, so that a failed step can be resumed with it.
      Output: expression('$states.input'),
      Retry: [s3Retrier()],
      Catch: [catcher(this.id, scope)],
      Next: this.id,
    };
  }

  private run(context: RenderContext, scope: StepScope): StateJson {
    const { props, id } = this;
    const stack = Stack.of(props.taskDefinition);
    const subnets = props.cluster.vpc.selectSubnets(props.subnets ?? { subnets: props.cluster.vpc.isolatedSubnets });
    return {
      Type: 'Task',
      ...JSONATA,
      Resource: `arn:${context.partition}:states:::ecs:runTask.sync`,
      Arguments: {
        Cluster: props.cluster.clusterArn,
        TaskDefinition: props.taskDefinition.taskDefinitionArn,
        LaunchType: 'FARGATE',
        PlatformVersion: 'LATEST',
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            Subnets: subnets.subnetIds,
            SecurityGroups: props.securityGroups.map((group) => group.securityGroupId),
            AssignPublicIp: 'DISABLED',
          },
        },
        Overrides: {
          ContainerOverrides: [
            {
              Name: props.containerName ?? props.taskDefinition.defaultContainer?.containerName,
              Environment: [
                { Name: Env.workflowTable, Value: context.store.tableName },
                { Name: Env.workflowBucket, Value: context.store.bucketName },
                { Name: Env.workflowRetentionSeconds, Value: String(context.store.retentionSeconds) },
                { Name: Env.workflowContainerStep, Value: expression(`$string(${this.stepTerm(context, scope)})`) },
                { Name: 'AWS_REGION', Value: stack.region },
              ],
            },
          ],
        },
      },
      TimeoutSeconds: props.timeout.toSeconds(),
      Output: expression('$states.input'),
      Retry: this.retry._retriers(undefined, ECS_ERRORS),
      Catch: [catcher(id, scope)],
      Next: resultStateOf(id),
    };
  }

  private readResult(context: RenderContext, scope: StepScope, next: string | undefined): StateJson {
    const noResult = { error: ErrorName.ContainerNoResult, cause: 'the container ended with exit code 0 and wrote no result' };
    return {
      Type: 'Task',
      ...JSONATA,
      Resource: `arn:${context.partition}:states:::aws-sdk:s3:getObject`,
      Arguments: { Bucket: context.store.bucketName, Key: expression(this.keyTerm(scope, 'result.json')) },
      TimeoutSeconds: S3_TIMEOUT_SECONDS,
      Output: expression('$parse($states.result.Body)'),
      Retry: [s3Retrier()],
      Catch: [catcher(this.id, scope, ['S3.NoSuchKeyException'], noResult), catcher(this.id, scope)],
      ...goOn(next),
    };
  }

  /** What the container is told, as a JSONata object. */
  private stepTerm(context: RenderContext, scope: StepScope): string {
    const bucket = literal(context.store.bucketName);
    const object = (name: string) => `{"bucket": ${bucket}, "key": ${this.keyTerm(scope, name)}}`;
    const step = [
      `"id": ${stepIdTerm(this.id, scope)}`,
      '"attempt": $states.context.State.RetryCount',
      '"redrive": $states.context.Execution.RedriveCount',
      `"maxInlineBytes": ${scope.maxInlineBytes}`,
      `"expose": ${JSON.stringify(this.props.expose ?? [])}`,
    ].join(', ');
    return `{"workflow": ${termOf(scope.workflow)}, "step": {${step}}, "input": ${object('input.json')}, "result": ${object('result.json')}}`;
  }

  /** Run names are unique per machine only, and a store may serve several machines. */
  private keyTerm(scope: StepScope, name: string): string {
    const workflow = termOf(scope.workflow);
    const run = `$split(${workflow}.executionArn, ":")[6] & "/" & ${workflow}.name`;
    return `${literal(RUNS_PREFIX)} & ${run} & "/" & ${stepIdTerm(this.id, scope)} & ${literal(`/${name}`)}`;
  }
}

function inputStateOf(id: string): string {
  return `${id} input`;
}

function resultStateOf(id: string): string {
  return `${id} result`;
}

function s3Retrier(): object {
  return { ErrorEquals: S3_ERRORS, IntervalSeconds: 1, MaxAttempts: S3_ATTEMPTS, BackoffRate: 2, JitterStrategy: 'FULL' };
}

/** An object of expressions, or one expression, as a JSONata term. */
function termOf(value: unknown): string {
  if (typeof value === 'string') return bodyOf(value);
  const fields = Object.entries(value as Record<string, string>).map(([name, text]) => `${literal(name)}: ${bodyOf(text)}`);
  return `{${fields.join(', ')}}`;
}
