import { AslError } from '../../asl/asl-error';
import { sorted } from '../../calls/names';
import { asText, isObject, type JsonObject } from '../../calls/wire';
import { optimisedError } from './error-names';
import { type Integration, withMetadata } from './task-call';

const SQS = { prefix: 'SQS', base: 'AmazonSQSException', service: 'AmazonSQS', model: 'sqs' };
const SNS = { prefix: 'SNS', base: 'AmazonSNSException', service: 'AmazonSNS', model: 'sns' };
const EVENTS = { prefix: 'EventBridge', base: 'AmazonEventBridgeException', service: 'AmazonEventBridge', model: 'eventbridge' };

export const sendMessage: Integration = async ({ calls, context, parameters }) => {
  const sent = await calls.call('sqs', 'SendMessage', parameters, context).catch((error: unknown) => {
    throw optimisedError(SQS, error);
  });
  return withMetadata(sent.value, sent);
};

export const publish: Integration = async ({ calls, context, parameters }) => {
  const published = await calls.call('sns', 'Publish', parameters, context).catch((error: unknown) => {
    throw optimisedError(SNS, error);
  });
  return withMetadata(published.value, published);
};

/**
 * Events say which machine and which execution sent them, and one refused entry fails the task.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html
 */
export const putEvents: Integration = async ({ calls, context, parameters, machine, request }) => {
  const entries = Array.isArray(parameters['Entries']) ? parameters['Entries'] : [];
  const own = [machine.arn, request.executionArn];
  const Entries = entries.map((entry: unknown) => (isObject(entry) ? withResources(entry, own) : entry));
  const put = await calls.call('eventbridge', 'PutEvents', { ...parameters, Entries }, context).catch((error: unknown) => {
    throw optimisedError(EVENTS, error);
  });
  if (Number(put.value['FailedEntryCount'] ?? 0) > 0) throw new AslError('EventBridge.FailedEntry', JSON.stringify(sorted(put.value)));
  return withMetadata(put.value, put);
};

function withResources(entry: JsonObject, own: readonly string[]): JsonObject {
  const { Resources, Detail } = entry;
  return {
    ...entry,
    ...(Detail !== undefined && { Detail: asText(Detail) }),
    Resources: [...(Array.isArray(Resources) ? (Resources as unknown[]) : []), ...own],
  };
}
