import type { Check } from '../access-control';
import { type ActionCall, type ActionTable, arnOf, arnOrName, present, text } from './action-call';

/** The last part of a queue URL is the name of the queue, the one before its account. */
function queueArn(call: ActionCall): string {
  const { input, directory } = call;
  const url = text(input['QueueUrl']);
  const [account, name] = url === '' ? [directory.accountId, text(input['QueueName'])] : url.split('/').slice(-2);
  return `arn:${directory.partition}:sqs:${directory.region}:${account}:${name}`;
}

function onQueue(action: string) {
  return (call: ActionCall): Check[] => [{ action: `sqs:${action}`, resource: queueArn(call) }];
}

const QUEUE_OPERATIONS = [
  'AddPermission',
  'ChangeMessageVisibility',
  'CreateQueue',
  'DeleteMessage',
  'DeleteQueue',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'ListQueueTags',
  'PurgeQueue',
  'ReceiveMessage',
  'RemovePermission',
  'SendMessage',
  'SetQueueAttributes',
  'TagQueue',
  'UntagQueue',
];

/** A batch needs the action of the single operation. Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html */
export const SQS_ACTIONS: ActionTable = {
  ...Object.fromEntries(QUEUE_OPERATIONS.map((operation) => [operation, onQueue(operation)])),
  SendMessageBatch: onQueue('SendMessage'),
  DeleteMessageBatch: onQueue('DeleteMessage'),
  ChangeMessageVisibilityBatch: onQueue('ChangeMessageVisibility'),
  ListQueues: () => [{ action: 'sqs:ListQueues', resource: '*' }],
};

function onTopic(action: string) {
  return ({ input }: ActionCall): Check[] => {
    const context = present({ 'sns:Protocol': input['Protocol'], 'sns:Endpoint': input['Endpoint'] });
    // A message to a telephone number is about no topic.
    const resource = text(input['TopicArn'] ?? input['TargetArn'] ?? input['ResourceArn']) || '*';
    return [{ action: `sns:${action}`, resource, context }];
  };
}

/** A subscription's ARN is its topic's with one part more. */
function onSubscription(action: string) {
  return ({ input }: ActionCall): Check[] => [
    { action: `sns:${action}`, resource: text(input['SubscriptionArn']).split(':').slice(0, 6).join(':') },
  ];
}

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html */
export const SNS_ACTIONS: ActionTable = {
  Publish: onTopic('Publish'),
  PublishBatch: onTopic('Publish'),
  Subscribe: onTopic('Subscribe'),
  ConfirmSubscription: onTopic('ConfirmSubscription'),
  GetTopicAttributes: onTopic('GetTopicAttributes'),
  SetTopicAttributes: onTopic('SetTopicAttributes'),
  ListSubscriptionsByTopic: onTopic('ListSubscriptionsByTopic'),
  ListTagsForResource: onTopic('ListTagsForResource'),
  DeleteTopic: onTopic('DeleteTopic'),
  CreateTopic: (call) => [{ action: 'sns:CreateTopic', resource: arnOf(call, 'sns', text(call.input['Name'])) }],
  Unsubscribe: onSubscription('Unsubscribe'),
  GetSubscriptionAttributes: onSubscription('GetSubscriptionAttributes'),
  SetSubscriptionAttributes: onSubscription('SetSubscriptionAttributes'),
  ListTopics: () => [{ action: 'sns:ListTopics', resource: '*' }],
  ListSubscriptions: () => [{ action: 'sns:ListSubscriptions', resource: '*' }],
};

interface EventEntry {
  readonly EventBusName?: string;
  readonly Source?: string;
  readonly DetailType?: string;
}

/** Each entry is checked for its own bus, source and detail type. */
function putEvents(call: ActionCall): Check[] {
  return ((call.input['Entries'] ?? []) as EventEntry[]).map(({ EventBusName, Source, DetailType }) => ({
    action: 'events:PutEvents',
    resource: arnOrName(call, EventBusName ?? 'default', 'events', 'event-bus/'),
    context: present({ 'events:source': Source, 'events:detail-type': DetailType }),
  }));
}

function onRule(action: string) {
  return (call: ActionCall): Check[] => {
    const bus = text(call.input['EventBusName']).replace(/^.*\//, '');
    const name = text(call.input['Name'] ?? call.input['Rule']);
    return [
      { action: `events:${action}`, resource: arnOf(call, 'events', `rule/${bus === '' || bus === 'default' ? '' : `${bus}/`}${name}`) },
    ];
  };
}

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html */
export const EVENTS_ACTIONS: ActionTable = {
  PutEvents: putEvents,
  ...Object.fromEntries(
    ['PutRule', 'DeleteRule', 'DescribeRule', 'EnableRule', 'DisableRule', 'PutTargets', 'RemoveTargets', 'ListTargetsByRule'].map(
      (operation) => [operation, onRule(operation)],
    ),
  ),
  DescribeEventBus: (call) => [
    { action: 'events:DescribeEventBus', resource: arnOrName(call, call.input['Name'] ?? 'default', 'events', 'event-bus/') },
  ],
  ListRules: () => [{ action: 'events:ListRules', resource: '*' }],
  ListEventBuses: () => [{ action: 'events:ListEventBuses', resource: '*' }],
};
