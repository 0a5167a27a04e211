import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { type Artifacts, allow, createServiceHandler, type Live } from './functions';
import { defaultBusArn, type Store, storeEnvironment } from './workflow';

/** Approval links: a function behind an HTTP API, the topic that carries the links, a sweep for decisions that were not delivered. */
export function createApprovals(stack: Stack, artifacts: Artifacts, store: Store): Live {
  const api = new apigatewayv2.HttpApi(stack, 'ApprovalApi', { createDefaultStage: false, description: 'Approval links of a workflow' });
  const topic = new sns.Topic(stack, 'ApprovalTopic', {
    displayName: 'Workflow approvals',
    enforceSSL: true,
    masterKey: kms.Alias.fromAliasName(stack, 'SnsKey', 'alias/aws/sns'),
  });
  const handler = createServiceHandler(stack, 'Approval', artifacts, {
    handler: 'workflow-approval',
    description: 'Mints approval links, shows and takes decisions, and sends them to the workflow',
    timeout: Duration.seconds(29),
    environment: {
      ...storeEnvironment(store),
      APPROVAL_URL: api.apiEndpoint,
      APPROVAL_TOPIC_ARN: topic.topicArn,
      EVENT_BUS_NAME: 'default',
    },
  });
  allow(
    handler.function,
    ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    [store.table.tableArn],
  );
  allow(handler.function, ['sns:Publish'], [topic.topicArn]);
  allow(handler.function, ['events:PutEvents'], [defaultBusArn(stack)]);
  exposeApi(stack, api, handler.alias);
  sweep(stack, handler.alias);
  return handler;
}

function exposeApi(stack: Stack, api: apigatewayv2.HttpApi, alias: lambda.IAlias): void {
  api.addRoutes({
    path: '/approvals/{id}',
    methods: [apigatewayv2.HttpMethod.GET, apigatewayv2.HttpMethod.POST],
    integration: new HttpLambdaIntegration('Approval', alias),
  });
  const accessLogs = new logs.LogGroup(stack, 'ApprovalAccessLogs', { retention: logs.RetentionDays.THREE_MONTHS });
  new apigatewayv2.HttpStage(stack, 'ApprovalStage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: 10, burstLimit: 20 },
    accessLogSettings: {
      destination: new apigatewayv2.LogGroupLogDestination(accessLogs),
      format: AccessLogFormat.custom(
        JSON.stringify({
          requestId: '$context.requestId',
          at: '$context.requestTime',
          route: '$context.routeKey',
          status: '$context.status',
          address: '$context.identity.sourceIp',
          error: '$context.error.message',
        }),
      ),
    },
  });
}

function sweep(stack: Stack, alias: lambda.IAlias): void {
  new scheduler.Schedule(stack, 'ApprovalSweep', {
    description: 'Delivers recorded decisions that the workflow has not received',
    schedule: scheduler.ScheduleExpression.rate(Duration.minutes(5)),
    target: new LambdaInvoke(alias, {
      input: scheduler.ScheduleTargetInput.fromObject({ sweep: true }),
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
    }),
  });
}
