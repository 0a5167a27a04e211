import type { LocalRunner } from '../../../../../lib/local/local-runner';
import { runSmall, stopAll } from '../../small-app';
import { FUNCTION, machineArn, machines, QUEUE, services, TOPIC, task } from './task-machines';

jest.setTimeout(120_000);

const INPUT = '{% $states.input %}';
const SDK = 'arn:aws:states:::aws-sdk';
let local: LocalRunner;

beforeAll(async () => {
  local = await runSmall((stack) => {
    services(stack);
    machines(
      stack,
      {
        Direct: task(FUNCTION, INPUT),
        Invoke: task('arn:aws:states:::lambda:invoke', { FunctionName: FUNCTION, Payload: INPUT }),
        InvokeNobody: task('arn:aws:states:::lambda:invoke', { FunctionName: `${FUNCTION}s`, Payload: {} }),
        SdkInvoke: task(`${SDK}:lambda:invoke`, { FunctionName: FUNCTION, Payload: INPUT }),
        SdkInvokeNobody: task(`${SDK}:lambda:invoke`, { FunctionName: `${FUNCTION}s` }),
        Powerless: task('arn:aws:states:::lambda:invoke', { FunctionName: FUNCTION, Payload: {} }),
        PowerlessTable: task(`${SDK}:dynamodb:getItem`, { TableName: 'items', Key: { id: { S: 'a' } } }),
        Put: task('arn:aws:states:::dynamodb:putItem', {
          TableName: 'items',
          Item: INPUT,
          ConditionExpression: 'attribute_not_exists(id)',
        }),
        Get: task('arn:aws:states:::dynamodb:getItem', { TableName: 'items', Key: { id: { S: 'a' } }, ConsistentRead: true }),
        SdkPut: task(`${SDK}:dynamodb:putItem`, { TableName: 'items', Item: INPUT, ConditionExpression: 'attribute_not_exists(id)' }),
        SdkGet: task(`${SDK}:dynamodb:getItem`, { TableName: 'items', Key: { id: { S: 'sdk' } } }),
        SdkQuery: task(`${SDK}:dynamodb:query`, {
          TableName: 'items',
          KeyConditionExpression: 'id = :id',
          ExpressionAttributeValues: { ':id': { S: 'sdk' } },
        }),
        NoTable: task(`${SDK}:dynamodb:getItem`, { TableName: 'nothing', Key: { id: { S: 'a' } } }),
        BadKey: task(`${SDK}:dynamodb:getItem`, { TableName: 'items', Key: { other: { S: 'a' } } }),
        PutObject: task(`${SDK}:s3:putObject`, {
          Bucket: 'files',
          Key: '{% $states.input.key %}',
          Body: '{% $states.input.body %}',
          ContentType: 'application/json',
          Metadata: { Kind: 'test' },
        }),
        GetObject: task(`${SDK}:s3:getObject`, { Bucket: 'files', Key: '{% $states.input.key %}' }),
        HeadObject: task(`${SDK}:s3:headObject`, { Bucket: 'files', Key: '{% $states.input.key %}' }),
        CopyObject: task(`${SDK}:s3:copyObject`, { Bucket: 'files', Key: 'copy', CopySource: 'files/a%20b/c.json' }),
        ListObjects: task(`${SDK}:s3:listObjectsV2`, { Bucket: 'files', Prefix: '{% $states.input.prefix %}', MaxKeys: 10 }),
        DeleteObjects: task(`${SDK}:s3:deleteObjects`, { Bucket: 'files', Delete: { Objects: [{ Key: 'copy' }] } }),
        NoBucket: task(`${SDK}:s3:listObjectsV2`, { Bucket: 'nothing' }),
        SdkReceive: task(`${SDK}:sqs:receiveMessage`, { QueueUrl: QUEUE, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
        NoQueue: task(`${SDK}:sqs:getQueueUrl`, { QueueName: 'nothing' }),
        Send: task('arn:aws:states:::sqs:sendMessage', {
          QueueUrl: QUEUE,
          MessageBody: INPUT,
          MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' } },
        }),
        Publish: task('arn:aws:states:::sns:publish', { TopicArn: TOPIC, Message: { hello: INPUT } }),
        NoTopic: task(`${SDK}:sns:publish`, { TopicArn: `${TOPIC}-none`, Message: 'x' }),
        PutEvents: task('arn:aws:states:::events:putEvents', {
          Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: { n: 1 }, Resources: ['own'] }],
        }),
        BadEvents: task('arn:aws:states:::events:putEvents', { Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: 'no json' }] }),
        Secret: task(`${SDK}:secretsmanager:getSecretValue`, { SecretId: 'key' }),
        NoSecret: task(`${SDK}:secretsmanager:getSecretValue`, { SecretId: 'nothing' }),
        Converse: task(`${SDK}:bedrockruntime:converse`, {
          ModelId: 'some.model',
          Messages: [{ Role: 'user', Content: [{ Text: 'Say something.' }] }],
        }),
        NoMachine: task(`${SDK}:sfn:startExecution`, { StateMachineArn: machineArn('Nobody') }),
        DescribeMachine: task(`${SDK}:sfn:describeStateMachine`, { StateMachineArn: machineArn('Get') }),
      },
      { powerless: ['Powerless', 'PowerlessTable'] },
    );
  });
});

