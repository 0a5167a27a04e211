import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Aws, type Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { SFN_DEFINITION } from '../quotas/step-functions-quotas';
import { checkQuota, noFindings, reportWarnings } from '../validation/check-quota';
import { failOn } from '../validation/validation-error';
import { acknowledgeWildcards } from './acknowledge-wildcards';
import { ApprovalApi } from './approval-api';
import { createMachine } from './create-machine';
import { createFailureRecorder } from './failure-recorder';
import { executionsOf, grantChildren, grantSteps } from './machine-permissions';
import { allSteps } from './workflow-check';
import { renderWorkflow, type WorkflowDefinition } from './workflow-definition';
import { checkWorkflowProps, hasApproval, retentionFor, workflowTimeout } from './workflow-props-check';
import { WorkflowStarter } from './workflow-starter';
import type { WorkflowScheduleOptions, WorkflowStateMachineProps } from './workflow-state-machine-props';
import { WorkflowStore } from './workflow-store';

const ALIAS = 'live';

/**
 * A list of steps as a Standard state machine: every step retries by class of error, continues past its function's timeout, and fails in a
 * way that can be redriven. Callers go through an alias that each deployment moves to a new, immutable version.
 *
 * @example
 * const workflow = new WorkflowStateMachine(this, 'Research', {
 *   steps: [
 *     WorkflowStep.invoke('Search', { function: search.alias }),
 *     WorkflowStep.approval('Approve', { approvers: ['editor@example.com'], subject: 'Publish the report' }),
 *     WorkflowStep.invoke('Publish', { function: publish.alias }),
 *   ],
 * });
 */
export class WorkflowStateMachine extends Construct implements iam.IGrantable {
  readonly stateMachine: sfn.StateMachine;
  /** The immutable version of this deployment; earlier ones are kept for the runs that use them. */
  readonly version: sfn.CfnStateMachineVersion;
  /** The alias `live`, which all callers use. */
  readonly alias: sfn.CfnStateMachineAlias;
  readonly store: WorkflowStore;
  /** Topic that carries approval links; undefined without an approval step. */
  readonly approvalTopic?: sns.ITopic;
  /** Base URL of approval links; undefined without an approval step. */
  readonly approvalUrl?: string;

  private starter?: WorkflowStarter;

  constructor(scope: Construct, id: string, props: WorkflowStateMachineProps) {
    super(scope, id);
    const timeout = this.checkProps(props);
    const eventBus = props.eventBus ?? events.EventBus.fromEventBusName(this, 'DefaultBus', 'default');
    this.store = props.store ?? new WorkflowStore(this, 'Store', { retention: retentionFor(timeout) });
    const approvals = this.createApprovals(props, eventBus);
    this.approvalTopic = approvals?.topic;
    this.approvalUrl = approvals?.url;

    const rendered = this.render(props, timeout, createFailureRecorder(this, this.store, eventBus).alias.functionArn, approvals);
    this.stateMachine = createMachine(this, props, rendered.definition);
    this.version = this.createVersion();
    this.alias = this.createAlias();

    this.grant(rendered, approvals);
    this.bindStore(props);
  }

  /** ARN of the alias: what callers start. */
  get stateMachineArn(): string {
    return this.alias.attrArn;
  }

  get grantPrincipal(): iam.IPrincipal {
    return this.stateMachine.grantPrincipal;
  }

