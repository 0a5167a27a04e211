import type { Resource } from '../../../template/resource';
import type { ResourceGraph } from '../../../template/resource-graph';
import type { Rule, Violation } from '../../rule';
import { isPublicStore, placementOfStore, portOfStore, storeAt } from './network/data-stores';
import type { Placement } from './network/placement';
import { passage } from './network/security-groups';
import type { Workload } from './network/workload';
import { workloadsOf } from './network/workloads';

/** Code is given the address of a cache to which no packet of it gets. */
export const ELASTICACHE_UNREACHABLE: Rule = {
  id: 'elasticache-unreachable',
  title: 'Cache that the function with its address in its environment cannot reach',
  why: 'A refused packet is dropped without an answer, so that every call waits for its timeout.',
  severity: 'error',
  fix: "put the function into the cache's VPC, and let the cache's security group admit the port from the function's security group",
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-elasticache-tutorial.html',
  check: (graph) => workloadsOf(graph).flatMap((workload) => violations(graph, workload)),
};

function violations(graph: ResourceGraph, workload: Workload): Violation[] {
  const seen = new Set<Resource>();
  return workload.variables.flatMap(([name, value]) => {
    const store = storeAt(value);
    if (store === undefined || seen.has(store) || isPublicStore(store)) return [];
    seen.add(store);
    const obstacle = obstacleTo(graph, workload, store);
    return obstacle === undefined
      ? []
      : [{ resource: workload.resource, message: `${name} is the address of ${store.id}, but ${obstacle}` }];
  });
}

function obstacleTo(graph: ResourceGraph, { kind, placement }: Workload, store: Resource): string | undefined {
  if (placement === undefined) return undefined;
  if (placement === 'outside') return `the ${kind} is in no VPC`;
  const server = placementOfStore(graph, store);
  if (areApart(graph, placement, server)) return `the ${kind} is in ${placement.vpc!.id}, and the cache in ${server.vpc!.id}`;
  const port = portOfStore(store);
  if (port === undefined) return undefined;
  const way = passage(graph, placement, server, port);
  if (way === 'no-egress') return `the security groups of the ${kind} let nothing out to it on port ${port}`;
  return way === 'no-ingress' ? `its security groups do not let the ${kind} in on port ${port}` : undefined;
}

/** In two VPCs that nothing joins. */
function areApart(graph: ResourceGraph, client: Placement, server: Placement): boolean {
  if (client.vpc === undefined || server.vpc === undefined || client.vpc === server.vpc) return false;
  return (
    graph.ofType('AWS::EC2::VPCPeeringConnection', 'AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment').length ===
    0
  );
}
