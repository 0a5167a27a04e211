import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { EventBridgeDestination, LambdaDestination, SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { LocalRunner } from '../../../../lib/local/local-runner';
import { SkipClock } from '../../../../lib/local/skip-clock';
import { until } from '../lambda/local-functions';
import { inlineFunction, runSmall, stopAll } from '../small-app';

jest.setTimeout(60_000);

const notices: string[] = [];
let local: LocalRunner;

beforeAll(async () => {
  local = await runSmall(
    (stack) => {
      const failed = new sqs.Queue(stack, 'Failed');
      const told = inlineFunction(stack, 'Told', 'console.log(JSON.stringify(event));');
      const destinations = {
        Queued: new SqsDestination(failed),
        Calling: new LambdaDestination(told),
        Announced: new EventBridgeDestination(),
      };
      for (const [id, onFailure] of Object.entries(destinations)) {
        const fn = inlineFunction(stack, id, `throw new Error('no ' + event.detail.n);`);
        const alias = fn.addAlias('called');
        alias.configureAsyncInvoke({ onFailure, retryAttempts: 1 });
        new events.Rule(stack, `${id}Rule`, { eventPattern: { source: [id] }, targets: [new targets.LambdaFunction(alias)] });
      }
      new events.Rule(stack, 'FailedRule', {
        eventPattern: { source: ['lambda'], detailType: ['Lambda Function Invocation Result - Failure'] },
        targets: [new targets.LambdaFunction(told)],
      });
      const buried = inlineFunction(stack, 'Buried', `throw new Error('no ' + event.detail.n);`, {
        deadLetterQueue: new sqs.Queue(stack, 'Dead'),
      });
      const topic = new sns.Topic(stack, 'Topic');
      topic.addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(stack, 'Heard')));
      const mourned = inlineFunction(stack, 'Mourned', `throw new Error('no ' + event.detail.n);`, { deadLetterTopic: topic });
      const done = inlineFunction(stack, 'Done', 'return event.detail.n;');
      done.configureAsyncInvoke({ onSuccess: new SqsDestination(new sqs.Queue(stack, 'Succeeded')) });
      for (const [id, fn] of Object.entries({ Buried: buried, Mourned: mourned, Done: done })) {
        new events.Rule(stack, `${id}Rule`, { eventPattern: { source: [id] }, targets: [new targets.LambdaFunction(fn)] });
      }
      const all = new sqs.Queue(stack, 'All');
      new events.Rule(stack, 'AllRule', { eventPattern: { source: ['Queued'] }, targets: [new targets.SqsQueue(all)] });
    },
    { clock: new SkipClock(), onNotice: (notice) => notices.push(notice) },
  );
});

afterAll(stopAll);

/** As any client of the stack would send it. */
async function publish(source: string, n: number): Promise<void> {
  const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
  const client = new EventBridgeClient({
    region: 'us-east-1',
    endpoint: local.gateway.url,
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
  });
  await client.send(new PutEventsCommand({ Entries: [{ Source: source, DetailType: 'Test', Detail: JSON.stringify({ n }) }] }));
  client.destroy();
}

test('an event that failed for good comes to the queue of the qualifier that was invoked, without the minutes between its attempts', async () => {
  await publish('Queued', 7);
  const [message] = await local.queue('Failed').receive({ waitSeconds: 20 });
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({
    version: '1.0',
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2, functionArn: expect.stringMatching(/:called$/) },
    requestPayload: { source: 'Queued', detail: { n: 7 } },
    responsePayload: { errorMessage: 'no 7' },
  });
  expect(local.function('Queued').invocations).toHaveLength(2);
});

test('a rule puts events on a queue', async () => {
  const [message] = await local.queue('All').receive({ waitSeconds: 20 });
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({ source: 'Queued', detail: { n: 7 } });
});

test('a function can be the destination', async () => {
  await publish('Calling', 8);
  await until(() => local.function('Told').logs.some(({ text }) => text.includes('"no 8"')));
});

test('an event bus can be the destination', async () => {
  await publish('Announced', 9);
  await until(() => local.function('Told').logs.some(({ text }) => text.includes('"no 9"')));
});

test('what succeeded comes to its own destination', async () => {
  await publish('Done', 10);
  const [message] = await local.queue('Succeeded').receive({ waitSeconds: 20 });
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({ requestContext: { condition: 'Success' }, responsePayload: 10 });
});

test('a dead-letter queue gets the event itself, with the reason beside it', async () => {
  await publish('Buried', 11);
  const [message] = await local.queue('Dead').receive({ waitSeconds: 20 });
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({ source: 'Buried', detail: { n: 11 } });
  expect(message?.MessageAttributes).toMatchObject({
    RequestID: { DataType: 'String', StringValue: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ErrorCode: { DataType: 'Number', StringValue: '200' },
    ErrorMessage: { DataType: 'String', StringValue: 'no 11' },
  });
});

test('a dead-letter topic tells its subscribers', async () => {
  await publish('Mourned', 12);
  const [message] = await local.queue('Heard').receive({ waitSeconds: 20 });
  const { Message, MessageAttributes } = JSON.parse(message?.Body ?? '');
  expect(JSON.parse(Message)).toMatchObject({ detail: { n: 12 } });
  expect(MessageAttributes.ErrorMessage).toEqual({ Type: 'String', Value: 'no 12' });
  expect(notices.filter((notice) => notice.includes('did not reach'))).toEqual([]);
});
