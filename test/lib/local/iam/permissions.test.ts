import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Stack } from 'aws-cdk-lib/core';
import type { LocalRunner } from '../../../../lib/local/local-runner';
import { inlineFunction, runSmall, stopAll } from '../small-app';

jest.setTimeout(120_000);

/** Calls one operation with the client's own words, and answers what it throws. */
const CALL = `
  const [service, operation] = event.call.split('.');
  const sdk = require('@aws-sdk/client-' + service);
  const Client = Object.keys(sdk).find((name) => name.endsWith('Client') && name !== '__Client');
  try {
    const client = new sdk[Client]({ maxAttempts: 1, forcePathStyle: true });
    const { $metadata, Body, ...answer } = await client.send(new sdk[operation + 'Command'](event.input));
    return { answer };
  } catch (error) {
    return { name: error.name, message: error.message, status: error.$metadata?.httpStatusCode };
  }`;

const notices: string[] = [];
let local: LocalRunner;
let names: { table: string; bucket: string; queue: string; open: string };

beforeAll(async () => {
  local = await runSmall(
    (stack) => {
      const key = { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } };
      const table = new dynamodb.Table(stack, 'Table', key);
      const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true });
      new sqs.Queue(stack, 'Queue', { enforceSSL: true });
      const open = new sqs.Queue(stack, 'Open');
      open.addToResourcePolicy(
        new iam.PolicyStatement({
          actions: ['sqs:SendMessage'],
          principals: [new iam.AccountRootPrincipal(), new iam.ArnPrincipal(roleOf(stack).roleArn)],
          resources: [open.queueArn],
        }),
      );
      const caller = inlineFunction(stack, 'Caller', CALL, { role: roleOf(stack) });
      table.grantReadData(caller);
      caller.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }));
      caller.addToRolePolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['dynamodb:Scan'], resources: ['*'] }));
      caller.addToRolePolicy(
        new iam.PolicyStatement({ actions: ['sns:Publish'], resources: ['*'], conditions: { StringResembles: { 'sns:Protocol': 'x' } } }),
      );
      const machine = new sfn.StateMachine(stack, 'Machine', {
        definitionBody: sfn.DefinitionBody.fromChainable(
          new tasks.LambdaInvoke(stack, 'Invoke', { lambdaFunction: caller, retryOnServiceExceptions: false }),
        ),
      });
      (
        machine.node.findChild('Role').node.tryFindChild('DefaultPolicy')?.node.defaultChild as iam.CfnPolicy | undefined
      )?.addPropertyOverride('PolicyDocument.Statement', [{ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }]);
    },
    { onNotice: (notice) => notices.push(notice) },
  );
  names = {
    table: local.table('Table').name,
    bucket: local.bucket('Bucket').name,
    queue: local.queue('Queue').url,
    open: local.queue('Open').url,
  };
});

afterAll(stopAll);

const ROLES = new Map<Stack, iam.Role>();

function roleOf(stack: Stack): iam.Role {
  const known =
    ROLES.get(stack) ?? new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), roleName: 'Caller' });
  ROLES.set(stack, known);
  return known;
}

interface Called {
  readonly answer?: unknown;
  readonly name?: string;
  readonly message?: string;
  readonly status?: number;
}

const call = async (operation: string, input: object) => (await local.function('Caller').invoke({ call: operation, input })) as Called;
const me = () => `arn:aws:sts::000000000000:assumed-role/Caller/${local.function('Caller').name}`;

test('what the role allows goes through', async () => {
  expect(await call('dynamodb.GetItem', { TableName: names.table, Key: { id: { S: 'a' } } })).toEqual({ answer: {} });
});