afterAll(stopAll);

const run = async (name: string, input: unknown = {}) => (await local.workflow(name).start(input)).result();
const output = async (name: string, input: unknown = {}) => {
  const result = await run(name, input);
  expect(result).toMatchObject({ status: 'SUCCEEDED' });
  return result.output;
};
const METADATA = { SdkHttpMetadata: { HttpStatusCode: 200 }, SdkResponseMetadata: { RequestId: expect.any(String) } };

test('a function named directly takes the input and gives its answer', async () => {
  expect(await output('Direct', { n: 1 })).toEqual({ got: { n: 1 } });
  expect(await run('Direct', { fail: true })).toMatchObject({
    status: 'FAILED',
    error: 'Told',
    cause: expect.stringContaining('"told to"'),
  });
});

test('lambda:invoke wraps the answer, the SDK integration leaves it as text', async () => {
  expect(await output('Invoke', { n: 1 })).toMatchObject({
    ExecutedVersion: '$LATEST',
    Payload: { got: { n: 1 } },
    StatusCode: 200,
    ...METADATA,
  });
  expect(await output('SdkInvoke', { n: 1 })).toEqual({ ExecutedVersion: '$LATEST', Payload: '{"got":{"n":1}}', StatusCode: 200 });
});

test('an error of the function fails the optimised task only', async () => {
  expect(await run('Invoke', { fail: true })).toMatchObject({ status: 'FAILED', error: 'Told' });
  expect(await output('SdkInvoke', { fail: true })).toMatchObject({ FunctionError: 'Unhandled', StatusCode: 200 });
});

