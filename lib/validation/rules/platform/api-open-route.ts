import type { Resource } from '../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../template/resource-graph';
import { ListValue, render } from '../../../template/value';
import type { Rule, Violation } from '../../rule';

/** A route of an API that asks nobody who they are. */
export const API_OPEN_ROUTE: Rule = {
  id: 'api-open-route',
  title: 'API route open to all',
  why: 'Whoever finds the address spends the model budget: every request that passes is paid for.',
  severity: 'warning',
  fix: 'give it an authorizer (JWT, Cognito, IAM, Lambda) or an API key with a usage plan, or acknowledge it with the reason',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html',
  check: (graph) => [
    ...graph.ofType('AWS::ApiGateway::Method').flatMap((method) => ofMethod(graph, method) ?? []),
    ...graph.ofType('AWS::ApiGatewayV2::Route').flatMap((route) => ofRoute(graph, route) ?? []),
    ...graph.ofType('AWS::ApiGatewayV2::Api').flatMap((api) => ofQuickApi(graph, api) ?? []),
  ],
};

function ofMethod(graph: ResourceGraph, method: Resource): Violation | undefined {
  const api = method.referent('RestApiId');
  const verb = method.text('HttpMethod');
  // Preflights carry no credentials, and a mock integration has nothing to lose.
  if (verb === undefined || verb === 'OPTIONS' || method.text('Integration', 'Type') === 'MOCK') return undefined;
  if (!isNone(method) || (method.get('ApiKeyRequired') ?? false) !== false) return undefined;
  if (api === undefined || isGuarded(graph, api)) return undefined;
  return { resource: method, message: `${verb} ${pathOf(method)} of ${api.id} has no authorizer and asks for no API key` };
}

function ofRoute(graph: ResourceGraph, route: Resource): Violation | undefined {
  const api = route.referent('ApiId');
  const key = route.text('RouteKey');
  if (api === undefined || key === undefined || key.startsWith('OPTIONS ') || !isNone(route) || isGuarded(graph, api)) return undefined;
  // A WebSocket is authorized when it is opened.
  if (api.text('ProtocolType') === 'WEBSOCKET' && key !== '$connect') return undefined;
  if ((route.get('ApiKeyRequired') ?? false) !== false) return undefined;
  return { resource: route, message: `${key} of ${api.id} has no authorizer` };
}

/** An API that is made with its target gets a route for everything, which asks for nothing. */
function ofQuickApi(graph: ResourceGraph, api: Resource): Violation | undefined {
  if (api.get('Target') === undefined || isGuarded(graph, api)) return undefined;
  return { resource: api, message: `the route that Target makes for ${api.text('RouteKey') ?? '$default'} has no authorizer` };
}

function isNone(route: Resource): boolean {
  const authorization = route.get('AuthorizationType');
  return (authorization === undefined && route.get('AuthorizerId') === undefined) || authorization === 'NONE';
}

/** A private API, one with a policy of its own, and one that only answers to client certificates are not open. */
function isGuarded(graph: ResourceGraph, api: Resource): boolean {
  if (api.get('Policy') !== undefined || mutualTls(graph).has(api)) return true;
  const types = api.get('EndpointConfiguration', 'Types');
  return (
    types !== undefined && (!(types instanceof ListValue) || types.items.some((type) => type === 'PRIVATE' || typeof type !== 'string'))
  );
}

function pathOf(method: Resource): string {
  const segments: string[] = [];
  for (let at = method.referent('ResourceId'); at?.type === 'AWS::ApiGateway::Resource'; at = at.referent('ParentId'))
    segments.unshift(render(at.get('PathPart')));
  return `/${segments.join('/')}`;
}

/** APIs whose only address is a domain name with mutual TLS. */
const mutualTls = perGraph((graph): ReadonlySet<Resource> => {
  const mappings = graph.ofType('AWS::ApiGateway::BasePathMapping', 'AWS::ApiGatewayV2::ApiMapping');
  const guarded = mappings.filter((mapping) => mapping.referent('DomainName')?.get('MutualTlsAuthentication') !== undefined);
  const apis = guarded.flatMap((mapping) => mapping.referent('RestApiId') ?? mapping.referent('ApiId') ?? []);
  return new Set(apis.filter((api) => api.boolean('DisableExecuteApiEndpoint') === true));
});