test('what it does not allow is refused in the words of AWS, with the statement and the grant in a notice', async () => {
  const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${names.table}`;
  const message = `User: ${me()} is not authorized to perform: dynamodb:PutItem on resource: ${arn} because no identity-based policy allows the dynamodb:PutItem action`;
  expect(await call('dynamodb.PutItem', { TableName: names.table, Item: { id: { S: 'a' } } })).toEqual({
    name: 'AccessDeniedException',
    message,
    status: 400,
  });
  expect(local.permissions.denials.at(-1)).toMatchObject({ caller: me(), action: 'dynamodb:PutItem', resource: arn, message });
  const line = JSON.stringify({ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: arn });
  expect(notices).toContain(`denied: ${message}; add to the role: ${line}, for instance with table.grantWriteData(grantee)`);
  expect(local.calls({ service: 'dynamodb', operation: 'PutItem' })).toEqual([expect.objectContaining({ denied: message })]);
});

test('an explicit Deny is named as such', async () => {
  const { message } = await call('dynamodb.Scan', { TableName: names.table });
  expect(message).toMatch(
    / is not authorized to perform: dynamodb:Scan on resource: \S+ with an explicit deny in an identity-based policy$/,
  );
  expect(local.permissions.denials.at(-1)?.fix).toMatch(/^the Deny of \w+\/\d+ \(Small\/Role\/DefaultPolicy\/Resource\) forbids it: \{/);
});

test('S3 says that an object is missing only to those who may list the bucket', async () => {
  await local.bucket('Bucket').put('there', 'x');
  expect(await call('s3.GetObject', { Bucket: names.bucket, Key: 'there' })).toMatchObject({ answer: {} });
  expect(await call('s3.GetObject', { Bucket: names.bucket, Key: 'missing' })).toMatchObject({
    name: 'AccessDenied',
    status: 403,
    message: `User: ${me()} is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::${names.bucket}" because no identity-based policy allows the s3:ListBucket action`,
  });
  expect(await call('s3.HeadObject', { Bucket: names.bucket, Key: 'missing' })).toMatchObject({ status: 403 });
  // Whoever runs the stack is an administrator and sees what is there and what is not.
  expect(await local.bucket('Bucket').get('missing')).toBeUndefined();
});

test('a queue lets in whom its policy names, and nobody else', async () => {
  expect(await call('sqs.SendMessage', { QueueUrl: names.open, MessageBody: 'x' })).toMatchObject({
    answer: { MessageId: expect.any(String) },
  });
  expect(await call('sqs.SendMessage', { QueueUrl: names.queue, MessageBody: 'x' })).toMatchObject({
    status: 403,
    message: expect.stringMatching(
      /is not authorized to perform: sqs:sendmessage on resource: \S+ because no identity-based policy allows the sqs:sendmessage action$/,
    ),
  });
});

test('a condition that cannot be evaluated is an error by name, never an allow', async () => {
  expect(await call('sns.Publish', { TopicArn: 'arn:aws:sns:us-east-1:000000000000:t', Message: 'x' })).toMatchObject({
    name: 'PolicyError',
    status: 501,
    message: expect.stringMatching(
      /cannot evaluate sns:Publish on \S+ against policy statement \S+ \(\S+\): condition operator StringResembles is not known/,
    ),
  });
});

test('a call whose permissions nobody wrote down is refused by name', async () => {
  expect(await call('dynamodb.ExecuteStatement', { Statement: 'SELECT * FROM x' })).toMatchObject({
    name: 'UnmappedPermission',
    message: expect.stringMatching(/does not know which permissions ExecuteStatement of dynamodb needs, so it cannot allow it/),
  });
});

test('a task of a state machine fails with the error name that Step Functions has for it', async () => {
  const result = await (await local.workflow('Machine').start({})).result();
  expect(result).toMatchObject({ status: 'FAILED', error: 'Lambda.AWSLambdaException' });
  expect(result.cause).toMatch(
    /is not authorized to perform: lambda:InvokeFunction on resource: \S+ because no identity-based policy allows the lambda:InvokeFunction action \(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException/,
  );
});

test('without a statement its use is denied, with it again it is not', async () => {
  const [read] = local.permissions
    .statements()
    .filter(({ roleArn, statement }) => roleArn.endsWith('/Caller') && JSON.stringify(statement).includes('dynamodb:GetItem'));
  const get = () => call('dynamodb.GetItem', { TableName: names.table, Key: { id: { S: 'a' } } });
  const restore = local.permissions.withdraw(read?.id ?? '');
  expect(await get()).toMatchObject({ name: 'AccessDeniedException' });
  restore();
  expect(await get()).toEqual({ answer: {} });
  expect(() => local.permissions.withdraw('Nothing/0')).toThrow('no role has a statement Nothing/0');
});

test('denials that are only reported stop nothing', async () => {
  const reported: string[] = [];
  const lenient = await runSmall(
    (stack: Stack) => {
      const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      const fn: lambda.Function = inlineFunction(stack, 'Caller', CALL);
      fn.addEnvironment('TABLE', table.tableName);
    },
    { permissions: 'reported', onNotice: (notice) => reported.push(notice) },
  );
  const input = { TableName: lenient.table('Table').name, Item: { id: { S: 'a' } } };
  expect(await lenient.function('Caller').invoke({ call: 'dynamodb.PutItem', input })).toEqual({ answer: {} });
  expect(reported).toContainEqual(expect.stringMatching(/^denied: .* is not authorized to perform: dynamodb:PutItem /));
});

test('a mode that is none is refused with those that are', async () => {
  const odd = runSmall((stack) => void inlineFunction(stack, 'Fn', 'return 1;'), { permissions: 'off' as 'reported' });
  await expect(odd).rejects.toThrow('permissions must be one of enforced, reported, got "off"');
});
