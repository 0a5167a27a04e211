import type { ResourceGraph } from '../../../template/resource-graph';
import type { Rule, Violation } from '../../rule';
import { servicesOf } from './network/called-services';
import { type Isolated, isolationOf } from './network/isolation';
import { hasEndpoint } from './network/vpc-endpoints';
import type { Workload } from './network/workload';
import { workloadsOf } from './network/workloads';

/** A function or task in a VPC calls AWS APIs to which no way leads. */
export const VPC_UNREACHABLE_SERVICE: Rule = {
  id: 'vpc-unreachable-service',
  title: 'Function or task in a VPC calls an AWS API with neither a NAT gateway nor an endpoint',
  why: 'Calls hang until they time out: a function in a VPC has no public address, not even in a public subnet.',
  severity: 'error',
  fix: 'add an endpoint for each service to the VPC, use subnets with a route to a NAT gateway, or leave the VPC',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html',
  check: (graph) => workloadsOf(graph).flatMap((workload) => violation(graph, workload) ?? []),
};

function violation(graph: ResourceGraph, workload: Workload): Violation | undefined {
  const isolated = isolationOf(graph, workload);
  if (isolated === undefined) return undefined;
  const missing = [...servicesOf(graph, workload)].filter(([service]) => !isReached(graph, isolated, service));
  if (missing.length === 0) return undefined;
  const calls = missing.map(([service, action]) => `${service} (${action})`).join(', ');
  const subnets = isolated.subnets.map(({ id }) => id).join(', ');
  return {
    resource: workload.resource,
    message: `may call ${calls}, but ${subnets} have no route to a NAT gateway and ${isolated.vpc.id} has no endpoint for ${missing.length === 1 ? 'it' : 'them'}`,
  };
}

function isReached(graph: ResourceGraph, { vpc, subnets }: Isolated, service: string): boolean {
  return subnets.every((subnet) => hasEndpoint(graph, vpc, subnet, service) !== false);
}
