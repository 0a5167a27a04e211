import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { functionUrls, httpApis, restApis } from '../../../../lib/local/assembly/apis';
import { caches } from '../../../../lib/local/assembly/cache';
import { rules, schedules } from '../../../../lib/local/assembly/event-models';
import { functionSpecs } from '../../../../lib/local/assembly/functions';
import { buckets, queues, topics } from '../../../../lib/local/assembly/messaging';
import type { ResolvedStack } from '../../../../lib/local/assembly/resolved-stack';
import { Resolver } from '../../../../lib/local/assembly/resolver';
import { secrets } from '../../../../lib/local/assembly/secret';
import { stateMachines } from '../../../../lib/local/assembly/state-machines';
import { tables } from '../../../../lib/local/assembly/table';
import { containerServices, eventSources } from '../../../../lib/local/assembly/work-models';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const directory = mkdtempSync(join(tmpdir(), 'models-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** One of everything that the runner serves, made with CDK's own constructs. */
function synthesize(): ResolvedStack {
  const app = new App({ outdir: join(directory, 'out') });
  const stack = new Stack(app, 'App');
  writeFileSync(join(directory, 'index.js'), 'exports.handler = async () => 1;');

  const dead = new sqs.Queue(stack, 'Dead', { queueName: 'dead' });
  const work = new sqs.Queue(stack, 'Work', {
    queueName: 'work',
    visibilityTimeout: Duration.seconds(90),
    deadLetterQueue: { queue: dead, maxReceiveCount: 5 },
  });
  new sqs.Queue(stack, 'Ordered', { fifo: true, contentBasedDeduplication: true });
  const table = new dynamodb.Table(stack, 'Table', {
    tableName: 'store',
    partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expiresAt',
  });
  table.addGlobalSecondaryIndex({ indexName: 'byStatus', partitionKey: { name: 'status', type: dynamodb.AttributeType.NUMBER } });

  const fn = new lambda.Function(stack, 'Fn', {
    functionName: 'fn',
    code: lambda.Code.fromAsset(directory, { exclude: ['out'] }),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    timeout: Duration.seconds(7),
    memorySize: 512,
    reservedConcurrentExecutions: 4,
    environment: { TABLE: table.tableName, QUEUE: work.queueUrl },
  });
  const alias = new lambda.Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion });
  alias.configureAsyncInvoke({ onFailure: new SqsDestination(dead), retryAttempts: 1 });
  fn.addEventSource(new SqsEventSource(work, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 3 }));
  alias.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM, invokeMode: lambda.InvokeMode.RESPONSE_STREAM });

  const machine = new sfn.StateMachine(stack, 'Machine', {
    stateMachineName: 'machine',
    definitionBody: sfn.DefinitionBody.fromString(
      `{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Comment":"${fn.functionArn}"}}}`,
    ),
  });
  const cfnMachine = machine.node.defaultChild as sfn.CfnStateMachine;
  const version = new sfn.CfnStateMachineVersion(stack, 'V', {
    stateMachineArn: machine.stateMachineArn,
    stateMachineRevisionId: cfnMachine.attrStateMachineRevisionId,
  });
  new sfn.CfnStateMachineAlias(stack, 'A', {
    name: 'live',
    routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
  });

  new s3.Bucket(stack, 'Plain', { bucketName: 'plain', versioned: true });
  new s3.Bucket(stack, 'Documents', { bucketName: 'documents', eventBridgeEnabled: true });
  const topic = new sns.Topic(stack, 'Topic', { topicName: 'topic' });
  topic.addSubscription(new SqsSubscription(work, { rawMessageDelivery: true }));

  new events.Rule(stack, 'Rule', {
    ruleName: 'rule',
    eventPattern: { source: ['aws.s3'], detail: { bucket: { name: ['documents'] } } },
    targets: [
      new targets.LambdaFunction(alias, {
        event: events.RuleTargetInput.fromObject({ key: events.EventField.fromPath('$.detail.object.key') }),
      }),
    ],
  });
  new scheduler.Schedule(stack, 'Every', {
    scheduleName: 'every',
    schedule: scheduler.ScheduleExpression.rate(Duration.minutes(5)),
    target: new LambdaInvoke(fn, { retryAttempts: 0, input: scheduler.ScheduleTargetInput.fromObject({ a: 1 }) }),
  });

  const http = new apigatewayv2.HttpApi(stack, 'Http');
  http.addRoutes({
    path: '/approvals/{id}',
    methods: [apigatewayv2.HttpMethod.GET, apigatewayv2.HttpMethod.POST],
    integration: new HttpLambdaIntegration('I', alias),
  });
  const rest = new apigateway.RestApi(stack, 'Rest', {
    deployOptions: { stageName: 'prod' },
    defaultCorsPreflightOptions: { allowOrigins: ['*'] },
  });
  rest.root
    .addResource('chat')
    .addResource('{id}')
    .addMethod('POST', new apigateway.LambdaIntegration(alias, { responseTransferMode: apigateway.ResponseTransferMode.STREAM }), {
      authorizationType: apigateway.AuthorizationType.IAM,
    });

  new secretsmanager.Secret(stack, 'Key', { secretName: 'key' });
  new elasticache.CfnUser(stack, 'User', {
    engine: 'valkey',
    userId: 'chat',
    userName: 'chat',
    accessString: 'on ~chat:* +@all',
    authenticationMode: { Type: 'iam' },
  });
  new elasticache.CfnUserGroup(stack, 'Group', { engine: 'valkey', userGroupId: 'group', userIds: ['chat'] });
  new elasticache.CfnServerlessCache(stack, 'Cache', { engine: 'valkey', serverlessCacheName: 'cache', userGroupId: 'group' });

  const task = new ecs.CfnTaskDefinition(stack, 'Task', { family: 'job' });
  const cluster = new ecs.CfnCluster(stack, 'Cluster', { clusterName: 'cluster' });
  new ecs.CfnService(stack, 'Workers', { serviceName: 'workers', cluster: cluster.attrArn, taskDefinition: task.ref, desiredCount: 0 });

  app.synth();
  return Resolver.read(join(directory, 'out')).stack('App');
}

