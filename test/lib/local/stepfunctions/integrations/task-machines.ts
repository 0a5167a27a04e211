import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Stack } from 'aws-cdk-lib/core';
import { inlineFunction } from '../../small-app';

export const ACCOUNT = '000000000000';
export const FUNCTION = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:work`;
export const QUEUE = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/orders`;
export const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:news`;
export const machineArn = (name: string) => `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:${name}`;

/** One Task whose result is the output, in JSONata unless told otherwise. */
export function task(resource: string, Arguments: unknown, more: object = {}): object {
  const State = { Type: 'Task', Resource: resource, Arguments, End: true, ...more };
  return { QueryLanguage: 'JSONata', StartAt: 'Call', States: { Call: State } };
}

/** What the tasks of these tests call. */
export function services(stack: Stack): void {
  new dynamodb.Table(stack, 'Items', { tableName: 'items', partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  new s3.Bucket(stack, 'Files', { bucketName: 'files' });
  const orders = new sqs.Queue(stack, 'Orders', { queueName: 'orders' });
  const heard = new sqs.Queue(stack, 'Heard', { queueName: 'heard' });
  const topic = new sns.Topic(stack, 'News', { topicName: 'news' });
  topic.addSubscription(new subscriptions.SqsSubscription(orders, { rawMessageDelivery: true }));
  new secretsmanager.Secret(stack, 'Key', { secretName: 'key', generateSecretString: { passwordLength: 12 } });
  new events.Rule(stack, 'Hear', { eventPattern: { source: ['shop', 'aws.states'] }, targets: [new targets.SqsQueue(heard)] });
  const fn = inlineFunction(
    stack,
    'Work',
    "if (event.fail) { const e = new Error('told to'); e.name = 'Told'; throw e; } return { got: event };",
  );
  (fn.node.defaultChild as unknown as { functionName: string }).functionName = 'work';
}

/** State machines by name, each with a role of its own that may do everything but what `denied` names. */
export function machines(stack: Stack, definitions: Readonly<Record<string, object>>, options: MachineOptions = {}): void {
  for (const [name, definition] of Object.entries(definitions)) {
    const machine = new sfn.StateMachine(stack, `${name}Machine`, {
      stateMachineName: name,
      stateMachineType: options.type ?? sfn.StateMachineType.STANDARD,
      definitionBody: sfn.DefinitionBody.fromString(JSON.stringify(definition)),
    });
    if (options.powerless?.includes(name)) continue;
    machine.addToRolePolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));
  }
}

export interface MachineOptions {
  readonly type?: sfn.StateMachineType;
  /** Machines whose role may do nothing. */
  readonly powerless?: readonly string[];
}
