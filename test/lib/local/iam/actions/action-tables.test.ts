import type { Check } from '../../../../../lib/local/iam/access-control';
import type { ActionCall, Directory } from '../../../../../lib/local/iam/actions/action-call';
import { ACTION_TABLES } from '../../../../../lib/local/iam/actions/action-tables';

const AT = 'us-east-1:000000000000';
const MACHINE = `arn:aws:states:${AT}:stateMachine:Orders`;
const KEY = `arn:aws:kms:${AT}:key/1`;
const ROLE = 'arn:aws:iam::000000000000:role/Task';

const directory: Directory = {
  accountId: '000000000000',
  region: 'us-east-1',
  partition: 'aws',
  partitionKeyOf: (table) => (table === 'Orders' ? 'id' : undefined),
  secretArn: (id) => (id === 'token' ? `arn:aws:secretsmanager:${AT}:secret:token-AbCdEf` : undefined),
  keyArn: (id) => (id === 'alias/data' ? KEY : undefined),
  keyOfCiphertext: (ciphertext) => (ciphertext === 'sealed' ? KEY : undefined),
  machineOfToken: (token) => (token === 'T' ? MACHINE : undefined),
  encryptionOf: () => undefined,
  rolesOfTask: () => [ROLE],
};

function checks(service: string, operation: string, call: Partial<ActionCall>): readonly Check[] {
  const needed = ACTION_TABLES[service]?.[operation];
  if (needed === undefined) throw new Error(`${service} has no ${operation}`);
  return needed({ operation, input: {}, method: 'POST', url: '/', headers: {}, directory, ...call });
}

const of = (service: string, operation: string, call: Partial<ActionCall> = {}) =>
  checks(service, operation, call).map(({ action, resource }) => `${action} ${resource}`);
const contextOf = (service: string, operation: string, call: Partial<ActionCall>) =>
  checks(service, operation, call).map(({ context }) => context);

describe('DynamoDB', () => {
  const table = `arn:aws:dynamodb:${AT}:table/Orders`;
  const item = { TableName: 'Orders', Key: { id: { S: 'a' } } };

  test('a table by name or by ARN, an index under its table', () => {
    expect(of('dynamodb', 'GetItem', { input: item })).toEqual([`dynamodb:GetItem ${table}`]);
    expect(of('dynamodb', 'GetItem', { input: { ...item, TableName: table } })).toEqual([`dynamodb:GetItem ${table}`]);
    expect(of('dynamodb', 'Query', { input: { TableName: 'Orders', IndexName: 'byDate' } })).toEqual([
      `dynamodb:Query ${table}/index/byDate`,
    ]);
  });

  test('the leading keys of items and queries', () => {
    expect(contextOf('dynamodb', 'GetItem', { input: item })).toEqual([{ 'dynamodb:LeadingKeys': ['a'] }]);
    const query = {
      TableName: 'Orders',
      KeyConditionExpression: '#k = :v AND s > :w',
      ExpressionAttributeNames: { '#k': 'id' },
      ExpressionAttributeValues: { ':v': { S: 'a' }, ':w': { N: '1' } },
    };
    expect(contextOf('dynamodb', 'Query', { input: query })).toEqual([{ 'dynamodb:LeadingKeys': ['a'] }]);
  });

  test('a transaction needs the action of each of its items, a batch its own for each table', () => {
    const TransactItems = [
      { Put: { TableName: 'A', Item: {} } },
      { Update: { TableName: 'B', Key: {} } },
      { Delete: { TableName: 'A', Key: {} } },
      { ConditionCheck: { TableName: 'C', Key: {} } },
    ];
    expect(of('dynamodb', 'TransactWriteItems', { input: { TransactItems } })).toEqual([
      `dynamodb:PutItem arn:aws:dynamodb:${AT}:table/A`,
      `dynamodb:UpdateItem arn:aws:dynamodb:${AT}:table/B`,
      `dynamodb:DeleteItem arn:aws:dynamodb:${AT}:table/A`,
      `dynamodb:ConditionCheckItem arn:aws:dynamodb:${AT}:table/C`,
    ]);
    expect(of('dynamodb', 'TransactGetItems', { input: { TransactItems: [{ Get: item }] } })).toEqual([`dynamodb:GetItem ${table}`]);
    const RequestItems = { A: [{ PutRequest: { Item: {} } }], B: [{ DeleteRequest: { Key: {} } }] };
    expect(of('dynamodb', 'BatchWriteItem', { input: { RequestItems } })).toEqual([
      `dynamodb:BatchWriteItem arn:aws:dynamodb:${AT}:table/A`,
      `dynamodb:BatchWriteItem arn:aws:dynamodb:${AT}:table/B`,
    ]);
  });

  test('PartiQL has no mapping', () => {
    expect(() => of('dynamodb', 'ExecuteStatement')).toThrow('dynamodb has no ExecuteStatement');
  });
});

