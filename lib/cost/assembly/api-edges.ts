import { functionTarget } from '../../template/function-target';
import type { Resource } from '../../template/resource';
import type { ResourceGraph } from '../../template/resource-graph';
import { machineOf } from './call-edges';

/** A route of an API and what it calls. */
export interface Route {
  readonly api: Resource;
  /** `AWS::ApiGateway::Method` or `AWS::ApiGatewayV2::Route`. */
  readonly route: Resource;
  readonly to: Resource | undefined;
}

/** Routes of all APIs that reach something; answers that API Gateway gives itself, as those to preflight requests, are none. */
export function routesOf(graph: ResourceGraph): Route[] {
  const methods = graph.ofType('AWS::ApiGateway::Method').flatMap((route): Route[] => {
    const api = route.referent('RestApiId');
    if (api === undefined || route.text('Integration', 'Type') === 'MOCK') return [];
    return [{ api, route, to: calledBy(graph, route, ['Integration', 'Uri'], ['Integration']) }];
  });
  const routes = graph.ofType('AWS::ApiGatewayV2::Route').flatMap((route): Route[] => {
    const api = route.referent('ApiId');
    const integration = route.references('Target').find(({ type }) => type === 'AWS::ApiGatewayV2::Integration');
    if (api === undefined || integration === undefined) return [];
    return [{ api, route, to: calledBy(graph, integration, ['IntegrationUri'], []) }];
  });
  return [...methods, ...routes];
}

function calledBy(graph: ResourceGraph, integration: Resource, uri: readonly string[], all: readonly string[]): Resource | undefined {
  const fn = functionTarget(graph, integration.get(...uri))?.fn;
  if (fn !== undefined) return fn;
  for (const referred of integration.references(...all)) {
    const called = machineOf(referred) ?? (referred.type === 'AWS::SQS::Queue' ? referred : undefined);
    if (called !== undefined) return called;
  }
  return undefined;
}
