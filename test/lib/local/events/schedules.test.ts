import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as eventTargets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CfnResource, Duration, TimeZone } from 'aws-cdk-lib/core';
import type { LocalRunner } from '../../../../lib/local/local-runner';
import { runSmall, stopAll } from '../small-app';

jest.setTimeout(60_000);

const notices: string[] = [];
let local: LocalRunner;

async function bodies(queue: string): Promise<unknown[]> {
  const messages = await local.queue(queue).receive();
  await Promise.all(messages.map((message) => local.queue(queue).delete(message)));
  return messages.map(({ Body }) => JSON.parse(Body));
}

beforeAll(async () => {
  local = await runSmall(
    (stack) => {
      const every = (id: string, expression: scheduler.ScheduleExpression, target: scheduler.IScheduleTarget, more = {}) =>
        new scheduler.Schedule(stack, id, { schedule: expression, target, ...more });
      const queue = (id: string) => new sqs.Queue(stack, id);
      const input = scheduler.ScheduleTargetInput.fromObject({
        at: scheduler.ContextAttribute.scheduledTime,
        run: scheduler.ContextAttribute.executionId,
        attempt: scheduler.ContextAttribute.attemptNumber,
        who: scheduler.ContextAttribute.scheduleArn,
      });
      const minutes = (count: number) => scheduler.ScheduleExpression.rate(Duration.minutes(count));
      every('Often', minutes(30), new targets.SqsSendMessage(queue('Oftens'), { input }));
      every('Never', minutes(30), new targets.SqsSendMessage(queue('Nevers')), { enabled: false });
      every('Plain', minutes(60), new targets.SqsSendMessage(queue('Plains')));
      const paris = TimeZone.of('Europe/Paris');
      const daily = scheduler.ScheduleExpression.cron({ minute: '0', hour: '9', timeZone: paris });
      every('Daily', daily, new targets.SqsSendMessage(queue('Dailies'), { input: scheduler.ScheduleTargetInput.fromText('"morning"') }));
      new events.Rule(stack, 'Ruled', {
        schedule: events.Schedule.rate(Duration.hours(1)),
        targets: [new eventTargets.SqsQueue(queue('Rules'))],
      });

      const table = new dynamodb.TableV2(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      const put = new targets.Universal({
        service: 'dynamodb',
        action: 'putItem',
        input: scheduler.ScheduleTargetInput.fromObject({ TableName: table.tableName, Item: { id: { S: 'one' } } }),
        policyStatements: [new iam.PolicyStatement({ actions: ['dynamodb:PutItem'], resources: [table.tableArn] })],
      });
      every('Puts', minutes(60), put);

      // A role that may write to its dead-letter queue and to nothing else.
      const dead = queue('Dead');
      const role = new iam.Role(stack, 'Weak', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
      dead.grantSendMessages(role);
      new CfnResource(stack, 'Denied', {
        type: 'AWS::Scheduler::Schedule',
        properties: {
          ScheduleExpression: 'rate(1 hour)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: queue('Unreached').queueArn, RoleArn: role.roleArn, Input: '{"a":1}', DeadLetterConfig: { Arn: dead.queueArn } },
        },
      });
      new CfnResource(stack, 'Broken', {
        type: 'AWS::Scheduler::Schedule',
        properties: {
          ScheduleExpression: 'rate(1 second)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: dead.queueArn, RoleArn: role.roleArn },
        },
      });
    },
    { time: 'manual', onNotice: (notice) => notices.push(notice) },
  );
  await local.advance(Duration.minutes(61));
  await local.settled();
});

afterAll(stopAll);

test('a schedule fires as time passes, with what it knows of the firing in its input', async () => {
  const seen = (await bodies('Oftens')) as { at: string; run: string; attempt: string; who: string }[];
  expect(seen).toHaveLength(2);
  const [first, second] = [...seen].sort((left, right) => (left.at < right.at ? -1 : 1));
  expect(Date.parse(second!.at) - Date.parse(first!.at)).toBe(30 * 60_000);
  expect(first!.run).not.toBe(second!.run);
  expect(first).toMatchObject({
    attempt: '1',
    who: expect.stringMatching(/^arn:aws:scheduler:us-east-1:000000000000:schedule\/default\/.*Often/),
  });
});

test('a schedule without an input sends its notification, one that is disabled nothing', async () => {
  expect(await bodies('Plains')).toMatchObject([{ 'detail-type': 'Scheduled Event', source: 'aws.scheduler', detail: '{}' }]);
  expect(await bodies('Nevers')).toEqual([]);
});

test('a rule with a schedule sends the event of EventBridge', async () => {
  expect(await bodies('Rules')).toMatchObject([
    { 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {}, resources: [expect.stringMatching(/:rule\/.*Ruled/)] },
  ]);
});

test('a universal target calls the API of its service under the role of the schedule', async () => {
  expect(await local.table('Table').items()).toEqual([{ id: 'one' }]);
  const [call] = local.calls({ service: 'dynamodb', operation: 'PutItem' });
  expect(call?.caller.roleArn).toMatch(/^arn:aws:iam::000000000000:role\//);
});

test('what the role may not do ends in the dead-letter queue without another attempt', async () => {
  const [message] = await local.queue('Dead').receive();
  expect(JSON.parse(message!.Body)).toMatchObject({ MessageBody: '{"a":1}' });
  expect(message!.MessageAttributes).toMatchObject({
    ERROR_CODE: { StringValue: expect.stringMatching(/AccessDenied/) },
    RETRY_ATTEMPTS: { StringValue: '0' },
    SCHEDULE_ARN: { StringValue: expect.stringMatching(/schedule\/default\/.*Denied/) },
  });
  expect(await bodies('Unreached')).toEqual([]);
});

test('an expression that AWS would refuse is said, and the others fire', () => {
  expect(notices).toContainEqual(
    'schedule Broken does not fire: schedule expression rate(1 second) is not valid: a rate is a positive whole number and minutes, hours or days',
  );
});

test('a time zone counts, through days', async () => {
  await local.advance(Duration.days(2));
  await local.settled();
  expect(await bodies('Dailies')).toEqual(['morning', 'morning']);
});

test.each([
  [{ time: 'skipped' }, ["schedules do not fire while time is skipped: Tick; let time: 'manual' pass with advance"]],
  [{ time: 'manual', schedules: false }, []],
] as const)('with %j they do not fire', async (options, said) => {
  const told: string[] = [];
  const other = await runSmall(
    (stack) => {
      const rule = new events.CfnRule(stack, 'Tick', { scheduleExpression: 'rate(1 minute)', targets: [] });
      rule.targets = [{ id: 'q', arn: new sqs.Queue(stack, 'Q').queueArn }];
    },
    { ...options, onNotice: (notice) => told.push(notice) },
  );
  if (options.time === 'manual') await other.advance(Duration.hours(1));
  await other.settled();
  expect(await other.queue('Q').receive()).toEqual([]);
  expect(told).toEqual(said);
});
