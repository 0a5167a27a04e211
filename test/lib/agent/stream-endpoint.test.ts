import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration, type Stack, Validations } from 'aws-cdk-lib/core';
import { AgentCode } from '../../../lib/agent/agent-code';
import { StreamTransport } from '../../../lib/agent/ai-agent-function-props';
import { PrivateNetwork } from '../../../lib/network/private-network';
import { type AgentProps, createAgent } from './agent-fixture';

const caller = (stack: Stack) => new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
const authorizer = (stack: Stack) =>
  new apigateway.CognitoUserPoolsAuthorizer(stack, 'Users', { cognitoUserPools: [new cognito.UserPool(stack, 'Pool')] });

test('streams nothing unless asked', () => {
  const { agent, template } = createAgent();
  template().resourceCountIs('AWS::Lambda::Url', 0);
  template().resourceCountIs('AWS::ApiGateway::RestApi', 0);
  expect(agent.streamEndpoint).toBeUndefined();
});

describe('outside a VPC', () => {
  test('is a function URL on the alias for signed requests, without CORS', () => {
    const { agent, template } = createAgent({ responseStreaming: true });
    template().hasResourceProperties('AWS::Lambda::Url', {
      AuthType: 'AWS_IAM',
      InvokeMode: 'RESPONSE_STREAM',
      Qualifier: 'live',
      Cors: Match.absent(),
    });
    template().resourceCountIs('AWS::ApiGateway::RestApi', 0);
    expect(agent.streamEndpoint).toBe(agent.streamUrl?.url);
  });

  test('grants both actions that a URL takes', () => {
    const { stack, agent, template } = createAgent({ responseStreaming: true });
    agent.grantInvokeUrl(caller(stack));
    const policies = JSON.stringify(
      template().findResources('AWS::IAM::Policy', { Properties: { PolicyName: Match.stringLikeRegexp('^Caller') } }),
    );
    expect(policies).toContain('lambda:InvokeFunctionUrl');
    expect(policies).toContain('"lambda:InvokeFunction"');
  });

  test.each<[string, (stack: Stack) => AgentProps]>([
    ['an authorizer', (stack) => ({ streamAuthorizer: authorizer(stack) })],
    ['a stated transport', () => ({ streamVia: StreamTransport.REST_API })],
  ])('is a REST API with %s', (_name, props) => {
    createAgent((stack) => ({ responseStreaming: true, ...props(stack) }))
      .template()
      .resourceCountIs('AWS::ApiGateway::RestApi', 1);
  });
});

