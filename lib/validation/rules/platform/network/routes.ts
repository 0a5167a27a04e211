import { groupBy } from '../../../../template/group-by';
import type { Resource } from '../../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../../template/resource-graph';
import { Unknown } from '../../../../template/value';

/**
 * Where packets from a subnet may go: `elsewhere` by a NAT gateway, a transit gateway, a peering and the like; to an `internet-gateway`, which serves only
 * what has a public address; nowhere (`closed`); or not known, since the route table is not in the templates.
 */
export type Egress = 'elsewhere' | 'internet-gateway' | 'closed' | 'unknown';

export const SUBNET = 'AWS::EC2::Subnet';
const ROUTE_TABLE = 'AWS::EC2::RouteTable';

/** Targets through which something beyond the VPC, its endpoints included, may be reached. */
const ELSEWHERE = [
  'NatGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'InstanceId',
  'NetworkInterfaceId',
  'VpcEndpointId',
  'CarrierGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
];

export function egressOf(graph: ResourceGraph, subnet: Resource): Egress {
  const table = routeTableOf(graph, subnet);
  if (table === undefined) return 'unknown';
  const ways = routesOf(graph, table).map(wayOf);
  return (['elsewhere', 'unknown', 'internet-gateway'] as const).find((way) => ways.includes(way)) ?? 'closed';
}

/** The route table that a subnet is associated with; undefined when no template associates one. */
export function routeTableOf(graph: ResourceGraph, subnet: Resource): Resource | undefined {
  return tablesBySubnet(graph).get(subnet);
}

/** NAT gateways to which the routes of a subnet lead. */
export function natGatewaysOf(graph: ResourceGraph, subnet: Resource): readonly Resource[] {
  const table = routeTableOf(graph, subnet);
  return table === undefined ? [] : routesOf(graph, table).flatMap((route) => route.referent('NatGatewayId') ?? []);
}

export function vpcOf(subnet: Resource): Resource | undefined {
  const vpc = subnet.referent('VpcId');
  return vpc?.type === 'AWS::EC2::VPC' ? vpc : undefined;
}

function wayOf(route: Resource): Egress {
  if (ELSEWHERE.some((target) => route.get(target) !== undefined)) return 'elsewhere';
  const gateway = route.get('GatewayId');
  if (gateway instanceof Unknown) return 'unknown';
  if (gateway === undefined) return 'closed';
  return route.referent('GatewayId')?.type === 'AWS::EC2::InternetGateway' ? 'internet-gateway' : 'elsewhere';
}

function routesOf(graph: ResourceGraph, table: Resource): readonly Resource[] {
  return routesByTable(graph).get(table) ?? [];
}

const tablesBySubnet = perGraph((graph): ReadonlyMap<Resource, Resource> => {
  const tables = new Map<Resource, Resource>();
  for (const association of graph.ofType('AWS::EC2::SubnetRouteTableAssociation')) {
    const [subnet, table] = [association.referent('SubnetId'), association.referent('RouteTableId')];
    if (subnet?.type === SUBNET && table?.type === ROUTE_TABLE) tables.set(subnet, table);
  }
  return tables;
});

const routesByTable = perGraph(
  (graph): ReadonlyMap<Resource, readonly Resource[]> =>
    groupBy(graph.ofType('AWS::EC2::Route'), (route) => route.referent('RouteTableId')),
);
