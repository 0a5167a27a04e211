import type { Resource } from '../../../../template/resource';
import type { ResourceGraph } from '../../../../template/resource-graph';
import type { Placement } from './placement';
import { egressOf } from './routes';
import { usesProxy, type Workload } from './workload';

/** A workload with subnets from which nothing beyond the VPC is reached. */
export interface Isolated {
  readonly placement: Placement;
  readonly vpc: Resource;
  /** The subnets without a way out. */
  readonly subnets: readonly Resource[];
}

/** Says so only of what the templates show whole: its VPC, its subnets and their routes. */
export function isolationOf(graph: ResourceGraph, workload: Workload): Isolated | undefined {
  const { placement } = workload;
  if (placement === undefined || placement === 'outside' || placement.vpc === undefined || usesProxy(workload)) return undefined;
  const subnets = (placement.subnets ?? []).filter((subnet) => isClosed(graph, workload, subnet));
  return subnets.length === 0 ? undefined : { placement, vpc: placement.vpc, subnets };
}

/** An internet gateway serves nothing but addresses of the internet. */
function isClosed(graph: ResourceGraph, { hasPublicAddress }: Workload, subnet: Resource): boolean {
  const egress = egressOf(graph, subnet);
  return egress === 'closed' || (egress === 'internet-gateway' && hasPublicAddress === false);
}
