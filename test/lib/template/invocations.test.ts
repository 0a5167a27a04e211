import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration, WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CfnDataSource } from 'aws-cdk-lib/aws-appsync';
import { CfnAgent } from 'aws-cdk-lib/aws-bedrock';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as schedulerTargets from 'aws-cdk-lib/aws-scheduler-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { invocationsOf, invocationsOfFunction } from '../../../lib/template/invocations';
import { readTemplates } from '../../../lib/template/read-templates';
import { ResourceGraph } from '../../../lib/template/resource-graph';

function calls(build: (stack: Stack, fn: lambda.Function, alias: lambda.Alias) => void): string[] {
  const app = new App();
  const stack = new Stack(app, 'S');
  const fn = new lambda.Function(stack, 'F', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('x'),
  });
  build(stack, fn, new lambda.Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion }));
  const [graph] = ResourceGraph.worlds(readTemplates(app.synth().directory));
  const own = graph!.ofType('AWS::Lambda::Function').find(({ path }) => path === 'S/F/Resource')!;
  const found = invocationsOfFunction(graph!, own);
  expect(invocationsOf(graph!)).toEqual(expect.arrayContaining([...found]));
  return found
    .map(({ kind, mode, target, at }) => [kind, mode, target.qualifier, at].filter((part) => part !== undefined).join(' '))
    .sort();
}

const rate = Duration.minutes(5);

test.each<[string, string[], Parameters<typeof calls>[0]]>([
  [
    'an event source',
    ['event-source-mapping polled none'],
    (stack, fn) => fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Q'))),
  ],
  [
    'an event source of an alias',
    ['event-source-mapping polled alias'],
    (stack, _fn, alias) => alias.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Q'))),
  ],
  [
    'a rule',
    ['event-rule asynchronous alias 0'],
    (stack, _fn, alias) =>
      new events.Rule(stack, 'R', { schedule: events.Schedule.rate(rate), targets: [new targets.LambdaFunction(alias)] }),
  ],
  [
    'a schedule',
    ['schedule asynchronous none'],
    (stack, fn) =>
      new scheduler.Schedule(stack, 'R', {
        schedule: scheduler.ScheduleExpression.rate(rate),
        target: new schedulerTargets.LambdaInvoke(fn),
      }),
  ],
  [
    'a topic',
    ['topic asynchronous none'],
    (stack, fn) => new sns.Topic(stack, 'T').addSubscription(new subscriptions.LambdaSubscription(fn)),
  ],
  [
    'a bucket',
    ['bucket asynchronous none 0'],
    (stack, fn) => new s3.Bucket(stack, 'B').addObjectCreatedNotification(new notifications.LambdaDestination(fn)),
  ],
  [
    'a REST API',
    ['rest-api synchronous none', 'rest-api synchronous none'],
    (stack, fn) => new apigateway.LambdaRestApi(stack, 'A', { handler: fn }),
  ],
  [
    'an HTTP API',
    ['http-api synchronous alias'],
    (stack, _fn, alias) => new apigwv2.HttpApi(stack, 'A', { defaultIntegration: new HttpLambdaIntegration('I', alias) }),
  ],
  [
    'a WebSocket API',
    ['websocket-api synchronous none'],
    (stack, fn) => new apigwv2.WebSocketApi(stack, 'A', { connectRouteOptions: { integration: new WebSocketLambdaIntegration('I', fn) } }),
  ],
  ['a URL', ['function-url synchronous none'], (_stack, fn) => fn.addFunctionUrl()],
  ['the URL of an alias', ['function-url synchronous alias'], (_stack, _fn, alias) => alias.addFunctionUrl()],
  [
    'a destination',
    ['destination asynchronous none OnFailure'],
    (stack, fn) =>
      new lambda.Function(stack, 'G', {
        runtime: lambda.Runtime.NODEJS_24_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline('y'),
        onFailure: new destinations.LambdaDestination(fn),
      }),
  ],
  [
    'a task',
    ['state-machine synchronous alias Call'],
    (stack, _fn, alias) =>
      new sfn.StateMachine(stack, 'M', {
        definitionBody: sfn.DefinitionBody.fromChainable(new tasks.LambdaInvoke(stack, 'Call', { lambdaFunction: alias })),
      }),
  ],
  [
    'a task that does not wait',
    ['state-machine asynchronous none Call'],
    (stack, fn) =>
      new sfn.StateMachine(stack, 'M', {
        definitionBody: sfn.DefinitionBody.fromChainable(
          new tasks.LambdaInvoke(stack, 'Call', { lambdaFunction: fn, invocationType: tasks.LambdaInvocationType.EVENT }),
        ),
      }),
  ],
  [
    'a task inside a Map',
    ['state-machine synchronous none Each / Call'],
    (stack, fn) =>
      new sfn.StateMachine(stack, 'M', {
        definitionBody: sfn.DefinitionBody.fromChainable(
          new sfn.Map(stack, 'Each').itemProcessor(tasks.LambdaInvoke.jsonata(stack, 'Call', { lambdaFunction: fn })),
        ),
      }),
  ],
  [
    'the body of an API',
    ['rest-api asynchronous none ANY /late', 'rest-api synchronous none GET /now'],
    (stack, fn) => {
      const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${fn.functionArn}/invocations`;
      const integration = { type: 'aws_proxy', httpMethod: 'POST', uri };
      const requestParameters = { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" };
      const paths = {
        '/now': { get: { 'x-amazon-apigateway-integration': integration }, parameters: [] },
        '/late': { 'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-integration': { ...integration, requestParameters } } },
      };
      new apigateway.SpecRestApi(stack, 'A', { apiDefinition: apigateway.ApiDefinition.fromInline({ openapi: '3.0.1', paths }) });
    },
  ],
  [
    'a WebSocket API that does not wait',
    ['websocket-api asynchronous none'],
    (stack, fn) => {
      const api = new apigwv2.CfnApi(stack, 'A', {
        protocolType: 'WEBSOCKET',
        routeSelectionExpression: '$request.body.action',
        name: 'a',
      });
      new apigwv2.CfnIntegration(stack, 'I', {
        apiId: api.ref,
        integrationType: 'AWS',
        integrationUri: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${fn.functionArn}/invocations`,
        requestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" },
      });
    },
  ],
  [
    'a pipe',
    ['pipe asynchronous none Target', 'pipe synchronous alias Enrichment'],
    (stack, fn, alias) =>
      new CfnPipe(stack, 'P', {
        roleArn: 'arn:aws:iam::111111111111:role/r',
        source: 'arn:aws:sqs:eu-west-1:111111111111:q',
        enrichment: alias.functionArn,
        target: fn.functionArn,
        targetParameters: { lambdaFunctionParameters: { invocationType: 'FIRE_AND_FORGET' } },
      }),
  ],
  [
    'a data source of GraphQL',
    ['graphql synchronous none'],
    (stack, fn) =>
      new CfnDataSource(stack, 'D', { apiId: 'a', name: 'd', type: 'AWS_LAMBDA', lambdaConfig: { lambdaFunctionArn: fn.functionArn } }),
  ],
  [
    'an agent of Bedrock',
    ['agent synchronous alias 0'],
    (stack, _fn, alias) =>
      new CfnAgent(stack, 'B', {
        agentName: 'b',
        actionGroups: [{ actionGroupName: 'g', actionGroupExecutor: { lambda: alias.functionArn } }],
      }),
  ],
  ['nothing', [], () => {}],
])('%s calls the function', (_name, expected, build) => {
  expect(calls(build)).toEqual(expected);
});