const stack = synthesize();

test('functions with their settings, aliases and asynchronous configuration by qualifier', () => {
  const [spec] = functionSpecs(stack).filter(({ name }) => name === 'fn');
  expect(spec).toMatchObject({
    name: 'fn',
    arn: arn('lambda', 'function:fn'),
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    environment: { TABLE: 'store', QUEUE: 'https://sqs.us-east-1.amazonaws.com/000000000000/work' },
    timeoutMs: 7000,
    memoryMb: 512,
    reservedConcurrency: 4,
    aliases: { live: '1' },
    onFailure: { live: arn('sqs', 'dead') },
    retryAttempts: { live: 1 },
  });
  expect(spec?.codeDirectory).toMatch(/asset\.[0-9a-f]{64}$/);
  expect(spec?.roleArn).toMatch(/^arn:aws:iam::000000000000:role\/App-FnServiceRole/);
});

test('state machines with their aliases, role and a definition without intrinsics', () => {
  const [machine] = stateMachines(stack);
  expect(machine).toMatchObject({
    name: 'machine',
    arn: arn('states', 'stateMachine:machine'),
    aliasArns: [arn('states', 'stateMachine:machine:live')],
    path: 'App/Machine',
  });
  expect(JSON.parse(machine?.definition ?? '').States.A.Comment).toBe(arn('lambda', 'function:fn'));
  expect(stack.identity('V').arn).toBe(arn('states', 'stateMachine:machine:1'));
});