describe('in a VPC', () => {
  const inVpc = (props: AgentProps = {}) =>
    createAgent((stack) => ({ responseStreaming: true, network: new PrivateNetwork(stack, 'Network'), ...props }));

  test('is a regional REST API that streams from the alias, behind IAM', () => {
    const { agent, template } = inVpc({ timeout: Duration.minutes(15) });
    template().hasResourceProperties('AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } });
    template().hasResourceProperties('AWS::ApiGateway::Method', {
      HttpMethod: 'POST',
      AuthorizationType: 'AWS_IAM',
      Integration: {
        Type: 'AWS_PROXY',
        ResponseTransferMode: 'STREAM',
        TimeoutInMillis: 900_000,
        Uri: { 'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('^AgentAlias') }, '/response-streaming-invocations'])] },
      },
    });
    template().resourceCountIs('AWS::Lambda::Url', 0);
    expect(agent.streamEndpoint).toBe(agent.streamApi?.url);
  });

  test.each([
    [30, 30_000],
    [900, 900_000],
  ])('waits as long as the function may run: %d s', (functionSeconds, milliseconds) => {
    inVpc({ timeout: Duration.seconds(functionSeconds) })
      .template()
      .hasResourceProperties('AWS::ApiGateway::Method', { Integration: { TimeoutInMillis: milliseconds } });
  });

  test('validates, logs, traces and throttles', () => {
    const template = inVpc({ streamThrottle: { rateLimit: 5 } }).template();
    template.hasResourceProperties('AWS::ApiGateway::RequestValidator', { ValidateRequestBody: true, ValidateRequestParameters: true });
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      AccessLogSetting: { DestinationArn: Match.anyValue(), Format: Match.stringLikeRegexp('requestId') },
      TracingEnabled: true,
      MethodSettings: [Match.objectLike({ ThrottlingRateLimit: 5, ThrottlingBurstLimit: 20, DataTraceEnabled: false })],
    });
    template.resourceCountIs('AWS::ApiGateway::Account', 1);
  });

  test('is open to nobody by CORS', () => {
    inVpc().template().resourcePropertiesCountIs('AWS::ApiGateway::Method', { HttpMethod: 'OPTIONS' }, 0);
  });

  test('takes the authorizer of the caller', () => {
    createAgent((stack) => ({
      responseStreaming: true,
      network: new PrivateNetwork(stack, 'Network'),
      streamAuthorizer: authorizer(stack),
    }))
      .template()
      .hasResourceProperties('AWS::ApiGateway::Method', { AuthorizationType: 'COGNITO_USER_POOLS', HttpMethod: 'POST' });
  });

  test('grants the one method', () => {
    const { stack, agent, template } = inVpc();
    agent.grantInvokeUrl(caller(stack));
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('^Caller'),
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Action: 'execute-api:Invoke',
            Resource: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('/POST/$')])] },
          }),
        ],
      },
    });
  });

  test('by function URL is a warning that can be acknowledged', () => {
    const { stack, template } = inVpc({ streamVia: StreamTransport.FUNCTION_URL });
    Annotations.fromStack(stack).hasWarning(
      '/Test/Agent',
      Match.stringLikeRegexp('does not support response streaming.*lambda.stream.vpc'),
    );
    template().resourceCountIs('AWS::Lambda::Url', 1);

    const acknowledged = inVpc({ streamVia: StreamTransport.FUNCTION_URL });
    Validations.of(acknowledged.agent).acknowledge({ id: 'serverless-ai:lambda.stream.vpc', reason: 'tested in this Region' });
    expect(Annotations.fromStack(acknowledged.stack).findWarning('/Test/Agent', Match.stringLikeRegexp('lambda.stream.vpc'))).toEqual([]);
  });
});

describe('runtimes', () => {
  const python = { code: AgentCode.inline('def handler(event, context): pass'), runtime: lambda.Runtime.PYTHON_3_13 };

  test('fails when a managed runtime cannot stream', () => {
    expect(() => createAgent({ ...python, responseStreaming: true })).toThrow(
      'responseStreaming needs a Node.js runtime, got python3.13; set AWS_LAMBDA_EXEC_WRAPPER (Lambda Web Adapter) or use ContainerInferenceFunction',
    );
  });

  test('accepts one behind a web server', () => {
    createAgent({ ...python, responseStreaming: true, environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/bootstrap' } })
      .template()
      .resourceCountIs('AWS::Lambda::Url', 1);
  });

  test('accepts a custom runtime', () => {
    const code = AgentCode.directory(__dirname);
    createAgent({ code, runtime: lambda.Runtime.PROVIDED_AL2023, responseStreaming: true })
      .template()
      .resourceCountIs('AWS::Lambda::Url', 1);
  });
});

test.each<[AgentProps, string]>([
  [{ streamVia: StreamTransport.REST_API }, 'streamVia has no effect without responseStreaming; set responseStreaming: true'],
  [{ streamThrottle: { rateLimit: 1 } }, 'streamThrottle has no effect without responseStreaming; set responseStreaming: true'],
  [
    { responseStreaming: true, streamThrottle: { rateLimit: 1 } },
    'streamThrottle belongs to a REST API; use streamVia: StreamTransport.REST_API',
  ],
])('fails when given %j', (props, message) => {
  expect(() => createAgent(props)).toThrow(`Test/Agent: ${message} [AiAgentFunction.InvalidProps]`);
});

test('fails when a stream is granted that is not there', () => {
  const { stack, agent } = createAgent();
  expect(() => agent.grantInvokeUrl(caller(stack))).toThrow(
    'Test/Agent: there is no stream to grant; set responseStreaming: true [AiAgentFunction.NotStreaming]',
  );
});
