import {
  APIGW_HTTP_TIMEOUT,
  APIGW_REST_EDGE_TIMEOUT,
  APIGW_REST_STREAM,
  APIGW_REST_TIMEOUT,
  APIGW_WEBSOCKET_TIMEOUT,
} from '../../../../quotas/api-gateway-quotas';
import type { Quota } from '../../../../quotas/quota';
import { type FunctionTarget, functionTarget } from '../../../../template/function-target';
import { bodyIntegrations } from '../../../../template/openapi';
import type { Resource } from '../../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../../template/resource-graph';
import { MapValue, numberOf, type Value, valueAt } from '../../../../template/value';

export type ApiKind = 'edge' | 'rest' | 'http' | 'websocket';

/** What an API calls for a route, wherever the template says it. */
export interface ApiIntegration {
  readonly resource: Resource;
  /** `GET /orders ` where the integration stands in the body of an API; empty where it is a resource of its own. */
  readonly at: string;
  readonly api: Resource | undefined;
  readonly kind: ApiKind;
  readonly streamed: boolean;
  /** The call returns before the function has run. */
  readonly asynchronous: boolean;
  /** How long the API waits, in seconds: stated, or the default; undefined where it is not known. */
  readonly seconds: number | undefined;
  readonly isDefault: boolean;
  readonly type: Value | undefined;
  readonly uri: Value | undefined;
  readonly target: FunctionTarget | undefined;
  /** A property of the integration, as CloudFormation names it. */
  readonly property: (name: string) => Value | undefined;
}

export const QUOTAS: Readonly<Record<ApiKind, Quota>> = {
  edge: APIGW_REST_EDGE_TIMEOUT,
  rest: APIGW_REST_TIMEOUT,
  http: APIGW_HTTP_TIMEOUT,
  websocket: APIGW_WEBSOCKET_TIMEOUT,
};

export const API_NAMES: Readonly<Record<ApiKind, string>> = {
  edge: 'an edge-optimised REST API',
  rest: 'a REST API',
  http: 'an HTTP API',
  websocket: 'a WebSocket API',
};

/** The longest timeout that an integration may have. */
export function timeoutQuota({ kind, streamed }: ApiIntegration): Quota {
  return streamed ? APIGW_REST_STREAM : QUOTAS[kind];
}

export const apiIntegrationsOf = perGraph((graph: ResourceGraph): readonly ApiIntegration[] => [
  ...graph.ofType('AWS::ApiGateway::Method').flatMap((method) => {
    const api = method.referent('RestApiId');
    const integration = method.get('Integration');
    return integration instanceof MapValue ? [integrationOf(graph, method, api, restKind(api), integration)] : [];
  }),
  ...graph.ofType('AWS::ApiGatewayV2::Integration').flatMap((resource) => {
    const api = resource.referent('ApiId');
    const kind = api && secondKind(api);
    const integration = resource.get();
    return kind !== undefined && integration instanceof MapValue ? [integrationOf(graph, resource, api, kind, integration)] : [];
  }),
  ...graph.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api').flatMap((api) => {
    const kind = api.type === 'AWS::ApiGateway::RestApi' ? restKind(api) : secondKind(api);
    if (kind === undefined) return [];
    return bodyIntegrations(api.get('Body')).map(({ at, integration }) => integrationOf(graph, api, api, kind, integration, at));
  }),
]);

/** An API is edge-optimised unless it says otherwise; of an API that no template holds nothing is known. */
function restKind(api: Resource | undefined): ApiKind {
  if (api === undefined) return 'rest';
  const types = api.get('EndpointConfiguration', 'Types');
  const stated = types === undefined ? api.get('Parameters', 'endpointConfigurationTypes') : valueAt(types, [0]);
  return stated === undefined || stated === 'EDGE' ? 'edge' : 'rest';
}

function secondKind(api: Resource): ApiKind | undefined {
  const protocol = api.get('ProtocolType');
  // An API that is imported from a body needs no protocol: only HTTP APIs can be imported.
  if (protocol === 'HTTP' || (protocol === undefined && api.get('Body') !== undefined)) return 'http';
  return protocol === 'WEBSOCKET' ? 'websocket' : undefined;
}

function integrationOf(
  graph: ResourceGraph,
  resource: Resource,
  api: Resource | undefined,
  kind: ApiKind,
  integration: MapValue,
  at = '',
): ApiIntegration {
  const property = (name: string) => integration.get(name) ?? integration.get(`${name[0]!.toLowerCase()}${name.slice(1)}`);
  const milliseconds = property('TimeoutInMillis');
  const uri = property('Uri') ?? property('IntegrationUri');
  return {
    resource,
    at,
    api,
    kind,
    streamed: property('ResponseTransferMode') === 'STREAM',
    asynchronous: isEvent(property('RequestParameters')),
    seconds: milliseconds === undefined ? QUOTAS[kind].default : inSeconds(numberOf(milliseconds)),
    isDefault: milliseconds === undefined,
    type: property('Type') ?? property('IntegrationType'),
    uri,
    target: functionTarget(graph, uri),
    property,
  };
}

function inSeconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}

/** `X-Amz-Invocation-Type: 'Event'` makes the call of a function asynchronous. */
function isEvent(parameters: Value | undefined): boolean {
  return valueAt(parameters, ['integration.request.header.X-Amz-Invocation-Type']) === "'Event'";
}
