import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { PublishBatchCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { QueueModel } from '../../../../lib/local/assembly/messaging';
import { type LocalMessaging, startMessaging } from '../../../../lib/local/services/messaging';
import type { ObjectCreated } from '../../../../lib/local/services/object-event';
import type { Published } from '../../../../lib/local/services/topics';
import { buildLocalServices } from '../../../../scripts/build-local-services.cjs';
import { gatewayOver, type TestGateway } from './test-gateway';

const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:000000000000:${name}`;
const queue = (name: string, more: Partial<QueueModel> = {}): QueueModel => ({
  logicalId: name,
  name,
  arn: arn('sqs', name),
  visibilityTimeoutSeconds: 30,
  delaySeconds: 0,
  fifo: false,
  contentBasedDeduplication: false,
  ...more,
});

const created: ObjectCreated[] = [];
const published: Published[] = [];
let messaging: LocalMessaging;
let gateway: TestGateway;
let s3: S3Client;
let sqs: SQSClient;
let sns: SNSClient;

beforeAll(async () => {
  await buildLocalServices({ quiet: true });
  messaging = await startMessaging({
    buckets: [{ logicalId: 'B', name: 'documents', arn: 'arn:aws:s3:::documents', sendsToEventBridge: true, versioned: false }],
    queues: [
      queue('dead'),
      queue('work', { visibilityTimeoutSeconds: 1, redrive: { deadLetterTargetArn: arn('sqs', 'dead'), maxReceiveCount: 1 } }),
      queue('ordered.fifo', { fifo: true, contentBasedDeduplication: true }),
      queue('inbox'),
    ],
    topics: [
      {
        logicalId: 'T',
        name: 'approvals',
        arn: arn('sns', 'approvals'),
        contentBasedDeduplication: false,
        subscriptions: [],
      },
    ],
    onObjectCreated: (event) => created.push(event),
    onPublished: (message) => published.push(message),
  });
  gateway = await gatewayOver(messaging);
  s3 = new S3Client(gateway.client);
  sqs = new SQSClient(gateway.client);
  sns = new SNSClient(gateway.client);
});

afterAll(async () => {
  for (const client of [s3, sqs, sns]) client?.destroy();
  await gateway?.close();
  await messaging?.stop();
});

const read = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket: 'documents', Key }))).Body?.transformToString();
const until = async (done: () => boolean) => {
  for (let i = 0; i < 200 && !done(); i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
};

test('an object written is read back and told with its key, size, tag and a growing sequencer', async () => {
  created.length = 0;
  await s3.send(new PutObjectCommand({ Bucket: 'documents', Key: 'in/a b+ä.md', Body: 'hello' }));
  await s3.send(new PutObjectCommand({ Bucket: 'documents', Key: 'stream.txt', Body: Readable.from(['one ', 'two']), ContentLength: 7 }));
  await s3.send(new CopyObjectCommand({ Bucket: 'documents', Key: 'copy.txt', CopySource: 'documents/stream.txt' }));
  expect(await read('in/a b+ä.md')).toBe('hello');
  expect(await read('stream.txt')).toBe('one two');
  expect(await read('copy.txt')).toBe('one two');
  await until(() => created.length === 3);
  expect(created).toMatchObject([
    { bucket: 'documents', key: 'in/a b+ä.md', size: 5, etag: '5d41402abc4b2a76b9719d911017c592', reason: 'PutObject' },
    { key: 'stream.txt', size: 7, reason: 'PutObject' },
    { key: 'copy.txt', size: 7, reason: 'CopyObject' },
  ]);
  const sequence = created.map(({ sequencer }) => sequencer);
  expect([...sequence].sort()).toEqual(sequence);
  expect(new Set(sequence).size).toBe(3);
});

test('a multipart upload is told once, when it completes', async () => {
  created.length = 0;
  const target = { Bucket: 'documents', Key: 'large.bin' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(target));
  const part = Buffer.alloc(5 * 1024 * 1024, 7);
  const first = await s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: part }));
  const second = await s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 2, Body: 'end' }));
  expect(created).toEqual([]);
  await s3.send(
    new CompleteMultipartUploadCommand({
      ...target,
      UploadId,
      MultipartUpload: {
        Parts: [
          { PartNumber: 1, ETag: first.ETag },
          { PartNumber: 2, ETag: second.ETag },
        ],
      },
    }),
  );
  await until(() => created.length === 1);
  expect(created).toMatchObject([{ key: 'large.bin', size: part.length + 3, reason: 'CompleteMultipartUpload' }]);
});

test('an object larger than the engine takes by itself is accepted', async () => {
  const Body = Buffer.alloc(12 * 1024 * 1024, 1);
  await s3.send(new PutObjectCommand({ Bucket: 'documents', Key: 'twelve', Body }));
  const { ContentLength, Body: back } = await s3.send(new GetObjectCommand({ Bucket: 'documents', Key: 'twelve' }));
  await back?.transformToByteArray();
  expect(ContentLength).toBe(Body.length);
});

test('of concurrent writes with If-None-Match one wins', async () => {
  const writes = ['a', 'b', 'c', 'd'].map((Body) =>
    s3.send(new PutObjectCommand({ Bucket: 'documents', Key: 'once', Body, IfNoneMatch: '*' })),
  );
  const results = await Promise.allSettled(writes);
  const lost = results.filter((result) => result.status === 'rejected').map((result) => result.reason.name);
  expect(lost).toEqual(['PreconditionFailed', 'PreconditionFailed', 'PreconditionFailed']);
});

test('If-Match replaces only the version it names', async () => {
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket: 'documents', Key: 'match', Body: '1' }));
  await s3.send(new PutObjectCommand({ Bucket: 'documents', Key: 'match', Body: '2', IfMatch: ETag }));
  await expect(s3.send(new PutObjectCommand({ Bucket: 'documents', Key: 'match', Body: '3', IfMatch: ETag }))).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  await expect(s3.send(new PutObjectCommand({ Bucket: 'documents', Key: 'absent', Body: '3', IfMatch: ETag }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
  expect(await read('match')).toBe('2');
});

test('a missing object and a missing bucket are named errors', async () => {
  await expect(read('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(s3.send(new ListObjectsV2Command({ Bucket: 'other' }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
});

test('a queue URL leads back through the gateway', async () => {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }));
  expect(QueueUrl).toBe(`${gateway.url}/000000000000/work`);
});

test('a message received more often than the redrive policy allows moves to the dead-letter queue', async () => {
  const work = `${gateway.url}/000000000000/work`;
  await sqs.send(new SendMessageCommand({ QueueUrl: work, MessageBody: 'poison' }));
  const first = await sqs.send(new ReceiveMessageCommand({ QueueUrl: work }));
  expect(first.Messages?.[0]?.Body).toBe('poison');
  expect(messaging.depthOf('work')).toEqual({ visible: 0, delayed: 0, inFlight: 1 });
  const second = await sqs.send(new ReceiveMessageCommand({ QueueUrl: work, WaitTimeSeconds: 2 }));
  expect(second.Messages ?? []).toEqual([]);
  const dead = await sqs.send(new ReceiveMessageCommand({ QueueUrl: `${gateway.url}/000000000000/dead`, WaitTimeSeconds: 1 }));
  expect(dead.Messages?.[0]?.Body).toBe('poison');
}, 10_000);

test('a FIFO queue drops a repeated deduplication id', async () => {
  const QueueUrl = `${gateway.url}/000000000000/ordered.fifo`;
  for (const MessageBody of ['one', 'one', 'two']) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'g' }));
  const bodies: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    for (const { Body, ReceiptHandle } of Messages) {
      bodies.push(String(Body));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
  expect(bodies).toEqual(['one', 'two']);
});

test('a client that leaves during a long poll takes no message', async () => {
  const QueueUrl = `${gateway.url}/000000000000/inbox`;
  const abort = new AbortController();
  const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), { abortSignal: abort.signal });
  setTimeout(() => abort.abort(), 100);
  await expect(poll).rejects.toMatchObject({ name: 'AbortError' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
  expect(Messages?.[0]?.Body).toBe('kept');
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle }));
});

test('the runner is told of each published message', async () => {
  const TopicArn = arn('sns', 'approvals');
  const MessageAttributes = { kind: { DataType: 'String', StringValue: 'link' } };
  const { MessageId } = await sns.send(
    new PublishCommand({ TopicArn, Subject: 'Please decide', Message: 'link & text', MessageAttributes }),
  );
  const plain = { topicArn: TopicArn, structured: false, attributes: {} };
  expect(published).toEqual([
    {
      ...plain,
      messageId: MessageId,
      subject: 'Please decide',
      message: 'link & text',
      attributes: { kind: { type: 'String', value: 'link' } },
    },
  ]);
  const entries = [
    { Id: 'a', Message: 'one' },
    { Id: 'b', Message: '{"default":"two"}', MessageStructure: 'json' },
  ];
  const { Successful } = await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }));
  expect(published.slice(1)).toEqual([
    { ...plain, messageId: Successful?.[0]?.MessageId, message: 'one' },
    { ...plain, messageId: Successful?.[1]?.MessageId, message: '{"default":"two"}', structured: true },
  ]);
});
