import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as schedulerTargets from 'aws-cdk-lib/aws-scheduler-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import { acknowledge } from '../validation/acknowledge';
import { HandlerFunction } from './handler-function';
import type { WorkflowStore } from './workflow-store';

/** What is said of a route without an authorizer, by two packs of cdk-nag and by ServerlessAiChecks. */
const OPEN_ROUTE_RULES = [
  'AwsSolutions::AwsSolutions-APIG4',
  'Serverless::Serverless-APIGWDefaultAuthorizer',
  'ServerlessAiChecks::api-open-route',
];

export interface ApprovalApiProps {
  readonly store: WorkflowStore;
  readonly eventBus: events.IEventBus;
  readonly topic?: sns.ITopic;
  readonly authorizer?: apigatewayv2.IHttpRouteAuthorizer;
}

/** Requests per second, and at once, that the public routes let through: people click links, nobody else has business here. */
const THROTTLE = { rateLimit: 10, burstLimit: 20 };
const SWEEP_EVERY = Duration.minutes(5);

/** Links that approvers open: an HTTP API in front of the approval function, the topic that carries the links, and a sweep for lost decisions. */
export class ApprovalApi extends Construct {
  readonly handler: HandlerFunction;
  readonly api: apigatewayv2.HttpApi;
  readonly topic: sns.ITopic;
  readonly url: string;

  constructor(scope: Construct, id: string, props: ApprovalApiProps) {
    super(scope, id);
    this.api = new apigatewayv2.HttpApi(this, 'Api', { createDefaultStage: false, description: 'Approval links of a workflow' });
    this.createStage();
    this.url = this.api.apiEndpoint;
    this.topic = props.topic ?? this.createTopic();
    this.handler = this.createHandler(props);
    this.addRoutes(props.authorizer);
    this.createSweep();
  }

  /** A policy beside the role's own: the machine needs the function and the function needs the machine, and only this way not in a circle. */
  allowAnswers(stateMachineArn: string): iam.Policy {
    const policy = new iam.Policy(this, 'Answers', {
      statements: [
        new iam.PolicyStatement({
          actions: ['states:SendTaskSuccess'],
          resources: [stateMachineArn],
        }),
      ],
    });
    this.handler.function.role?.attachInlinePolicy(policy);
    return policy;
  }

  private createStage(): void {
    const accessLogs = new logs.LogGroup(this, 'AccessLogs', { retention: logs.RetentionDays.THREE_MONTHS });
    const fields = { requestId: '$context.requestId', at: '$context.requestTime', route: '$context.routeKey', status: '$context.status' };
    new apigatewayv2.HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: {
        destination: new apigatewayv2.LogGroupLogDestination(accessLogs),
        // The route and nothing of the link itself: a link is a credential.
        format: AccessLogFormat.custom(
          JSON.stringify({ ...fields, address: '$context.identity.sourceIp', error: '$context.error.message' }),
        ),
      },
    });
  }

  private createTopic(): sns.Topic {
    return new sns.Topic(this, 'Topic', {
      displayName: 'Workflow approvals',
      enforceSSL: true,
      masterKey: kms.Alias.fromAliasName(this, 'TopicKey', 'alias/aws/sns'),
    });
  }

  private createHandler({ store, eventBus, topic }: ApprovalApiProps): HandlerFunction {
    const handler = new HandlerFunction(this, 'Handler', {
      handler: 'workflow-approval',
      description: 'Mints approval links, shows and takes decisions, and sends them to the workflow',
      timeout: Duration.seconds(29),
      onFailure: 'its callers wait for the answer (Step Functions, the HTTP API) or call again (the sweep, every 5 minutes)',
      environment: {
        ...store._tableEnvironment(),
        [Env.approvalUrl]: this.url,
        [Env.approvalTopicArn]: this.topic.topicArn,
        [Env.eventBusName]: eventBus.eventBusName,
      },
    });
    handler.allow(
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      [store.table.tableArn],
    );
    store.table.encryptionKey?.grantEncryptDecrypt(handler.function);
    // A topic from outside brings its own key and policy; ours is encrypted with the key of the service, which needs no grant.
    if (topic === undefined) handler.allow(['sns:Publish'], [this.topic.topicArn]);
    else topic.grantPublish(handler.function);
    handler.allow(['events:PutEvents'], [eventBus.eventBusArn]);
    return handler;
  }

  private addRoutes(authorizer: apigatewayv2.IHttpRouteAuthorizer | undefined): void {
    const routes = this.api.addRoutes({
      path: '/approvals/{id}',
      methods: [apigatewayv2.HttpMethod.GET, apigatewayv2.HttpMethod.POST],
      integration: new integrations.HttpLambdaIntegration('Approval', this.handler.alias),
      authorizer,
    });
    if (authorizer !== undefined) return;
    const reason =
      'a link in a mail cannot sign a request: the one-use, expiring link, stored hashed and minted for one approver, is the credential; ' +
      'pass approvalAuthorizer to ask for an identity as well';
    for (const route of routes) {
      for (const id of OPEN_ROUTE_RULES) acknowledge(route, { id, reason });
    }
  }

  /** A decision that was recorded and not delivered, because something crashed in between, is delivered here. */
  private createSweep(): void {
    const reason = 'a sweep that failed is worth nothing later: the next one delivers what it did not';
    acknowledge(this, { id: 'ServerlessAiChecks::lambda-async-failure', reason });
    new scheduler.Schedule(this, 'Sweep', {
      description: 'Delivers recorded decisions that the workflow has not received',
      schedule: scheduler.ScheduleExpression.rate(SWEEP_EVERY),
      target: new schedulerTargets.LambdaInvoke(this.handler.alias, {
        input: scheduler.ScheduleTargetInput.fromObject({ sweep: true }),
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
      }),
    });
  }
}