test.each([
  [
    'InvokeNobody',
    'Lambda.ResourceNotFoundException',
    /\(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: .+; Proxy: null\)$/,
  ],
  ['SdkInvokeNobody', 'Lambda.ResourceNotFoundException', /\(Service: Lambda, Status Code: 404, Request ID: .+\)$/],
  [
    'Powerless',
    'Lambda.AWSLambdaException',
    /is not authorized to perform: lambda:InvokeFunction on resource: .*function:work.*Error Code: AccessDeniedException/s,
  ],
  ['PowerlessTable', 'DynamoDb.DynamoDbException', /is not authorized to perform: dynamodb:GetItem/],
  ['NoTable', 'DynamoDb.ResourceNotFoundException', /\(Service: DynamoDb, Status Code: 400, Request ID: .+\)$/],
  ['BadKey', 'DynamoDb.DynamoDbException', /\(Service: DynamoDb, Status Code: 400, Request ID: .+\)$/],
  ['NoBucket', 'S3.NoSuchBucketException', /\(Service: S3, Status Code: 404, Request ID: .+\)$/],
  ['NoQueue', 'Sqs.QueueDoesNotExistException', /\(Service: Sqs, Status Code: 400, Request ID: .+\)$/],
  ['NoTopic', 'Sns.NotFoundException', /\(Service: Sns, Status Code: 404, Request ID: .+\)$/],
  ['NoSecret', 'SecretsManager.ResourceNotFoundException', /^Secrets Manager can't find the specified secret\. \(Service: SecretsManager/],
  ['NoMachine', 'Sfn.StateMachineDoesNotExistException', /^State Machine Does Not Exist/],
  ['BadEvents', 'EventBridge.FailedEntry', /"ErrorCode":"MalformedDetail".*"FailedEntryCount":1/],
])('%s fails as %s', async (name, error, cause) => {
  expect(await run(name)).toEqual({ status: 'FAILED', error, cause: expect.stringMatching(cause) });
});

test('items are written and read by both integrations, each with its own names', async () => {
  const flag = { BOOL: true };
  expect(await output('Put', { id: { S: 'a' }, on: flag })).toMatchObject(METADATA);
  expect(await run('Put', { id: { S: 'a' } })).toMatchObject({
    error: 'DynamoDB.ConditionalCheckFailedException',
    cause: expect.stringMatching(
      /^The conditional request failed \(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: .+; Proxy: null\)$/,
    ),
  });
  expect(await output('Get')).toMatchObject({ Item: { id: { S: 'a' }, on: flag }, ...METADATA });

  await output('SdkPut', {
    id: { S: 'sdk' },
    On: { Bool: true },
    none: { Nul: true },
    list: { L: [{ Ns: ['1'] }] },
    map: { M: { BOOL: { S: 'x' } } },
  });
  const Item = {
    id: { S: 'sdk' },
    On: { Bool: true },
    none: { Nul: true },
    list: { L: [{ Ns: ['1'] }] },
    map: { M: { BOOL: { S: 'x' } } },
  };
  expect(await output('SdkGet')).toEqual({ Item });
  expect(await output('SdkQuery')).toEqual({ Count: 1, Items: [Item], ScannedCount: 1 });
  expect(await run('SdkPut', { id: { S: 'sdk' } })).toMatchObject({ error: 'DynamoDb.ConditionalCheckFailedException' });
});

test('objects are put, read, described, copied, listed and deleted', async () => {
  const key = 'a b/c.json';
  expect(await output('PutObject', { key, body: { n: 1 } })).toMatchObject({ ETag: expect.stringMatching(/^"[\da-f]{32}"$/) });
  expect(await output('GetObject', { key })).toMatchObject({
    Body: '{"n":1}',
    ContentLength: 7,
    ContentType: 'application/json',
    LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    Metadata: { kind: 'test' },
  });
  expect(await output('HeadObject', { key })).not.toHaveProperty('Body');
  expect(await output('CopyObject')).toMatchObject({ CopyObjectResult: { ETag: expect.any(String) } });
  expect(await output('ListObjects', { prefix: '' })).toMatchObject({
    Contents: [{ Key: key, Size: 7 }, { Key: 'copy' }],
    IsTruncated: false,
    KeyCount: 2,
    Name: 'files',
  });
  expect(await output('ListObjects', { prefix: 'none' })).not.toHaveProperty('Contents');
  expect(await output('DeleteObjects')).toMatchObject({ Deleted: [{ Key: 'copy' }] });
  for (const name of ['GetObject', 'HeadObject'])
    expect(await run(name, { key: 'none' })).toMatchObject({ error: 'S3.NoSuchKeyException' });
});

test('messages are sent, published and received', async () => {
  expect(await output('Send', { n: 1 })).toMatchObject({
    MD5OfMessageBody: expect.any(String),
    MessageId: expect.any(String),
    ...METADATA,
  });
  expect(await output('Publish', { n: 2 })).toMatchObject({ MessageId: expect.any(String), ...METADATA });
  const bodies: unknown[] = [];
  while (bodies.length < 2) {
    const { Messages = [] } = (await output('SdkReceive')) as {
      Messages?: { Body: string; Md5OfBody: string; MessageAttributes?: object }[];
    };
    for (const { Body, Md5OfBody } of Messages) {
      expect(Md5OfBody).toMatch(/^[\da-f]{32}$/);
      bodies.push(JSON.parse(Body));
    }
  }
  expect(bodies).toEqual(expect.arrayContaining([{ n: 1 }, { hello: { n: 2 } }]));
});

test('events name the machine and the execution that sent them', async () => {
  const execution = await local.workflow('PutEvents').start({});
  expect((await execution.result()).output).toMatchObject({ Entries: [{ EventId: expect.any(String) }], FailedEntryCount: 0, ...METADATA });
  const heard: { source: string; resources: string[]; detail: object }[] = [];
  while (!heard.some(({ source }) => source === 'shop')) {
    for (const { Body } of await local.queue('Heard').receive({ waitSeconds: 5 })) heard.push(JSON.parse(Body));
  }
  const sold = heard.find(({ source }) => source === 'shop');
  expect(sold).toMatchObject({ detail: { n: 1 }, resources: ['own', machineArn('PutEvents'), execution.executionArn] });
});

test('secrets, models and machines answer with the names of the SDK', async () => {
  expect(await output('Secret')).toMatchObject({
    Arn: expect.stringContaining(':secret:key'),
    Name: 'key',
    SecretString: expect.any(String),
  });
  expect(await output('Converse')).toMatchObject({
    Output: { Message: { Role: 'assistant', Content: [{ Text: expect.any(String) }] } },
    Usage: { InputTokens: expect.any(Number) },
  });
  expect(await output('DescribeMachine')).toMatchObject({
    Name: 'Get',
    CreationDate: expect.stringMatching(/^\d{4}-.*Z$/),
    Type: 'STANDARD',
  });
});

test('every call is made under the role of its machine', async () => {
  local.gateway.clearCalls();
  await output('Invoke', { n: 1 });
  const own = local.gateway.calls.filter(({ caller }) => caller.stateMachineArn === machineArn('Invoke'));
  expect(own.map(({ service, operation, caller }) => [service, operation, caller.roleArn])).toEqual([
    ['lambda', 'Invoke', expect.stringMatching(/:role\/Small-InvokeMachineRole/)],
  ]);
});