  /** Lets somebody start runs through the alias, and only through it. */
  grantStart(grantee: iam.IGrantable): iam.Grant {
    // The service evaluates the unqualified ARN and tells the alias in a condition key:
    // https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['states:StartExecution'],
      resourceArns: [this.stateMachine.stateMachineArn],
      conditions: { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': [ALIAS] } },
    });
  }

  /** Starts a run for each event of the rule. A second delivery of an event starts nothing. */
  startFromRule(rule: events.Rule): void {
    this.starterOnce().fromRule(rule);
  }

  /** Starts runs on a schedule. A second delivery of a tick starts nothing. */
  startFromSchedule(id: string, options: WorkflowScheduleOptions): scheduler.Schedule {
    return this.starterOnce().fromSchedule(id, options.schedule, options.input);
  }

  /** Starts a run for each message of the queue. A second delivery of a message starts nothing. */
  startFromQueue(queue: sqs.IQueue): void {
    this.starterOnce().fromQueue(queue);
  }

  /** Runs that were started. */
  metricStarted(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricStarted(props);
  }

  /** Runs that ended well. */
  metricSucceeded(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricSucceeded(props);
  }

  /** Runs that failed; each can be redriven for 14 days. */
  metricFailed(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricFailed(props);
  }

  /** Runs that took longer than the workflow's timeout. */
  metricTimedOut(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricTimedOut(props);
  }

  /** Runs that were stopped. */
  metricAborted(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricAborted(props);
  }

  /** How long runs took, in milliseconds. */
  metricTime(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricTime(props);
  }

  private checkProps(props: WorkflowStateMachineProps): Duration {
    const steps = nodesOf(props);
    const findings = checkWorkflowProps({
      steps,
      timeout: props.timeout,
      storeRetention: props.store?.retention,
      hasAuthorizer: props.approvalAuthorizer !== undefined,
      hasApprovalTopic: props.approvalTopic !== undefined,
      pinCode: props.pinCode ?? false,
    });
    failOn(this, 'WorkflowStateMachine.InvalidProps', findings.problems);
    reportWarnings(this, findings);
    return workflowTimeout(steps, props.timeout);
  }

  private createApprovals(props: WorkflowStateMachineProps, eventBus: events.IEventBus): ApprovalApi | undefined {
    if (!hasApproval(nodesOf(props))) return undefined;
    const { approvalTopic: topic, approvalAuthorizer: authorizer } = props;
    return new ApprovalApi(this, 'Approvals', { store: this.store, eventBus, topic, authorizer });
  }

  private render(
    props: WorkflowStateMachineProps,
    timeout: Duration,
    failureFunctionArn: string,
    approvals?: ApprovalApi,
  ): WorkflowDefinition {
    const { table, bucket, retention } = this.store;
    const rendered = renderWorkflow({
      steps: nodesOf(props),
      comment: props.comment,
      timeoutSeconds: timeout.toSeconds(),
      partition: Aws.PARTITION,
      failureFunctionArn,
      approvalFunctionArn: approvals?.handler.alias.functionArn,
      store: {
        tableName: table.tableName,
        bucketName: bucket.bucketName,
        bucketArn: bucket.bucketArn,
        retentionSeconds: retention.toSeconds(),
      },
      pinCode: props.pinCode ?? false,
    });
    const findings = noFindings();
    const bytes = Buffer.byteLength(JSON.stringify(rendered.definition));
    checkQuota(findings, 'definition', bytes, SFN_DEFINITION, 'split the workflow in two');
    failOn(this, 'WorkflowStateMachine.InvalidProps', findings.problems);
    return rendered;
  }

  /** A new version for each revision; without the revision id CloudFormation would never make a second one. */
  private createVersion(): sfn.CfnStateMachineVersion {
    const version = new sfn.CfnStateMachineVersion(this, 'Version', {
      stateMachineArn: this.stateMachine.stateMachineArn,
      stateMachineRevisionId: this.stateMachine.stateMachineRevisionId,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return version;
  }

  private createAlias(): sfn.CfnStateMachineAlias {
    return new sfn.CfnStateMachineAlias(this, 'Alias', {
      name: ALIAS,
      routingConfiguration: [{ stateMachineVersionArn: this.version.attrArn, weight: 100 }],
    });
  }

  private grant({ permissions, hasDistributedMap }: WorkflowDefinition, approvals: ApprovalApi | undefined): void {
    grantSteps(this.stateMachine, permissions);
    // Only inputs and results of containers and results of distributed maps are read and written by the machine itself.
    if (permissions.some(({ statement }) => statement.actions.includes('s3:PutObject'))) {
      this.store.bucket.encryptionKey?.grantEncryptDecrypt(this.stateMachine);
    }
    if (hasDistributedMap) this.alias.node.addDependency(grantChildren(this.stateMachine));
    if (approvals !== undefined) this.alias.node.addDependency(approvals.allowAnswers(this.stateMachine.stateMachineArn));
  }

  private bindStore(props: WorkflowStateMachineProps): void {
    for (const node of allSteps(nodesOf(props))) {
      if (node.calls !== undefined && node.checkpoints) this.store.bindToFunction(node.calls);
      if (node.workerRole !== undefined) this.store._grantContainer(node.workerRole);
    }
  }

  private starterOnce(): WorkflowStarter {
    if (this.starter === undefined) {
      this.starter = new WorkflowStarter(this, 'Starter', this.stateMachineArn, this.store.bucket);
      this.grantStart(this.starter.handler.function);
      // To tell a duplicate delivery from another event with the same name, the starter compares inputs.
      const executions = executionsOf(this.stateMachine, ':*');
      this.starter.handler.allow(['states:DescribeExecution'], [executions]);
      acknowledgeWildcards(
        this.starter.handler.function.grantPrincipal,
        [executions],
        'names of executions are made from events; all of them are of this machine',
      );
    }
    return this.starter;
  }
}

function nodesOf({ steps }: WorkflowStateMachineProps) {
  return steps.map(({ _node }) => _node);
}
