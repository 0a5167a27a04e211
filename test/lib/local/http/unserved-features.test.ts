import { httpApis } from '../../../../lib/local/assembly/apis';
import { unservedFeatures } from '../../../../lib/local/http/unserved-features';
import { stackOf } from '../assembly/written-assembly';

const FUNCTION_URI = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const method = (properties: object) => ({ Type: 'AWS::ApiGateway::Method', Properties: properties });
const integration = (IntegrationUri: string) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: { ApiId: { Ref: 'Api' }, IntegrationUri },
});
const route = (RouteKey: string, id: string) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { ApiId: { Ref: 'Api' }, RouteKey, Target: { 'Fn::Join': ['/', ['integrations', { Ref: id }]] } },
});

test('what APIs do on AWS and not here is said once for each kind, with its names', () => {
  const stack = stackOf({
    Resources: {
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', CorsConfiguration: { AllowOrigins: ['*'] } } },
      Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', Cors: { AllowOrigins: ['*'] } } },
      Preflight: method({ HttpMethod: 'OPTIONS', Integration: { Type: 'MOCK' } }),
      Keyed: method({ HttpMethod: 'GET', ApiKeyRequired: true, Integration: { Type: 'AWS_PROXY' } }),
      Validated: method({ HttpMethod: 'POST', RequestValidatorId: 'v', Integration: { Type: 'AWS_PROXY' } }),
      Elsewhere: integration('https://example.com'),
      ToFunction: integration(FUNCTION_URI),
      Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { MethodSettings: [{ ThrottlingRateLimit: 1 }] } },
      Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { Throttle: { RateLimit: 1 } } },
      HttpStage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { RouteSettings: { 'GET /': { ThrottlingBurstLimit: 1 } } } },
    },
  });
  expect(unservedFeatures([stack])).toEqual([
    'preflight requests are not answered and no CORS headers are added here: Api, Url',
    'only routes to functions are served here, so nothing answers: Preflight, Elsewhere',
    'requests to APIs are not throttled here: Stage, Plan, HttpStage',
    'API keys are not asked for here: Keyed',
    'requests are not validated here: Validated',
  ]);
});

test('a plain API has nothing to be said of, and one route to something else does not keep the others from being served', () => {
  const resources = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
    ToFunction: integration(FUNCTION_URI),
    Function: route('GET /f', 'ToFunction'),
  };
  expect(unservedFeatures([stackOf({ Resources: resources })])).toEqual([]);
  const mixed = stackOf({
    Resources: { ...resources, Elsewhere: integration('https://example.com'), Other: route('GET /o', 'Elsewhere') },
  });
  expect(httpApis(mixed).flatMap(({ routes }) => routes.map(({ routeKey }) => routeKey))).toEqual(['GET /f']);
});
