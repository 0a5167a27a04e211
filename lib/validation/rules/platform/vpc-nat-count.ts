import { groupBy } from '../../../template/group-by';
import type { Resource } from '../../../template/resource';
import { perGraph } from '../../../template/resource-graph';
import type { Rule } from '../../rule';
import { vpcOf } from './network/routes';

/** A VPC with the NAT gateway of each availability zone that `new ec2.Vpc()` makes. */
export const VPC_NAT_COUNT: Rule = {
  id: 'vpc-nat-count',
  title: 'VPC with a NAT gateway in each availability zone',
  why: 'Each NAT gateway costs by the hour, used or not, and by the GB; how many new ec2.Vpc() makes depends on the environment: 2 when it is not stated, up to 3.',
  severity: 'info',
  fix: 'state natGateways: 1 where an outage of its zone may cut the way out, or 0 with endpoints for the AWS APIs that are called; serverless-ai estimate prices them',
  source: 'https://aws.amazon.com/vpc/pricing/',
  check: (graph) =>
    [...natGatewaysByVpc(graph)].flatMap(([vpc, gateways]) =>
      gateways.length < 2
        ? []
        : [{ resource: vpc, message: `has ${gateways.length} NAT gateways, each charged by the hour and by the GB` }],
    ),
};

/** NAT gateways of each VPC, told from the subnets in which they stand. */
export const natGatewaysByVpc = perGraph(
  (graph): ReadonlyMap<Resource, readonly Resource[]> =>
    groupBy(graph.ofType('AWS::EC2::NatGateway'), (gateway) => {
      const subnet = gateway.referent('SubnetId');
      return subnet && vpcOf(subnet);
    }),
);
