import type { Resource } from '../../../template/resource';
import type { ResourceGraph } from '../../../template/resource-graph';
import type { Rule, Violation } from '../../rule';
import { servicesOf } from './network/called-services';
import { isolationOf } from './network/isolation';
import { placement } from './network/placement';
import { passage } from './network/security-groups';
import { interfaceEndpoints } from './network/vpc-endpoints';
import type { Workload } from './network/workload';
import { workloadsOf } from './network/workloads';

const HTTPS = 443;

/** The endpoint is there, and its security groups keep out those for whom it was made. */
export const VPC_ENDPOINT_CLOSED: Rule = {
  id: 'vpc-endpoint-closed',
  title: 'Interface endpoint does not admit the function or task that calls its service',
  why: 'Calls hang until they time out: an endpoint answers on port 443 only to what its security groups let in.',
  severity: 'error',
  fix: "let the endpoint's security group admit TCP 443 from the security group of the caller, and the caller's group let it out",
  source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
  check: (graph) => workloadsOf(graph).flatMap((workload) => violations(graph, workload)),
};

function violations(graph: ResourceGraph, workload: Workload): Violation[] {
  const isolated = isolationOf(graph, workload);
  if (isolated === undefined) return [];
  return [...servicesOf(graph, workload).keys()].flatMap((service) => {
    const endpoints = interfaceEndpoints(graph, isolated.vpc, service);
    const shut = endpoints.map((endpoint) => ({ endpoint, way: passage(graph, isolated.placement, placementOfEndpoint(endpoint), HTTPS) }));
    const [first] = shut;
    if (first === undefined || !shut.every(({ way }) => way === 'no-ingress' || way === 'no-egress')) return [];
    const refusal =
      first.way === 'no-egress' ? "the caller's security groups let nothing out to it" : 'its security groups do not let the caller in';
    return [{ resource: workload.resource, message: `calls ${service} through ${first.endpoint.id}, but ${refusal} on port ${HTTPS}` }];
  });
}

function placementOfEndpoint(endpoint: Resource) {
  return placement(endpoint.get('SubnetIds'), endpoint.get('SecurityGroupIds'));
}
