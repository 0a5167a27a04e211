import { FUNCTION } from '../../../template/function-target';
import { groupBy } from '../../../template/group-by';
import type { Resource } from '../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../template/resource-graph';
import { referencesIn, render } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { servicesOf } from './network/called-services';
import { natGatewaysOf, SUBNET, vpcOf } from './network/routes';
import { hasEndpoint } from './network/vpc-endpoints';
import { functionWorkload } from './network/workloads';
import { natGatewaysByVpc } from './vpc-nat-count';

/** NAT gateways that nothing needs, as far as the templates show. */
export const VPC_NAT_NEEDLESS: Rule = {
  id: 'vpc-nat-needless',
  title: 'NAT gateway where nothing runs behind it, or where every AWS API that is called has an endpoint',
  why: 'A NAT gateway costs by the hour whether or not anything goes through it.',
  severity: 'warning',
  fix: 'state natGateways: 0 and PRIVATE_ISOLATED subnets, unless something behind it calls the internet; serverless-ai estimate prices it',
  source: 'https://aws.amazon.com/vpc/pricing/',
  check: (graph) => [...natGatewaysByVpc(graph)].flatMap(([vpc, gateways]) => violation(graph, vpc, gateways.length) ?? []),
};

function violation(graph: ResourceGraph, vpc: Resource, count: number): Violation | undefined {
  const subnets = natSubnets(graph).get(vpc) ?? [];
  const users = new Set(subnets.flatMap((subnet) => [...(usersOfSubnets(graph).get(subnet) ?? [])]));
  const gateways = `${count} NAT ${count === 1 ? 'gateway' : 'gateways'}`;
  if (subnets.length === 0 || (users.size === 0 && !isWhollySeen(graph, vpc, subnets))) return undefined;
  if (users.size === 0) return { resource: vpc, message: `pays for ${gateways}, but nothing in the templates runs in the subnets behind` };
  const functions = [...users].filter(({ type }) => type === FUNCTION);
  // What else runs there may call anything.
  if (functions.length !== users.size || functions.some(isGivenAddress)) return undefined;
  const services = new Set(functions.flatMap((fn) => [...servicesOf(graph, functionWorkload(fn)).keys()]));
  const covered = [...services].every((service) => subnets.every((subnet) => hasEndpoint(graph, vpc, subnet, service) === true));
  if (services.size === 0 || !covered) return undefined;
  return {
    resource: vpc,
    severity: 'info',
    message: `pays for ${gateways}, but every AWS API that the functions behind may call has an endpoint: ${[...services].join(', ')}`,
  };
}

function isGivenAddress(fn: Resource): boolean {
  return functionWorkload(fn).variables.some(([, value]) => /^https?:/.test(render(value)));
}

/** A VPC that is made for others, whose stacks are not seen, has nothing in it here, or hands itself or its subnets out. */
function isWhollySeen(graph: ResourceGraph, vpc: Resource, subnets: readonly Resource[]): boolean {
  if ([vpc, ...subnets].some((resource) => exportedResources(graph).has(resource))) return false;
  return [...usersOfSubnets(graph)].some(([subnet, users]) => users.size > 0 && vpcOf(subnet) === vpc);
}

const natSubnets = perGraph(
  (graph): ReadonlyMap<Resource, readonly Resource[]> =>
    groupBy(graph.ofType(SUBNET), (subnet) => (natGatewaysOf(graph, subnet).length > 0 ? vpcOf(subnet) : undefined)),
);

const PLUMBING = [
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::SubnetNetworkAclAssociation',
  'AWS::EC2::NatGateway',
  'AWS::EC2::VPCEndpoint',
];

/** Parts of the network itself, and nested stacks, whose own resources are seen. */
function isPlumbing({ type, stack, logicalId }: Resource): boolean {
  return PLUMBING.includes(type) || (type === 'AWS::CloudFormation::Stack' && stack.nested.has(logicalId));
}

const usersOfSubnets = perGraph((graph): ReadonlyMap<Resource, ReadonlySet<Resource>> => {
  const users = new Map<Resource, Set<Resource>>(graph.ofType(SUBNET).map((subnet) => [subnet, new Set()]));
  if (users.size === 0) return users;
  for (const resource of graph.resources)
    if (!isPlumbing(resource)) for (const subnet of resource.references()) users.get(subnet)?.add(resource);
  return users;
});

const exportedResources = perGraph((graph): ReadonlySet<Resource> => {
  const outputs = graph.stacks.flatMap((stack) =>
    Object.values(stack.source.template.Outputs ?? {}).map((output) => stack.resolve(output.Value)),
  );
  return new Set(outputs.flatMap(referencesIn).map(({ resource }) => resource));
});
