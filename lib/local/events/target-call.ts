import type { TaskParameters } from '../assembly/event-models';
import type { JsonObject } from '../calls/wire';

/** What hands a payload to a target: an operation of an AWS API. */
export interface TargetCall {
  /** As SDK integrations name it. */
  readonly service: string;
  readonly operation: string;
  readonly parameters: JsonObject;
}

/** A target that the local run does not serve, by name. */
export class UnservedTarget extends Error {}

export interface TargetDetails {
  readonly arn: string;
  readonly messageGroupId?: string;
  readonly task?: TaskParameters;
  /** Of Scheduler's target EventBridge. */
  readonly event?: { readonly detailType: string; readonly source: string };
}

const SERVED = 'functions, state machines, queues, topics, event buses and ECS tasks';

/** The call that brings `payload` to the target. @throws UnservedTarget */
export function targetCall(target: TargetDetails, payload: string): TargetCall {
  const { arn } = target;
  const [, , service, , , ...rest] = arn.split(':');
  const [kind] = rest;
  if (service === 'lambda' && kind === 'function') {
    return { service: 'lambda', operation: 'Invoke', parameters: { FunctionName: arn, InvocationType: 'Event', Payload: payload } };
  }
  if (service === 'states' && kind === 'stateMachine') {
    return { service: 'sfn', operation: 'StartExecution', parameters: { StateMachineArn: arn, Input: payload } };
  }
  if (service === 'sqs') return { service: 'sqs', operation: 'SendMessage', parameters: messageTo(arn, payload, target.messageGroupId) };
  if (service === 'sns') return { service: 'sns', operation: 'Publish', parameters: { TopicArn: arn, Message: payload } };
  if (service === 'events' && kind?.startsWith('event-bus/') && target.event) {
    const { source, detailType } = target.event;
    const Entries = [{ EventBusName: arn, Source: source, DetailType: detailType, Detail: payload }];
    return { service: 'eventbridge', operation: 'PutEvents', parameters: { Entries } };
  }
  if (service === 'ecs' && target.task) return { service: 'ecs', operation: 'RunTask', parameters: taskOf(arn, target.task, payload) };
  throw new UnservedTarget(`the local run delivers to ${SERVED}, not to ${arn}`);
}

function messageTo(arn: string, payload: string, messageGroupId: string | undefined): JsonObject {
  const [account, name] = arn.split(':').slice(-2);
  // The gateway reads account and name only; the host is where an SDK would go.
  return {
    QueueUrl: `http://localhost/${account}/${name}`,
    MessageBody: payload,
    ...(messageGroupId !== undefined && { MessageGroupId: messageGroupId }),
  };
}

/** Nothing of the event reaches the containers, unless the input says so in the form of overrides. */
function taskOf(cluster: string, task: TaskParameters, payload: string): JsonObject {
  const input: unknown = payload === '' ? undefined : JSON.parse(payload);
  return {
    Cluster: cluster,
    TaskDefinition: task.taskDefinitionArn,
    Count: task.taskCount,
    ...(task.launchType !== undefined && { LaunchType: task.launchType }),
    ...(task.networkConfiguration !== undefined && { NetworkConfiguration: task.networkConfiguration }),
    ...(typeof input === 'object' && input !== null && 'containerOverrides' in input && { Overrides: input }),
  };
}