test('tables with keys, indexes and time to live', () => {
  expect(tables(stack)).toEqual([
    {
      logicalId: expect.any(String),
      name: 'store',
      arn: arn('dynamodb', 'table/store'),
      keySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      attributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: 'status', AttributeType: 'N' },
      ],
      globalIndexes: [
        { IndexName: 'byStatus', KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
      ],
      localIndexes: [],
      timeToLiveAttribute: 'expiresAt',
    },
  ]);
});

test('queues, buckets and topics', () => {
  const [, work, ordered] = queues(stack);
  expect(work).toMatchObject({
    name: 'work',
    visibilityTimeoutSeconds: 90,
    fifo: false,
    redrive: { deadLetterTargetArn: arn('sqs', 'dead'), maxReceiveCount: 5 },
  });
  expect(ordered).toMatchObject({ name: expect.stringMatching(/^App-Ordered.*\.fifo$/), fifo: true, contentBasedDeduplication: true });
  expect(buckets(stack).map(({ name, sendsToEventBridge, versioned }) => [name, sendsToEventBridge, versioned])).toEqual([
    ['plain', false, true],
    ['documents', true, false],
  ]);
  expect(topics(stack)).toMatchObject([
    { name: 'topic', subscriptions: [{ protocol: 'sqs', endpoint: arn('sqs', 'work'), rawMessageDelivery: true }] },
  ]);
});

test('rules, schedules and event sources', () => {
  expect(rules(stack)).toMatchObject([
    {
      name: 'rule',
      busName: 'default',
      enabled: true,
      pattern: { source: ['aws.s3'], detail: { bucket: { name: ['documents'] } } },
      targets: [
        {
          arn: arn('lambda', 'function:fn:live'),
          inputTransformer: { paths: { 'detail-object-key': '$.detail.object.key' }, template: '{"key":<detail-object-key>}' },
        },
      ],
    },
  ]);
  expect(schedules(stack)).toMatchObject([
    {
      name: 'every',
      expression: 'rate(5 minutes)',
      enabled: true,
      flexibleMinutes: 0,
      target: { arn: arn('lambda', 'function:fn'), input: '{"a":1}', maximumRetryAttempts: 0 },
    },
  ]);
  expect(eventSources(stack)).toMatchObject([
    {
      functionArn: arn('lambda', 'function:fn'),
      sourceArn: arn('sqs', 'work'),
      batchSize: 1,
      enabled: true,
      reportsBatchItemFailures: true,
      maximumConcurrency: 3,
      filters: [],
    },
  ]);
});

test('APIs with their routes to functions', () => {
  const live = arn('lambda', 'function:fn:live');
  expect(httpApis(stack)).toMatchObject([
    {
      kind: 'http',
      stage: '$default',
      routes: [
        { routeKey: 'GET /approvals/{id}', functionArn: live, payloadFormat: '2.0', authorization: 'NONE' },
        { routeKey: 'POST /approvals/{id}', functionArn: live },
      ],
    },
  ]);
  expect(restApis(stack)).toMatchObject([
    { kind: 'rest', stage: 'prod', routes: [{ routeKey: 'POST /chat/{id}', functionArn: live, streamed: true, authorization: 'AWS_IAM' }] },
  ]);
  expect(functionUrls(stack)).toMatchObject([{ functionArn: arn('lambda', 'function:fn:live'), streamed: true, authorization: 'AWS_IAM' }]);
});

test('secrets, caches and container services', () => {
  expect(secrets(stack)).toMatchObject([
    { name: 'key', arn: expect.stringMatching(/:secret:key-[A-Z0-9]{6}$/), value: expect.stringMatching(/^[!-~]{32}$/) },
  ]);
  expect(caches(stack)).toMatchObject([
    { name: 'cache', engine: 'valkey', users: [{ userName: 'chat', accessString: 'on ~chat:* +@all' }] },
  ]);
  expect(containerServices(stack)).toMatchObject([
    { cluster: 'cluster', service: 'workers', desiredCount: 0, taskDefinitionArn: arn('ecs', 'task-definition/job:1') },
  ]);
});
