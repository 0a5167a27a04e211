import { DeleteObjectCommand, DeleteObjectsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { LocalRunner } from '../../../../lib/local/local-runner';
import { inlineFunction, runSmall, stopAll } from '../small-app';

jest.setTimeout(60_000);

let local: LocalRunner;
let client: S3Client;

beforeAll(async () => {
  local = await runSmall((stack) => {
    const bucket = new s3.Bucket(stack, 'Docs', { bucketName: 'docs', eventBridgeEnabled: true });
    const queue = (id: string) => new sqs.Queue(stack, id);
    const reader = inlineFunction(stack, 'Reader', 'return null;');
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.LambdaDestination(reader), {
      prefix: 'in/',
      suffix: '.txt',
    });
    bucket.addEventNotification(s3.EventType.OBJECT_REMOVED, new notifications.SqsDestination(queue('Removed')));
    const topic = new sns.Topic(stack, 'Told');
    topic.addSubscription(new subscriptions.SqsSubscription(queue('ToldTo')));
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED_PUT, new notifications.SnsDestination(topic), { prefix: 'told/' });
    new events.Rule(stack, 'Deleted', {
      eventPattern: { source: ['aws.s3'], detailType: ['Object Deleted'], detail: { object: { key: [{ prefix: 'in/' }] } } },
      targets: [new targets.SqsQueue(queue('Seen'), { message: events.RuleTargetInput.fromEventPath('$.detail') })],
    });
    const own = queue('Own');
    const plain = new s3.CfnBucket(stack, 'Plain', {
      bucketName: 'plain',
      notificationConfiguration: { queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: own.queueArn }] },
    });
    own.grantSendMessages(new iam.ServicePrincipal('s3.amazonaws.com'));
    plain.node.addDependency(own);
  });
  client = new S3Client({
    endpoint: local.gateway.url,
    forcePathStyle: true,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
});

afterAll(async () => {
  client?.destroy();
  await stopAll();
});

async function put(Key: string, Bucket = 'docs'): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket, Key, Body: 'text' }));
  await local.settled();
}

const bodies = async (queue: string) => (await local.queue(queue).receive()).map(({ Body }) => JSON.parse(Body));

test('a function is told of the objects that fit prefix and suffix, with their keys encoded', async () => {
  for (const key of ['in/a b+ü (1).txt', 'in/b.bin', 'out/a.txt']) await put(key);
  const seen = local.function('Reader').invocations;
  expect(seen).toHaveLength(1);
  expect(seen[0]?.event).toEqual({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: expect.any(String) },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': expect.any(String), 'x-amz-id-2': expect.any(String) },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: expect.any(String),
          bucket: { name: 'docs', ownerIdentity: { principalId: expect.any(String) }, arn: 'arn:aws:s3:::docs' },
          object: {
            key: 'in/a+b%2B%C3%BC+%281%29.txt',
            size: 4,
            eTag: '1cb251ec0d568de6a929b520c4aed8d1',
            sequencer: expect.stringMatching(/^[\dA-F]{18}$/),
          },
        },
      },
    ],
  });
});

test('deletions are told, of objects that were there', async () => {
  await client.send(new DeleteObjectCommand({ Bucket: 'docs', Key: 'in/b.bin' }));
  await client.send(new DeleteObjectsCommand({ Bucket: 'docs', Delete: { Objects: [{ Key: 'out/a.txt' }, { Key: 'never & there' }] } }));
  await local.settled();
  const records = (await bodies('Removed')).flatMap(({ Records }) => Records);
  expect(records.map(({ eventName, s3: { object } }) => [eventName, object.key]).sort()).toEqual([
    ['ObjectRemoved:Delete', 'in/b.bin'],
    ['ObjectRemoved:Delete', 'out/a.txt'],
  ]);
  expect(records[0].s3.object).not.toHaveProperty('size');
  expect(await bodies('Seen')).toMatchObject([
    { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted', object: { key: 'in/b.bin' } },
  ]);
});

test('a topic is told with the subject of S3', async () => {
  await put('told/x');
  const [message] = await bodies('ToldTo');
  expect(message).toMatchObject({ Subject: 'Amazon S3 Notification' });
  expect(JSON.parse(message.Message)).toMatchObject({ Records: [{ s3: { object: { key: 'told/x' } } }] });
});

test('a bucket may have its notifications in its own properties', async () => {
  await put('a', 'plain');
  expect(await bodies('Own')).toMatchObject([{ Records: [{ s3: { bucket: { name: 'plain' }, object: { key: 'a' } } }] }]);
});
