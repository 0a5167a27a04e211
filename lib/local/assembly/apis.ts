import { APIGW_HTTP_TIMEOUT, APIGW_REST_TIMEOUT } from '../../quotas/api-gateway-quotas';
import { AssemblyError } from '../../template/assembly-error';
import { type AuthorizerModel, httpAuthorizers, restAuthorizers } from './authorizers';
import type { ResolvedStack } from './resolved-stack';

export interface ApiRoute {
  /** As an HTTP API writes it: `POST /chat/{id}`, `ANY /{proxy+}`, `$default`. */
  readonly routeKey: string;
  /** Qualified as the integration names it. */
  readonly functionArn: string;
  /** `1.0`, `2.0`. */
  readonly payloadFormat: string;
  /** The answer is streamed. */
  readonly streamed: boolean;
  /** `NONE`, `AWS_IAM`, `JWT`, `CUSTOM`, `COGNITO_USER_POOLS`. */
  readonly authorization: string;
  /** Who is asked about the caller. */
  readonly authorizer?: AuthorizerModel;
  /** How long the API waits for an answer that is not streamed. @default - as long as the function takes */
  readonly timeoutMs?: number;
  /** Of which a token must have one. */
  readonly scopes?: readonly string[];
}

/** An HTTP API, REST API or function URL of the template. */
export interface ApiModel {
  readonly logicalId: string;
  readonly path: string;
  readonly apiId: string;
  readonly kind: 'http' | 'rest' | 'url';
  /** A REST API is served below the name of its stage. */
  readonly stage: string;
  readonly routes: readonly ApiRoute[];
}

/** A function URL of the template. */
export interface FunctionUrlModel {
  readonly logicalId: string;
  /** Qualified as the URL names it. */
  readonly functionArn: string;
  readonly authorization: string;
  readonly streamed: boolean;
}

const FUNCTION_OF_URI = /\/functions\/(arn:[^/]+)\//;

