import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { type Artifacts, createAgent, type Live, logGroup } from './functions';
import { giveMemory } from './memory';
import { allowEndpoints, type TwinNetwork } from './network';

const TIMEOUT = Duration.minutes(5);

/** The chat agent in the private network, with its memory, behind a REST API that streams. */
export function createChat(stack: Stack, artifacts: Artifacts, network: TwinNetwork, modelId: string): apigateway.RestApi {
  const chat = createAgent(stack, 'Chat', artifacts, {
    handler: 'agent',
    modelId,
    timeout: TIMEOUT,
    vpc: network.vpc,
    vpcSubnets: network.subnets,
    reservedConcurrentExecutions: 20,
  });
  (chat.alias.node.defaultChild as CfnAlias).provisionedConcurrencyConfig = { provisionedConcurrentExecutions: 1 };
  allowEndpoints(network, chat.function);
  giveMemory(stack, network, chat.function);
  return createStreamApi(stack, chat);
}

function createStreamApi(stack: Stack, { alias }: Live): apigateway.RestApi {
  const api = new apigateway.RestApi(stack, 'ChatApi', {
    description: 'Streams the answers of an agent',
    endpointTypes: [apigateway.EndpointType.REGIONAL],
    cloudWatchRole: true,
    deployOptions: {
      tracingEnabled: true,
      metricsEnabled: true,
      accessLogDestination: new apigateway.LogGroupLogDestination(logGroup(stack, 'ChatApiAccessLog')),
      accessLogFormat: apigateway.AccessLogFormat.jsonWithStandardFields(),
      throttlingRateLimit: 10,
      throttlingBurstLimit: 20,
    },
  });
  const integration = new apigateway.LambdaIntegration(alias, {
    responseTransferMode: apigateway.ResponseTransferMode.STREAM,
    timeout: TIMEOUT,
    allowTestInvoke: false,
  });
  api.root.addMethod('POST', integration, {
    authorizationType: apigateway.AuthorizationType.IAM,
    requestValidator: new apigateway.RequestValidator(stack, 'ChatApiValidator', {
      restApi: api,
      validateRequestBody: true,
      validateRequestParameters: true,
    }),
    requestModels: {
      'application/json': api.addModel('Request', {
        contentType: 'application/json',
        schema: { schema: apigateway.JsonSchemaVersion.DRAFT4, type: apigateway.JsonSchemaType.OBJECT },
      }),
    },
  });
  return api;
}
