import {
  ConditionalCheckFailedException,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { TableModel } from '../../../../../lib/local/assembly/table';
import { type LocalDynamoDb, startDynamoDb } from '../../../../../lib/local/services/dynamodb/dynamodb';
import { buildLocalServices } from '../../../../../scripts/build-local-services.cjs';
import { gatewayOver, type TestGateway } from '../test-gateway';

const TABLE: TableModel = {
  logicalId: 'Store',
  name: 'store',
  arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/store',
  keySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  attributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'status', AttributeType: 'S' },
  ],
  globalIndexes: [
    { IndexName: 'byStatus', KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
  ],
  localIndexes: [],
  timeToLiveAttribute: 'expiresAt',
};

let now = 1_800_000_000_000;
const clock = { now: () => now, sleep: () => Promise.resolve() };
let service: LocalDynamoDb;
let gateway: TestGateway;
let client: DynamoDBClient;

beforeAll(async () => {
  await buildLocalServices({ quiet: true });
  service = await startDynamoDb({ tables: [TABLE], clock });
  gateway = await gatewayOver(service);
  client = new DynamoDBClient({ ...gateway.client, maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
  await service.stop();
});

const key = (pk: string, sk = 's') => ({ pk: { S: pk }, sk: { S: sk } });
const put = (pk: string, more = {}) => client.send(new PutItemCommand({ TableName: 'store', Item: { ...key(pk), ...more } }));
const get = async (pk: string) => (await client.send(new GetItemCommand({ TableName: 'store', Key: key(pk), ConsistentRead: true }))).Item;

test('queries the template table by key and by its index', async () => {
  await put('q1', { status: { S: 'open' } });
  const byIndex = await client.send(
    new QueryCommand({
      TableName: 'store',
      IndexName: 'byStatus',
      KeyConditionExpression: '#s = :s',
      ExpressionAttributeNames: { '#s': 'status' },
      ExpressionAttributeValues: { ':s': { S: 'open' } },
    }),
  );
  expect(byIndex.Items).toEqual([{ ...key('q1'), status: { S: 'open' } }]);
});

test('fails when a table cannot be created, naming it', async () => {
  await expect(startDynamoDb({ tables: [{ ...TABLE, attributeDefinitions: [] }] })).rejects.toThrow(
    /^table Store cannot be created: ValidationException/,
  );
});

test('the loser of a write-once race gets the recorded item back', async () => {
  const write = (value: string) =>
    client.send(
      new PutItemCommand({
        TableName: 'store',
        Item: { ...key('race'), value: { S: value } },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map(write));
  const recorded = (await get('race'))?.['value'];
  const losers = results.filter((result) => result.status === 'rejected').map((result) => result.reason);
  expect(losers).toHaveLength(3);
  for (const loser of losers) {
    expect(loser).toBeInstanceOf(ConditionalCheckFailedException);
    expect(loser.Item.value).toEqual(recorded);
  }
});

test('a transaction writes all of its actions', async () => {
  await put('t1', { n: { N: '1' } });
  await put('t2');
  await client.send(
    new TransactWriteItemsCommand({
      TransactItems: [
        {
          Update: { TableName: 'store', Key: key('t1'), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } },
        },
        { Delete: { TableName: 'store', Key: key('t2') } },
        { Put: { TableName: 'store', Item: { ...key('t3'), v: { S: 'new' } } } },
        { ConditionCheck: { TableName: 'store', Key: key('t4'), ConditionExpression: 'attribute_not_exists(pk)' } },
      ],
    }),
  );
  const read = await client.send(
    new TransactGetItemsCommand({ TransactItems: ['t1', 't2', 't3', 't4'].map((pk) => ({ Get: { TableName: 'store', Key: key(pk) } })) }),
  );
  expect(read.Responses?.map(({ Item }) => Item)).toEqual([
    { ...key('t1'), n: { N: '2' } },
    undefined,
    { ...key('t3'), v: { S: 'new' } },
    undefined,
  ]);
});

test('a transaction with one failed condition writes nothing and says which', async () => {
  await put('u1', { v: { S: 'before' } });
  await put('u2', { v: { S: 'taken' } });
  const cancelled = await client
    .send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: 'store', Item: { ...key('u1'), v: { S: 'after' } } } },
          { Put: { TableName: 'store', Item: key('u3') } },
          {
            Put: {
              TableName: 'store',
              Item: key('u2'),
              ConditionExpression: 'attribute_not_exists(pk)',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
        ],
      }),
    )
    .catch((error: unknown) => error);
  expect(cancelled).toBeInstanceOf(TransactionCanceledException);
  expect((cancelled as TransactionCanceledException).CancellationReasons).toEqual([
    { Code: 'None' },
    { Code: 'None' },
    { Code: 'ConditionalCheckFailed', Message: expect.any(String), Item: { ...key('u2'), v: { S: 'taken' } } },
  ]);
  expect(await get('u1')).toEqual({ ...key('u1'), v: { S: 'before' } });
  expect(await get('u3')).toBeUndefined();
});

