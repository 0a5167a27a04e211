import type { IdentityContext, Kind } from './identity';
import { ACCOUNT, arn, REGION, token } from './physical-name';

/** An id as API Gateway makes them: ten lower-case characters. */
function idOf({ stackName, logicalId }: IdentityContext): string {
  return token(`${stackName}/${logicalId}`, 10).toLowerCase();
}

function bare(attribute?: string): Kind {
  return (context) => {
    const id = idOf(context);
    return { name: id, ref: id, attributes: attribute ? { [attribute]: id } : {} };
  };
}

/** API Gateway in both versions, Cognito. */
export const API_KINDS: Readonly<Record<string, Kind>> = {
  'AWS::ApiGateway::RestApi': (context) => {
    const id = idOf(context);
    const own = `arn:aws:apigateway:${REGION}::/restapis/${id}`;
    return { name: id, arn: own, ref: id, attributes: { RestApiId: id, RootResourceId: token(`${id}/root`, 10).toLowerCase() } };
  },
  'AWS::ApiGateway::Resource': bare('ResourceId'),
  'AWS::ApiGateway::Deployment': bare('DeploymentId'),
  'AWS::ApiGateway::Authorizer': bare('AuthorizerId'),
  'AWS::ApiGateway::RequestValidator': bare('RequestValidatorId'),
  'AWS::ApiGateway::Method': bare(),
  'AWS::ApiGateway::Account': bare('Id'),
  'AWS::ApiGateway::Stage': (context) => {
    const name = context.required('StageName');
    return { name, ref: name, attributes: {} };
  },
  'AWS::ApiGatewayV2::Api': (context) => {
    const id = idOf(context);
    const url = context.endpoint() ?? `https://${id}.execute-api.${REGION}.amazonaws.com`;
    return { name: id, arn: `arn:aws:apigateway:${REGION}::/apis/${id}`, ref: id, attributes: { ApiId: id, ApiEndpoint: url } };
  },
  'AWS::ApiGatewayV2::Stage': (context) => {
    const name = context.required('StageName');
    return { name, ref: name, attributes: {} };
  },
  'AWS::ApiGatewayV2::Integration': bare('IntegrationId'),
  'AWS::ApiGatewayV2::Route': bare('RouteId'),
  'AWS::ApiGatewayV2::Authorizer': bare('AuthorizerId'),
  'AWS::Cognito::UserPool': (context) => {
    const id = `${REGION}_${token(`${context.stackName}/${context.logicalId}`, 9)}`;
    const own = arn('cognito-idp', `userpool/${id}`);
    const provider = `cognito-idp.${REGION}.amazonaws.com/${id}`;
    return {
      name: id,
      arn: own,
      ref: id,
      attributes: { Arn: own, UserPoolId: id, ProviderName: provider, ProviderURL: `https://${provider}` },
    };
  },
  'AWS::Cognito::UserPoolClient': (context) => {
    const id = token(`${context.stackName}/${context.logicalId}`, 26).toLowerCase();
    return { name: id, ref: id, attributes: { ClientId: id } };
  },
  'AWS::ApplicationAutoScaling::ScalableTarget': (context) => {
    const id = [context.required('ResourceId'), context.required('ScalableDimension'), context.required('ServiceNamespace')].join('|');
    return { name: id, ref: id, attributes: { Id: id } };
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': (context) => {
    const own = `arn:aws:autoscaling:${REGION}:${ACCOUNT}:scalingPolicy:${idOf(context)}:policyName/${context.nameFrom('PolicyName')}`;
    return { name: own, arn: own, ref: own, attributes: { Arn: own } };
  },
};
