import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, type IHttpRouteAuthorizer, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IAlias } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Requests per second, and at once, that reach the router; raise them on the stage. */
const THROTTLE = { rateLimit: 100, burstLimit: 200 };

/** An HTTP API whose every route asks the authorizer who is calling. */
export function createHttpApi(scope: Construct, alias: IAlias, authorizer: IHttpRouteAuthorizer): HttpApi {
  const api = new HttpApi(scope, 'Api', { createDefaultStage: false, description: 'Requests to a hybrid router' });
  const accessLogs = new LogGroup(scope, 'AccessLogs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  new HttpStage(scope, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: THROTTLE,
    accessLogSettings: { destination: new LogGroupLogDestination(accessLogs), format: accessLogFormat() },
  });
  const integration = new HttpLambdaIntegration('Router', alias);
  api.addRoutes({ path: '/', methods: [HttpMethod.POST], integration, authorizer });
  api.addRoutes({ path: '/responses/{id}', methods: [HttpMethod.GET], integration, authorizer });
  return api;
}

function accessLogFormat(): AccessLogFormat {
  const fields = ['requestId', 'requestTime', 'routeKey', 'status', 'integrationErrorMessage', 'authorizer.error'];
  return AccessLogFormat.custom(JSON.stringify(Object.fromEntries(fields.map((field) => [field, `$context.${field}`]))));
}
