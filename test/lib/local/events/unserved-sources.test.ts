import { unservedSources } from '../../../../lib/local/events/unserved-sources';
import { stackOf } from '../assembly/written-assembly';

const mapping = (EventSourceArn: string) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: 'f', EventSourceArn },
});
const subscription = (Protocol: string) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'Topic' }, Protocol, Endpoint: 'e' },
});
const bucket = (NotificationConfiguration: object) => ({ Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration } });

test('what starts nothing here is said once for each kind, with its names', () => {
  const stack = stackOf({
    Resources: {
      Matching: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['a'] } } },
      FromQueue: mapping('arn:aws:sqs:us-east-1:000000000000:q'),
      FromStream: mapping('arn:aws:kinesis:us-east-1:000000000000:stream/s'),
      Told: bucket({ EventBridgeConfiguration: { EventBridgeEnabled: true } }),
      Calling: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          VersioningConfiguration: { Status: 'Enabled' },
          NotificationConfiguration: {
            QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'arn:aws:sqs:us-east-1:000000000000:q' }],
          },
        },
      },
      Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
      Mail: subscription('email'),
      Hook: subscription('https'),
      Kept: { Type: 'AWS::Events::Archive', Properties: { SourceArn: 'arn:aws:events:us-east-1:000000000000:event-bus/default' } },
      Pipe: { Type: 'AWS::Pipes::Pipe', Properties: {} },
    },
  });
  expect(unservedSources([stack])).toEqual([
    'event sources other than queues deliver nothing here: FromStream',
    'only queues, functions and mailboxes get what topics publish here, so nothing reaches: Hook',
    'objects have one version here, so their notifications name none: Calling',
    'events are not archived here: Kept',
    'pipes carry nothing here: Pipe',
  ]);
});

test('a stack without any of it has nothing to say', () => {
  expect(unservedSources([stackOf({ Resources: { Matching: { Type: 'AWS::S3::Bucket', Properties: {} } } })])).toEqual([]);
});