describe('S3', () => {
  const at = (method: string, url: string, headers: ActionCall['headers'] = {}) => ({
    method,
    url,
    headers: { host: '127.0.0.1:1', ...headers },
  });

  test.each([
    ['HeadObject', at('HEAD', '/b/a/x.txt'), ['s3:GetObject arn:aws:s3:::b/a/x.txt']],
    ['GetObject', at('GET', '/b/x?versionId=1'), ['s3:GetObjectVersion arn:aws:s3:::b/x']],
    ['ListObjectsV2', at('GET', '/b?list-type=2&prefix=a/'), ['s3:ListBucket arn:aws:s3:::b']],
    ['UploadPart', at('PUT', '/b/x?uploadId=1&partNumber=1'), ['s3:PutObject arn:aws:s3:::b/x']],
    ['AbortMultipartUpload', at('DELETE', '/b/x?uploadId=1'), ['s3:AbortMultipartUpload arn:aws:s3:::b/x']],
    [
      'CopyObject',
      at('PUT', '/b/x', { 'x-amz-copy-source': '/a/y%20z' }),
      ['s3:GetObject arn:aws:s3:::a/y z', 's3:PutObject arn:aws:s3:::b/x'],
    ],
    ['GetObject', at('GET', '/x', { host: 'b.s3.localhost' }), ['s3:GetObject arn:aws:s3:::b/x']],
  ])('%s', (operation, call, expected) => {
    expect(of('s3', operation, call)).toEqual(expected);
  });

  test('a listing tells its prefix, an empty one where it has none', () => {
    expect(contextOf('s3', 'ListObjectsV2', at('GET', '/b?list-type=2&prefix=a/'))).toEqual([{ 's3:prefix': 'a/' }]);
    expect(contextOf('s3', 'ListObjectsV2', at('GET', '/b?list-type=2'))).toEqual([{ 's3:prefix': '' }]);
  });

  test('each key of a deletion', () => {
    const input = { xml: '<Delete><Object><Key>a</Key></Object><Object><Key>b&amp;c</Key></Object></Delete>' };
    expect(of('s3', 'DeleteObjects', { ...at('POST', '/b?delete'), input })).toEqual([
      's3:DeleteObject arn:aws:s3:::b/a',
      's3:DeleteObject arn:aws:s3:::b/b&c',
    ]);
  });
});

test('queues: a batch is the single action', () => {
  const input = { QueueUrl: 'http://127.0.0.1:1/000000000000/jobs' };
  expect(of('sqs', 'SendMessageBatch', { input })).toEqual([`sqs:SendMessage arn:aws:sqs:${AT}:jobs`]);
  expect(of('sqs', 'DeleteMessageBatch', { input })).toEqual([`sqs:DeleteMessage arn:aws:sqs:${AT}:jobs`]);
  expect(of('sqs', 'GetQueueUrl', { input: { QueueName: 'jobs' } })).toEqual([`sqs:GetQueueUrl arn:aws:sqs:${AT}:jobs`]);
});

