import type { Resource } from '../../../../template/resource';
import type { ResourceGraph } from '../../../../template/resource-graph';
import type { Violation } from '../../../rule';
import { kindOfStore, mayBePublic, placementOfStore, portOfStore, type StoreKind, storeAt } from './data-stores';
import type { Placement } from './placement';
import { passage } from './security-groups';
import type { Workload } from './workload';
import { workloadsOf } from './workloads';

/** Code that is given the address of a store to which no packet of it gets. */
export function unreachable(graph: ResourceGraph, kind: StoreKind): Violation[] {
  return workloadsOf(graph).flatMap((workload) => violations(graph, workload, kind));
}

function violations(graph: ResourceGraph, workload: Workload, kind: StoreKind): Violation[] {
  const seen = new Set<Resource>();
  return workload.variables.flatMap(([name, value]) => {
    const store = storeAt(value);
    if (store === undefined || kindOfStore(store) !== kind || seen.has(store) || mayBePublic(graph, store)) return [];
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
  if (areApart(graph, placement, server))
    return `the ${kind} is in ${placement.vpc!.id}, and the ${kindOfStore(store)} in ${server.vpc!.id}`;
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
