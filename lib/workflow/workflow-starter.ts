import type * as events from 'aws-cdk-lib/aws-events';
import * as eventsTargets from 'aws-cdk-lib/aws-events-targets';
import * as lambdaDestinations from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as schedulerTargets from 'aws-cdk-lib/aws-scheduler-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import type { ScheduledStart } from '../../lambda/contract/envelope';
import { acknowledge } from '../validation/acknowledge';
import { acknowledgeWildcards } from './acknowledge-wildcards';
import { HandlerFunction } from './handler-function';

/**
 * Starts executions under a name made from the event, so that a duplicate delivery starts nothing. Neither a rule nor a pipe nor
 * Scheduler's own Step Functions target can name an execution.
 */
export class WorkflowStarter extends Construct {
  readonly handler: HandlerFunction;
  readonly deadLetterQueue: sqs.Queue;

  constructor(scope: Construct, id: string, stateMachineArn: string, bucket: s3.IBucket) {
    super(scope, id);
    this.deadLetterQueue = this.createDeadLetterQueue();
    this.handler = new HandlerFunction(this, 'Handler', {
      handler: 'workflow-starter',
      description: 'Starts a workflow under a name made from the event',
      // Shorter than the default visibility timeout of a queue, so that a message is not delivered again while it is being handled.
      timeout: Duration.seconds(20),
      onFailure: 'its alias, through which everything calls it, has an on-failure queue',
      environment: { [Env.stateMachineArn]: stateMachineArn, [Env.workflowBucket]: bucket.bucketName },
    });
    this.allowInputs(bucket);
    // Rules and schedules call asynchronously and through the alias: the queue must stand on the alias, or failures vanish.
    this.handler.alias.configureAsyncInvoke({
      onFailure: new lambdaDestinations.SqsDestination(this.deadLetterQueue),
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
    });
  }

  fromRule(rule: events.Rule): void {
    rule.addTarget(
      new eventsTargets.LambdaFunction(this.handler.alias, {
        deadLetterQueue: this.deadLetterQueue,
        retryAttempts: 185,
        maxEventAge: Duration.hours(24),
      }),
    );
  }

  fromSchedule(id: string, schedule: scheduler.ScheduleExpression, input: Record<string, unknown> | undefined): scheduler.Schedule {
    const start: ScheduledStart = {
      scheduledTime: scheduler.ContextAttribute.scheduledTime,
      scheduleArn: scheduler.ContextAttribute.scheduleArn,
      ...(input === undefined ? {} : { input }),
    };
    return new scheduler.Schedule(this, id, {
      schedule,
      target: new schedulerTargets.LambdaInvoke(this.handler.alias, {
        input: scheduler.ScheduleTargetInput.fromObject(start),
        deadLetterQueue: this.deadLetterQueue,
      }),
    });
  }

  fromQueue(queue: sqs.IQueue): void {
    this.handler.alias.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
    acknowledge(this.handler.alias, {
      id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
      reason: 'a message that cannot be handled stays in its queue, whose redrive policy is for the owner of the queue to set',
    });
  }

  /** An event that is larger than a payload may be travels by claim check. */
  private allowInputs(bucket: s3.IBucket): void {
    const inputs = bucket.arnForObjects('claim-checks/inputs/*');
    this.handler.allow(['s3:PutObject'], [inputs]);
    bucket.encryptionKey?.grantEncrypt(this.handler.function);
    acknowledgeWildcards(this.handler.function.grantPrincipal, [inputs], 'the key of a claim check ends in the digest of its content');
  }

  private createDeadLetterQueue(): sqs.Queue {
    const queue = new sqs.Queue(this, 'DeadLetters', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    for (const id of ['AwsSolutions::AwsSolutions-SQS3', 'Serverless::Serverless-SQSRedrivePolicy']) {
      acknowledge(queue, { id, reason: 'this queue is the dead-letter queue of the starter' });
    }
    return queue;
  }
}