export function httpApis(stack: ResolvedStack): ApiModel[] {
  return stack
    .resourcesOf('AWS::ApiGatewayV2::Api')
    .filter(({ logicalId }) => stack.property(logicalId, 'ProtocolType') !== 'WEBSOCKET')
    .map(({ logicalId, path }) => {
      const apiId = stack.identity(logicalId).name;
      const ofThisApi = (type: string) =>
        stack.resourcesOf(type).filter((resource) => stack.property(resource.logicalId, 'ApiId') === apiId);
      const integrations = new Map(
        ofThisApi('AWS::ApiGatewayV2::Integration').map((resource) => [stack.identity(resource.logicalId).name, resource.logicalId]),
      );
      const authorizers = httpAuthorizers(stack, apiId);
      const routes = ofThisApi('AWS::ApiGatewayV2::Route').flatMap((route): ApiRoute[] => {
        const target = stack.text(route.logicalId, 'Target').replace(/^integrations\//, '');
        const integration = integrations.get(target);
        if (!integration) throw new AssemblyError(`${stack.name}/${route.logicalId}: its integration ${target} is not in the template`);
        const functionArn = functionOfUri(String(stack.property(integration, 'IntegrationUri')));
        if (functionArn === undefined) return [];
        return [
          {
            routeKey: stack.text(route.logicalId, 'RouteKey'),
            functionArn,
            payloadFormat: String(stack.property(integration, 'PayloadFormatVersion') ?? '1.0'),
            streamed: false,
            timeoutMs: stack.number(integration, 'TimeoutInMillis', APIGW_HTTP_TIMEOUT.max! * 1000),
            authorization: String(stack.property(route.logicalId, 'AuthorizationType') ?? 'NONE'),
            ...authorizerOf(stack, route.logicalId, authorizers),
          },
        ];
      });
      const [stage] = ofThisApi('AWS::ApiGatewayV2::Stage');
      return { logicalId, path, apiId, kind: 'http', stage: stage ? stack.text(stage.logicalId, 'StageName') : '$default', routes };
    });
}

export function restApis(stack: ResolvedStack): ApiModel[] {
  return stack.resourcesOf('AWS::ApiGateway::RestApi').map(({ logicalId, path }) => {
    const { name: apiId, attributes } = stack.identity(logicalId);
    const ofThisApi = (type: string) =>
      stack.resourcesOf(type).filter((resource) => stack.property(resource.logicalId, 'RestApiId') === apiId);
    const paths = pathsOf(
      stack,
      ofThisApi('AWS::ApiGateway::Resource').map((resource) => resource.logicalId),
      String(attributes['RootResourceId']),
    );
    const authorizers = restAuthorizers(stack, apiId);
    const routes = ofThisApi('AWS::ApiGateway::Method').flatMap((method): ApiRoute[] => {
      const integration = (stack.property(method.logicalId, 'Integration') ?? {}) as {
        Type?: string;
        Uri?: string;
        ResponseTransferMode?: string;
        TimeoutInMillis?: number | string;
      };
      // Others than proxies, such as the answer to a preflight, have no function behind them.
      if (integration.Type !== 'AWS_PROXY') return [];
      return [
        {
          routeKey: `${stack.text(method.logicalId, 'HttpMethod')} ${paths.get(stack.text(method.logicalId, 'ResourceId')) ?? '/'}`,
          functionArn: functionOf(stack, method.logicalId, String(integration.Uri)),
          payloadFormat: '1.0',
          streamed: integration.ResponseTransferMode === 'STREAM' || String(integration.Uri).endsWith('/response-streaming-invocations'),
          timeoutMs: Number(integration.TimeoutInMillis ?? APIGW_REST_TIMEOUT.max! * 1000),
          authorization: String(stack.property(method.logicalId, 'AuthorizationType') ?? 'NONE'),
          ...authorizerOf(stack, method.logicalId, authorizers),
        },
      ];
    });
    const [stage] = ofThisApi('AWS::ApiGateway::Stage');
    return { logicalId, path, apiId, kind: 'rest', stage: stage ? stack.text(stage.logicalId, 'StageName') : '', routes };
  });
}

export function functionUrls(stack: ResolvedStack): FunctionUrlModel[] {
  return stack.resourcesOf('AWS::Lambda::Url').map(({ logicalId }) => {
    const qualifier = stack.property(logicalId, 'Qualifier');
    return {
      logicalId,
      functionArn: [stack.identity(logicalId).attributes['FunctionArn'], qualifier].filter((part) => part !== undefined).join(':'),
      authorization: stack.text(logicalId, 'AuthType'),
      streamed: stack.property(logicalId, 'InvokeMode') === 'RESPONSE_STREAM',
    };
  });
}

function authorizerOf(
  stack: ResolvedStack,
  logicalId: string,
  authorizers: ReadonlyMap<string, AuthorizerModel>,
): Pick<ApiRoute, 'authorizer' | 'scopes'> {
  const authorizer = authorizers.get(String(stack.property(logicalId, 'AuthorizerId') ?? ''));
  const scopes = stack.property(logicalId, 'AuthorizationScopes') as readonly string[] | undefined;
  return { ...(authorizer && { authorizer }), ...(scopes && { scopes }) };
}

/** Full path by resource id. */
function pathsOf(stack: ResolvedStack, logicalIds: readonly string[], rootId: string): Map<string, string> {
  const parts = new Map(
    logicalIds.map((id) => [stack.identity(id).name, { parent: stack.text(id, 'ParentId'), part: stack.text(id, 'PathPart') }]),
  );
  const pathOf = (id: string): string => {
    const resource = parts.get(id);
    return resource ? `${pathOf(resource.parent)}/${resource.part}` : '';
  };
  return new Map([[rootId, '/'], ...[...parts.keys()].map((id): [string, string] => [id, pathOf(id)])]);
}

function functionOf(stack: ResolvedStack, logicalId: string, uri: string): string {
  const arn = functionOfUri(uri);
  if (!arn) throw new AssemblyError(`${stack.name}/${logicalId}: the local run serves only routes to functions, got ${uri}`);
  return arn;
}

/** The function behind an integration; undefined when it is something else. */
export function functionOfUri(uri: string): string | undefined {
  return FUNCTION_OF_URI.exec(uri)?.[1] ?? (uri.startsWith('arn:aws:lambda:') ? uri : undefined);
}
