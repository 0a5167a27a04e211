import type * as events from 'aws-cdk-lib/aws-events';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import { HandlerFunction } from './handler-function';
import type { WorkflowStore } from './workflow-store';

/** The function that a failed step ends in: it records the failure, tells the event bus, and fails with the step's own error. */
export function createFailureRecorder(scope: Construct, store: WorkflowStore, eventBus: events.IEventBus): HandlerFunction {
  const recorder = new HandlerFunction(scope, 'FailureRecorder', {
    handler: 'workflow-failure',
    description: 'Records the failure of a workflow step and lets a redriven run go on',
    timeout: Duration.seconds(30),
    onFailure: 'Step Functions calls it and waits: its failure is the failure of the run',
    environment: { ...store._tableEnvironment(), [Env.eventBusName]: eventBus.eventBusName },
  });
  recorder.allow(['dynamodb:PutItem', 'dynamodb:UpdateItem'], [store.table.tableArn]);
  store.table.encryptionKey?.grantEncryptDecrypt(recorder.function);
  recorder.allow(['events:PutEvents'], [eventBus.eventBusArn]);
  return recorder;
}