test('topics and buses', () => {
  expect(of('sns', 'PublishBatch', { input: { TopicArn: `arn:aws:sns:${AT}:t` } })).toEqual([`sns:Publish arn:aws:sns:${AT}:t`]);
  expect(of('sns', 'Publish', { input: { PhoneNumber: '+1' } })).toEqual(['sns:Publish *']);
  const Entries = [{ Source: 'shop', DetailType: 'Order' }, { EventBusName: 'other' }];
  expect(of('events', 'PutEvents', { input: { Entries } })).toEqual([
    `events:PutEvents arn:aws:events:${AT}:event-bus/default`,
    `events:PutEvents arn:aws:events:${AT}:event-bus/other`,
  ]);
  expect(contextOf('events', 'PutEvents', { input: { Entries } })[0]).toEqual({ 'events:source': 'shop', 'events:detail-type': 'Order' });
});

describe('Step Functions', () => {
  test('an alias is checked as its machine, with the alias as a condition key', () => {
    const input = { stateMachineArn: `${MACHINE}:live` };
    expect(of('states', 'StartExecution', { input })).toEqual([`states:StartExecution ${MACHINE}`]);
    expect(contextOf('states', 'StartExecution', { input })).toEqual([{ 'states:StateMachineQualifier': ['live'] }]);
    expect(contextOf('states', 'StartExecution', { input: { stateMachineArn: MACHINE } })).toEqual([undefined]);
  });

  test('an answer is checked on the machine that waits, a look on the execution', () => {
    expect(of('states', 'SendTaskSuccess', { input: { taskToken: 'T' } })).toEqual([`states:SendTaskSuccess ${MACHINE}`]);
    const executionArn = `arn:aws:states:${AT}:execution:Orders:1`;
    expect(of('states', 'DescribeExecution', { input: { executionArn } })).toEqual([`states:DescribeExecution ${executionArn}`]);
  });
});

test('a function is checked with the qualifier of the call, streamed or not', () => {
  const fn = `arn:aws:lambda:${AT}:function:f`;
  const path = (version: string, name: string, end: string) => ({ url: `/${version}/functions/${encodeURIComponent(name)}/${end}` });
  expect(of('lambda', 'Invoke', path('2015-03-31', 'f', 'invocations?Qualifier=live'))).toEqual([`lambda:InvokeFunction ${fn}:live`]);
  expect(of('lambda', 'Invoke', path('2015-03-31', `${fn}:live`, 'invocations'))).toEqual([`lambda:InvokeFunction ${fn}:live`]);
  expect(of('lambda', 'Invoke', path('2015-03-31', 'f', 'invocations'))).toEqual([`lambda:InvokeFunction ${fn}`]);
  expect(of('lambda', 'InvokeWithResponseStream', path('2021-11-15', 'f', 'response-streaming-invocations'))).toEqual([
    `lambda:InvokeFunction ${fn}`,
  ]);
});

