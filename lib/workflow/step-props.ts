import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Duration } from 'aws-cdk-lib/core';
import type { RetryPolicy } from './retry-policy';

/** Options of `WorkflowStep.invoke`. */
export interface InvokeStepProps {
  /** Function to call; pass its `live` alias, so that a deployment moves callers from one version to the next as a whole. */
  readonly function: lambda.IFunction;

  /**
   * What the function gets as `input`, as a JSONata expression.
   *
   * @default '{% $states.input %}' - the output of the step before
   */
  readonly input?: string;

  /**
   * How long one call may take. At least 30 s more than the function's own timeout: a shorter one would start a second call while
   * the first still runs.
   *
   * @default - the function's timeout and 30 s; required for a function that this app does not define
   */
  readonly timeout?: Duration;

  /**
   * Which errors are retried and how.
   *
   * @default RetryPolicy.standard()
   */
  readonly retry?: RetryPolicy;

  /**
   * Top-level fields of the result that stay readable for later choices and maps when the result itself travels by claim check. Keep
   * them small.
   *
   * @default - none
   */
  readonly expose?: string[];

  /**
   * Send the step envelope that `workflowStep` expects. With false the function gets the bare input, as any function does.
   *
   * @default true
   */
  readonly envelope?: boolean;

  /**
   * Not possible here: a called function has no task token to beat with. Use `WorkflowStep.callback`.
   *
   * @default - none
   */
  readonly heartbeat?: Duration;
}

/** Options of `WorkflowStep.container`. */
export interface ContainerStepProps {
  /** Cluster to run the task in. */
  readonly cluster: ecs.ICluster;

  /** What to run. Its task role gets access to the workflow's store. */
  readonly taskDefinition: ecs.FargateTaskDefinition;

  /**
   * Container that does the work and writes the result.
   *
   * @default - the task definition's default container
   */
  readonly containerName?: string;

  /**
   * Where to run.
   *
   * @default - isolated subnets of the cluster's VPC
   */
  readonly subnets?: ec2.SubnetSelection;

  /** Security groups of the task. */
  readonly securityGroups: ec2.ISecurityGroup[];

  /** How long the task may run, start of the container included. */
  readonly timeout: Duration;

  /**
   * What the container gets as input, as a JSONata expression.
   *
   * @default '{% $states.input %}' - the output of the step before
   */
  readonly input?: string;

  /**
   * Which errors are retried and how. A container that exits with another code than 0 fails with `States.TaskFailed`.
   *
   * @default RetryPolicy.standard()
   */
  readonly retry?: RetryPolicy;

  /**
   * Top-level fields of the result that stay readable when it travels by claim check.
   *
   * @default - none
   */
  readonly expose?: string[];
}

/** Options of `WorkflowStep.wait`: exactly one of them. */
export interface WaitStepProps {
  /**
   * How long to wait.
   *
   * @default - until `timestamp`
   */
  readonly duration?: Duration;

  /**
   * Until when to wait: a JSONata expression that gives an ISO 8601 timestamp.
   *
   * @default - for `duration`
   */
  readonly timestamp?: string;
}

/** What an approval step does when the approver declines. */
export enum OnReject {
  /** The step fails with `Approval.Rejected`; a redrive asks again. */
  FAIL = 'FAIL',
  /** The workflow goes on with `approval.approved = false` in its input; let a choice read it. */
  CONTINUE = 'CONTINUE',
}

/** Options of `WorkflowStep.approval`. */
export interface ApprovalStepProps {
  /** Who may decide. Each gets a link of their own; the first decision counts. */
  readonly approvers: string[];

  /** What is to be approved, in one line: text, or a JSONata expression. */
  readonly subject: string;

  /**
   * How long the links are good. After it the step fails with `Approval.Expired`; a redrive asks again.
   *
   * @default Duration.days(7)
   */
  readonly timeout?: Duration;

  /**
   * What happens when the approver declines.
   *
   * @default OnReject.FAIL
   */
  readonly onReject?: OnReject;
}

/** Options of `WorkflowStep.callback`. */
export interface CallbackStepProps {
  /** Function that receives the task token as `step.taskToken` and passes it on to whoever will answer. */
  readonly function: lambda.IFunction;

  /** How long to wait for the answer. */
  readonly timeout: Duration;

  /**
   * Longest silence between two `SendTaskHeartbeat` calls.
   *
   * @default - no heartbeat is expected
   */
  readonly heartbeat?: Duration;

  /**
   * What the function gets as `input`, as a JSONata expression.
   *
   * @default '{% $states.input %}' - the output of the step before
   */
  readonly input?: string;

  /**
   * Which errors are retried and how. A time-out or a missed heartbeat is not retried unless `onErrors` names it.
   *
   * @default RetryPolicy.standard()
   */
  readonly retry?: RetryPolicy;
}
