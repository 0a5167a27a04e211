import type * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Duration } from 'aws-cdk-lib/core';
import type { WorkflowStep } from './workflow-step';
import type { WorkflowStore } from './workflow-store';

/** Options of a WorkflowStateMachine. */
export interface WorkflowStateMachineProps {
  /** What the workflow does, in order. */
  readonly steps: WorkflowStep[];

  /**
   * Where checkpoints, approvals, failures and large payloads are kept.
   *
   * @default - a store of its own that keeps records for the timeout and the 14 days of redrive
   */
  readonly store?: WorkflowStore;

  /**
   * How long a run may take in all, waiting for people included.
   *
   * @default - 30 days, or the sum of the steps' timeouts and waits if that is more
   */
  readonly timeout?: Duration;

  /**
   * What the workflow is for.
   *
   * @default - none
   */
  readonly comment?: string;

  /**
   * Bus that receives the events of failed steps and of approvals.
   *
   * @default - the account's default bus
   */
  readonly eventBus?: events.IEventBus;

  /**
   * Authorizer of the approval links, usually a JWT authorizer. With it *who* decided is an identity; without it *who* is the addressee of
   * the link, which the decision says.
   *
   * @default - the one-use, expiring link is the credential
   */
  readonly approvalAuthorizer?: apigatewayv2.IHttpRouteAuthorizer;

  /**
   * Topic on which links are sent to their approvers.
   *
   * @default - an encrypted topic, see `approvalTopic`
   */
  readonly approvalTopic?: sns.ITopic;

  /**
   * Which events of a run are logged. The execution history holds them all anyway; logs are charged.
   *
   * @default sfn.LogLevel.ERROR
   */
  readonly logLevel?: sfn.LogLevel;

  /**
   * Log what goes into and out of states, too. Logs then hold your users' data.
   *
   * @default false
   */
  readonly logExecutionData?: boolean;

  /**
   * How long logs are kept.
   *
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Call the Lambda versions that exist at deployment instead of the aliases, and keep old versions, so that a run ends with the code it
   * began with. Versions count against the code storage of the account (75 GB).
   *
   * @default false
   */
  readonly pinCode?: boolean;
}

/** How a schedule starts a workflow. */
export interface WorkflowScheduleOptions {
  /** When. */
  readonly schedule: scheduler.ScheduleExpression;

  /**
   * Input of the runs.
   *
   * @default - the scheduled time and the schedule's ARN
   */
  readonly input?: { readonly [name: string]: unknown };
}