describe('Bedrock', () => {
  const model = (id: string) => ({ url: `/model/${encodeURIComponent(id)}/converse` });
  const foundation = (region: string, id = 'amazon.nova-lite-v1:0') =>
    `bedrock:InvokeModel arn:aws:bedrock:${region}::foundation-model/${id}`;

  test('Converse is InvokeModel, its stream that of the other', () => {
    expect(of('bedrock', 'Converse', model('amazon.nova-lite-v1:0'))).toEqual([foundation('us-east-1')]);
    expect(of('bedrock', 'ConverseStream', model('amazon.nova-lite-v1:0'))).toEqual([
      `bedrock:InvokeModelWithResponseStream arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0`,
    ]);
  });

  test('an inference profile needs itself and the model wherever it may route to, through the profile', () => {
    const profile = `arn:aws:bedrock:${AT}:inference-profile/us.amazon.nova-lite-v1:0`;
    expect(of('bedrock', 'Converse', model('us.amazon.nova-lite-v1:0'))).toEqual([
      `bedrock:InvokeModel ${profile}`,
      foundation('us-east-1'),
      foundation('us-west-2'),
    ]);
    expect(contextOf('bedrock', 'Converse', model('us.amazon.nova-lite-v1:0'))).toEqual([
      undefined,
      { 'bedrock:InferenceProfileArn': profile, 'aws:RequestedRegion': 'us-east-1' },
      { 'bedrock:InferenceProfileArn': profile, 'aws:RequestedRegion': 'us-west-2' },
    ]);
    expect(of('bedrock', 'Converse', model(profile))).toHaveLength(3);
  });

  test('a global profile needs the ARN without a Region', () => {
    expect(of('bedrock', 'Converse', model('global.amazon.nova-2-lite-v1:0'))[2]).toBe(foundation('', 'amazon.nova-2-lite-v1:0'));
    expect(contextOf('bedrock', 'Converse', model('global.amazon.nova-2-lite-v1:0'))[2]).toMatchObject({
      'aws:RequestedRegion': 'unspecified',
    });
  });
});

test('secrets, parameters and keys', () => {
  expect(of('secretsmanager', 'GetSecretValue', { input: { SecretId: 'token' } })).toEqual([
    `secretsmanager:GetSecretValue arn:aws:secretsmanager:${AT}:secret:token-AbCdEf`,
  ]);
  expect(of('ssm', 'GetParameters', { input: { Names: ['/a/b', 'c'] } })).toEqual([
    `ssm:GetParameters arn:aws:ssm:${AT}:parameter/a/b`,
    `ssm:GetParameters arn:aws:ssm:${AT}:parameter/c`,
  ]);
  expect(of('kms', 'Encrypt', { input: { KeyId: 'alias/data' } })).toEqual([`kms:Encrypt ${KEY}`]);
  expect(of('kms', 'Decrypt', { input: { CiphertextBlob: 'sealed' } })).toEqual([`kms:Decrypt ${KEY}`]);
  expect(contextOf('kms', 'Encrypt', { input: { KeyId: 'alias/data', EncryptionContext: { tenant: 'a' } } })).toEqual([
    { 'kms:EncryptionContext:tenant': 'a', 'kms:EncryptionContextKeys': ['tenant'] },
  ]);
});

test('who asks for himself needs nothing, who assumes a role needs that', () => {
  expect(of('sts', 'GetCallerIdentity')).toEqual([]);
  expect(of('sts', 'AssumeRole', { input: { RoleArn: ROLE } })).toEqual([`sts:AssumeRole ${ROLE}`]);
});

test('whoever starts a task or makes a schedule passes roles on', () => {
  const run = { input: { cluster: 'c', taskDefinition: 'worker:1' } };
  expect(of('ecs', 'RunTask', run)).toEqual([`ecs:RunTask arn:aws:ecs:${AT}:task-definition/worker:1`, `iam:PassRole ${ROLE}`]);
  expect(contextOf('ecs', 'RunTask', run)).toEqual([
    { 'ecs:cluster': `arn:aws:ecs:${AT}:cluster/c` },
    { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
  ]);
  const schedule = { url: '/schedules/nightly', input: { GroupName: 'g', Target: { RoleArn: ROLE } } };
  expect(of('scheduler', 'CreateSchedule', schedule)).toEqual([
    `scheduler:CreateSchedule arn:aws:scheduler:${AT}:schedule/g/nightly`,
    `iam:PassRole ${ROLE}`,
  ]);
  expect(of('ecs', 'UpdateService', { input: { cluster: 'c', service: 's' } })).toEqual([
    `ecs:UpdateService arn:aws:ecs:${AT}:service/c/s`,
  ]);
});