test('transactions and single writes never interleave', async () => {
  await put('c1', { n: { N: '0' } });
  await put('c2', { n: { N: '0' } });
  const add = (pk: string) => ({
    TableName: 'store',
    Key: key(pk),
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  });
  const both = () =>
    client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Update: add('c1') },
          {
            Update: {
              ...add('c2'),
              ConditionExpression: 'n < :max',
              ExpressionAttributeValues: { ':one': { N: '1' }, ':max': { N: '10' } },
            },
          },
        ],
      }),
    );
  const work = Array.from({ length: 15 }, both);
  const singles = Array.from({ length: 15 }, () => client.send(new UpdateItemCommand(add('c1'))));
  const done = (await Promise.allSettled(work)).filter(({ status }) => status === 'fulfilled').length;
  await Promise.all(singles);
  expect(done).toBe(10);
  expect((await get('c2'))?.['n']).toEqual({ N: '10' });
  expect((await get('c1'))?.['n']).toEqual({ N: '25' });
});

test('a repeated request token is one transaction, with other content an error', async () => {
  const send = (by: string) =>
    client.send(
      new TransactWriteItemsCommand({
        ClientRequestToken: 'once',
        TransactItems: [
          {
            Update: { TableName: 'store', Key: key('token'), UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N: by } } },
          },
        ],
      }),
    );
  await send('1');
  await send('1');
  expect((await get('token'))?.['n']).toEqual({ N: '1' });
  await expect(send('2')).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
  now += 10 * 60_000;
  await send('2');
  expect((await get('token'))?.['n']).toEqual({ N: '3' });
});

test.each([
  [
    'twice the same item',
    [{ Put: { TableName: 'store', Item: key('same') } }, { Delete: { TableName: 'store', Key: key('same') } }],
    'ValidationException',
  ],
  ['an unknown table', [{ Put: { TableName: 'nowhere', Item: key('x') } }], 'ResourceNotFoundException'],
  ['101 actions', Array.from({ length: 101 }, (_, i) => ({ Put: { TableName: 'store', Item: key(`many${i}`) } })), 'ValidationException'],
])('fails when a transaction names %s', async (_case, TransactItems, name) => {
  await expect(client.send(new TransactWriteItemsCommand({ TransactItems }))).rejects.toMatchObject({ name });
});

test('time to live comes from the template and is swept by the given clock', async () => {
  const described = await client.send(new DescribeTimeToLiveCommand({ TableName: 'store' }));
  expect(described.TimeToLiveDescription).toEqual({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' });
  const seconds = Math.floor(now / 1000);
  await put('dead', { expiresAt: { N: String(seconds - 1) } });
  await put('alive', { expiresAt: { N: String(seconds + 60) } });
  await put('wrong', { expiresAt: { S: 'never' } });
  expect(await service.sweep()).toBe(1);
  expect(await get('dead')).toBeUndefined();
  now += 61_000;
  expect(await service.sweep()).toBe(1);
  expect(await get('wrong')).toBeDefined();
  await client.send(
    new UpdateTimeToLiveCommand({ TableName: 'store', TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: false } }),
  );
  await put('dead', { expiresAt: { N: '1' } });
  expect(await service.sweep()).toBe(0);
  const left = await client.send(new ScanCommand({ TableName: 'store', FilterExpression: 'attribute_exists(expiresAt)' }));
  expect(left.Count).toBe(2);
});

test('500 parallel increments are all counted', async () => {
  await Promise.all(
    Array.from({ length: 500 }, () =>
      client.send(
        new UpdateItemCommand({
          TableName: 'store',
          Key: key('count'),
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      ),
    ),
  );
  expect((await get('count'))?.['n']).toEqual({ N: '500' });
});
