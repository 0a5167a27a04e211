import { unservedSources } from '../../../../lib/local/events/unserved-sources';
import { stackOf } from '../assembly/written-assembly';

const target = { Arn: 'arn:aws:lambda:us-east-1:000000000000:function:f', RoleArn: 'arn:aws:iam::000000000000:role/r' };
const schedule = (State: string) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: { ScheduleExpression: 'rate(5 minutes)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: target, State },
});
const mapping = (EventSourceArn: string) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: 'f', EventSourceArn },
});
const bucket = (NotificationConfiguration: object) => ({ Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration } });

test('what starts nothing here is said once for each kind, with its names', () => {
  const stack = stackOf({
    Resources: {
      Every: schedule('ENABLED'),
      Paused: schedule('DISABLED'),
      Nightly: {
        Type: 'AWS::Events::Rule',
        Properties: { ScheduleExpression: 'cron(0 2 * * ? *)' },
        Metadata: { 'aws:cdk:path': 'S/Nightly/Resource' },
      },
      Matching: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['a'] } } },
      FromQueue: mapping('arn:aws:sqs:us-east-1:000000000000:q'),
      FromStream: mapping('arn:aws:kinesis:us-east-1:000000000000:stream/s'),
      Told: bucket({ EventBridgeConfiguration: { EventBridgeEnabled: true } }),
      Calling: bucket({ LambdaConfigurations: [] }),
    },
  });
  expect(unservedSources([stack])).toEqual([
    'schedules do not fire here, invoke their targets instead: Every, S/Nightly',
    'event sources other than queues deliver nothing here: FromStream',
    'bucket notifications reach EventBridge only here: Calling',
  ]);
});

test('a stack without any of it has nothing to say', () => {
  expect(unservedSources([stackOf({ Resources: { Matching: { Type: 'AWS::S3::Bucket', Properties: {} } } })])).toEqual([]);
});
