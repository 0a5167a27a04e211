import type { Resource } from '../../../../template/resource';
import type { ResourceGraph } from '../../../../template/resource-graph';
import type { Placement } from './placement';
import { egressOf } from './routes';
import { usesProxy, type Workload } from './workloads';

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

function isClosed(graph: ResourceGraph, { resource, kind }: Workload, subnet: Resource): boolean {
  const egress = egressOf(graph, subnet);
  if (egress === 'closed') return true;
  // An internet gateway serves public addresses: a function's network interface never has one, a task's only when it asks for it.
  if (egress !== 'internet-gateway') return false;
  if (kind === 'function') return (resource.get('VpcConfig', 'Ipv6AllowedForDualStack') ?? false) === false;
  return (resource.get('NetworkConfiguration', 'AwsvpcConfiguration', 'AssignPublicIp') ?? 'DISABLED') === 'DISABLED';
}
