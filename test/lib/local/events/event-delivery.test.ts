import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { LocalRunner } from '../../../../lib/local/local-runner';
import { inlineFunction, runSmall, stopAll } from '../small-app';

jest.setTimeout(60_000);

const notices: string[] = [];
let local: LocalRunner;
let client: EventBridgeClient;

beforeAll(async () => {
  local = await runSmall(
    (stack) => {
      const queue = (id: string, more: sqs.QueueProps = {}) => new sqs.Queue(stack, id, more);
      const rule = (id: string, detailType: string, ...to: events.IRuleTarget[]) =>
        new events.Rule(stack, id, { eventPattern: { source: ['test'], detailType: [detailType] }, targets: to });
      const field = events.EventField.fromPath;
      const message = events.RuleTargetInput.fromObject({
        id: field('$.detail.id'),
        list: field('$.detail.list'),
        text: `say "${field('$.detail.word')}" of ${field('$.detail.id')}`,
        none: field('$.detail.none'),
      });
      rule('Changed', 'changed', new targets.SqsQueue(queue('Objects'), { message }));
      const text = events.RuleTargetInput.fromText(`${field('$.detail.word')}!`);
      rule('Told', 'changed', new targets.SqsQueue(queue('Texts'), { message: text }));
      rule('Part', 'changed', new targets.SqsQueue(queue('Parts'), { message: events.RuleTargetInput.fromEventPath('$.detail.list[1]') }));

      const fn = inlineFunction(stack, 'Fn', 'return null;');
      const machine = new sfn.StateMachine(stack, 'Machine', {
        definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Only')),
      });
      const topic = new sns.Topic(stack, 'Topic');
      topic.addSubscription(new subscriptions.SqsSubscription(queue('OfTopic'), { rawMessageDelivery: true }));
      const bus = new events.EventBus(stack, 'Other');
      const ordered = queue('Ordered', { queueName: 'all.fifo', fifo: true, contentBasedDeduplication: true });
      rule(
        'All',
        'all',
        new targets.LambdaFunction(fn),
        new targets.SfnStateMachine(machine),
        new targets.SnsTopic(topic),
        new targets.EventBus(bus),
      );
      rule('InOrder', 'all', new targets.SqsQueue(ordered, { messageGroupId: 'g' }));
      new events.Rule(stack, 'OnOther', {
        eventBus: bus,
        eventPattern: { source: ['test'] },
        targets: [new targets.SqsQueue(queue('Forwarded'))],
      });

      const dead = queue('Dead');
      const denied = queue('Denied');
      const unserved = 'arn:aws:firehose:us-east-1:000000000000:deliverystream/s';
      dead.grantSendMessages(new iam.ServicePrincipal('events.amazonaws.com'));
      new events.CfnRule(stack, 'Failing', {
        eventPattern: { source: ['test'], 'detail-type': ['failing'] },
        targets: [
          { id: 'denied', arn: denied.queueArn, deadLetterConfig: { arn: dead.queueArn } },
          { id: 'unserved', arn: unserved },
        ],
      });
      new events.CfnRule(stack, 'Odd', { eventPattern: { source: [{ like: 'test' }] }, targets: [] });
    },
    { onNotice: (notice) => notices.push(notice) },
  );
  client = new EventBridgeClient({
    endpoint: local.gateway.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
});

afterAll(async () => {
  client?.destroy();
  await stopAll();
});

const DETAIL = { id: 7, list: ['a', { b: 1 }], word: 'a "quoted" word' };

async function put(DetailType: string, more: Partial<PutEventsRequestEntry> = {}): Promise<string> {
  const entry = { Source: 'test', DetailType, Detail: JSON.stringify(DETAIL), ...more };
  const { Entries } = await client.send(new PutEventsCommand({ Entries: [entry] }));
  await local.settled();
  return Entries?.[0]?.EventId ?? '';
}

const bodies = async (queue: string) => (await local.queue(queue).receive()).map(({ Body }) => JSON.parse(Body));

test('a transformer puts parts of the event into JSON and text', async () => {
  await put('changed');
  expect(await bodies('Objects')).toEqual([{ id: 7, list: ['a', { b: 1 }], text: 'say "a "quoted" word" of 7', none: null }]);
  expect(await bodies('Texts')).toEqual(['a "quoted" word!']);
  expect(await bodies('Parts')).toEqual([{ b: 1 }]);
});

test('an event reaches functions, machines, topics, queues in order, and another bus with its id', async () => {
  const id = await put('all');
  expect(local.function('Fn').invocations.map(({ event }) => event)).toMatchObject([{ id, 'detail-type': 'all', detail: DETAIL }]);
  expect(await bodies('OfTopic')).toMatchObject([{ id }]);
  expect(await bodies('Ordered')).toMatchObject([{ id }]);
  expect(await bodies('Forwarded')).toMatchObject([{ id, detail: DETAIL }]);
  const [started] = local.calls({ service: 'states', operation: 'StartExecution' });
  expect(started?.caller.roleArn).toMatch(/:role\//);
});

test('what a target may not get goes to its dead-letter queue, what nobody serves is said', async () => {
  await put('failing');
  const [message] = await local.queue('Dead').receive();
  expect(JSON.parse(message!.Body)).toMatchObject({ 'detail-type': 'failing', detail: DETAIL });
  expect(message!.MessageAttributes).toMatchObject({
    ERROR_CODE: { StringValue: expect.stringMatching(/AccessDenied/) },
    RULE_ARN: { StringValue: expect.stringMatching(/:rule\//) },
    TARGET_ARN: { StringValue: expect.stringMatching(/:sqs:.*Denied/) },
    RETRY_ATTEMPTS: { StringValue: '0' },
  });
  expect(notices).toContainEqual(
    'rule Failing to arn:aws:firehose:us-east-1:000000000000:deliverystream/s failed: the local run delivers to functions, state machines, queues, topics, event buses and ECS tasks, not to arn:aws:firehose:us-east-1:000000000000:deliverystream/s',
  );
});

test('a pattern that AWS would refuse fails nobody', () => {
  expect(notices).toContainEqual('rule Odd matches nothing: event pattern: unknown operator like');
});
