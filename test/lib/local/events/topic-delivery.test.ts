import { PublishBatchCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { LocalRunner } from '../../../../lib/local/local-runner';
import { inlineFunction, runSmall, stopAll } from '../small-app';

jest.setTimeout(60_000);

const notices: string[] = [];
const account = 'us-east-1:000000000000';
let local: LocalRunner;
let client: SNSClient;

beforeAll(async () => {
  local = await runSmall(
    (stack) => {
      const topic = new sns.Topic(stack, 'News', { topicName: 'news' });
      const queue = (id: string, more: sqs.QueueProps = {}) => new sqs.Queue(stack, id, { queueName: more.fifo ? undefined : id, ...more });
      const dead = queue('Dead');
      topic.addSubscription(new subscriptions.SqsSubscription(queue('Whole')));
      topic.addSubscription(new subscriptions.SqsSubscription(queue('Raw'), { rawMessageDelivery: true }));
      const { stringFilter, numericFilter } = sns.SubscriptionFilter;
      const filterPolicy = { kind: stringFilter({ matchPrefixes: ['good'] }), size: numericFilter({ greaterThan: 2 }) };
      topic.addSubscription(new subscriptions.SqsSubscription(queue('Filtered'), { rawMessageDelivery: true, filterPolicy }));
      const filterPolicyWithMessageBody = {
        order: sns.FilterOrPolicy.policy({ state: sns.FilterOrPolicy.filter(stringFilter({ allowlist: ['paid'] })) }),
      };
      topic.addSubscription(new subscriptions.SqsSubscription(queue('ByBody'), { rawMessageDelivery: true, filterPolicyWithMessageBody }));
      topic.addSubscription(
        new subscriptions.LambdaSubscription(inlineFunction(stack, 'Reader', 'return event;'), { deadLetterQueue: dead }),
      );
      // No policy of this queue lets the topic in.
      const closed = queue('Closed');
      const redrivePolicy = { deadLetterTargetArn: dead.queueArn };
      new sns.CfnSubscription(stack, 'Shut', { topicArn: topic.topicArn, protocol: 'sqs', endpoint: closed.queueArn, redrivePolicy });

      const ordered = new sns.Topic(stack, 'Ordered', { topicName: 'ordered.fifo', fifo: true, contentBasedDeduplication: true });
      ordered.addSubscription(
        new subscriptions.SqsSubscription(queue('InOrder', { fifo: true, queueName: 'in-order.fifo' }), { rawMessageDelivery: true }),
      );
    },
    { onNotice: (notice) => notices.push(notice) },
  );
  client = new SNSClient({ endpoint: local.gateway.url, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
});

afterAll(async () => {
  client?.destroy();
  await stopAll();
});

const TopicArn = `arn:aws:sns:${account}:news`;
const text = (StringValue: string) => ({ DataType: 'String', StringValue });
const number = (value: number) => ({ DataType: 'Number', StringValue: String(value) });

async function publish(Message: string, more: object = {}): Promise<string> {
  const { MessageId } = await client.send(new PublishCommand({ TopicArn, Message, ...more }));
  await local.settled();
  return MessageId ?? '';
}

async function taken(queue: string) {
  const messages = await local.queue(queue).receive();
  await Promise.all(messages.map((message) => local.queue(queue).delete(message)));
  return messages;
}

test('a message comes to queues whole or raw, and to functions as an event', async () => {
  const id = await publish('hello', { Subject: 'Greeting', MessageAttributes: { kind: text('x') } });
  const [whole] = await taken('Whole');
  expect(JSON.parse(whole!.Body)).toMatchObject({
    Type: 'Notification',
    MessageId: id,
    TopicArn,
    Subject: 'Greeting',
    Message: 'hello',
    Timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    MessageAttributes: { kind: { Type: 'String', Value: 'x' } },
  });
  expect(await taken('Raw')).toMatchObject([{ Body: 'hello', MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' } } }]);
  const [invocation] = local.function('Reader').invocations;
  expect(invocation?.event).toMatchObject({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: expect.stringContaining(`${TopicArn}:`),
        Sns: { MessageId: id, Subject: 'Greeting', Message: 'hello', MessageAttributes: { kind: { Type: 'String', Value: 'x' } } },
      },
    ],
  });
});

test('a message that may not be delivered goes to the dead-letter queue of its subscription', async () => {
  const [message] = await taken('Dead');
  expect(JSON.parse(message!.Body)).toMatchObject({ Type: 'Notification', Message: 'hello' });
  expect(message!.MessageAttributes).toMatchObject({ ErrorCode: { StringValue: expect.stringContaining('AccessDenied') } });
  expect(await taken('Closed')).toEqual([]);
});

test('filter policies look at attributes or at the body', async () => {
  await publish('a', { MessageAttributes: { kind: text('good one'), size: number(3) } });
  await publish('b', { MessageAttributes: { kind: text('good one'), size: number(2) } });
  await publish('c', { MessageAttributes: { kind: text('bad one'), size: number(3) } });
  await publish('{"order":{"state":"paid"}}');
  await publish('{"order":{"state":"open"}}');
  expect((await taken('Filtered')).map(({ Body }) => Body)).toEqual(['a']);
  expect((await taken('ByBody')).map(({ Body }) => Body)).toEqual(['{"order":{"state":"paid"}}']);
});

test('each protocol gets its own text of a structured message', async () => {
  await taken('Raw');
  await publish(JSON.stringify({ default: 'all', sqs: 'queues' }), { MessageStructure: 'json' });
  expect((await taken('Raw')).map(({ Body }) => Body)).toEqual(['queues']);
  expect(local.function('Reader').invocations.at(-1)?.event).toMatchObject({ Records: [{ Sns: { Message: 'all' } }] });
});

test('a FIFO topic hands group and content on, once', async () => {
  const ordered = `arn:aws:sns:${account}:ordered.fifo`;
  const entry = (Id: string, Message: string) => ({ Id, Message, MessageGroupId: 'g' });
  await client.send(new PublishBatchCommand({ TopicArn: ordered, PublishBatchRequestEntries: [entry('1', 'one'), entry('2', 'one')] }));
  await local.settled();
  expect(notices.filter((notice) => notice.includes('InOrder') || notice.includes('in-order'))).toEqual([]);
  expect(await taken('InOrder')).toMatchObject([{ Body: 'one', Attributes: { MessageGroupId: 'g' } }]);
});
