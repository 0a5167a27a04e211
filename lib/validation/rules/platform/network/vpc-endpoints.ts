import { groupBy } from '../../../../template/group-by';
import type { Resource } from '../../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../../template/resource-graph';
import { itemsOf, partsOf, Reference, render, Unknown } from '../../../../template/value';
import { routeTableOf } from './routes';

const GATEWAY_SERVICES = ['s3', 'dynamodb'];

/** Interface endpoints of a VPC for a service, named as in `com.amazonaws.<region>.<service>`. */
export function interfaceEndpoints(graph: ResourceGraph, vpc: Resource, service: string): readonly Resource[] {
  return endpointsOf(graph, vpc).filter((endpoint) => endpoint.text('VpcEndpointType') === 'Interface' && isFor(endpoint, service));
}

/** Whether a subnet reaches a service by an endpoint; undefined when the VPC has an endpoint of which the service is not known. */
export function hasEndpoint(graph: ResourceGraph, vpc: Resource, subnet: Resource, service: string): boolean | undefined {
  const endpoints = endpointsOf(graph, vpc);
  if (interfaceEndpoints(graph, vpc, service).length > 0) return true;
  const table = routeTableOf(graph, subnet);
  const gateways = GATEWAY_SERVICES.includes(service)
    ? endpoints.filter((endpoint) => isGateway(endpoint) && isFor(endpoint, service))
    : [];
  if (gateways.some((endpoint) => itemsOf(endpoint.get('RouteTableIds')).some((id) => !(id instanceof Reference) || id.resource === table)))
    return true;
  return endpoints.some((endpoint) => partsOf(endpoint.get('ServiceName')).at(-1) instanceof Unknown) ? undefined : false;
}

function isGateway(endpoint: Resource): boolean {
  return (endpoint.get('VpcEndpointType') ?? 'Gateway') === 'Gateway';
}

function isFor(endpoint: Resource, service: string): boolean {
  const name = render(endpoint.get('ServiceName'));
  return name.endsWith(`.${service}`) || name.endsWith(`.${service}-fips`);
}

function endpointsOf(graph: ResourceGraph, vpc: Resource): readonly Resource[] {
  return endpointsByVpc(graph).get(vpc) ?? [];
}

const endpointsByVpc = perGraph(
  (graph): ReadonlyMap<Resource, readonly Resource[]> =>
    groupBy(graph.ofType('AWS::EC2::VPCEndpoint'), (endpoint) => endpoint.referent('VpcId')),
);
