import type { Kind } from './identity';
import { REGION, token } from './physical-name';

/** An id as EC2 makes them, with attributes that repeat it. */
function ec2(
  prefix: string,
  attribute: string,
  more: (context: Parameters<Kind>[0], id: string) => Record<string, unknown> = () => ({}),
): Kind {
  return (context) => {
    const id = `${prefix}-0${token(`${context.stackName}/${context.logicalId}`, 16, 'hex')}`;
    return { name: id, ref: id, attributes: { [attribute]: id, ...more(context, id) } };
  };
}

/** What a function's VPC settings refer to. The local run has no network of its own. */
export const NETWORK_KINDS: Readonly<Record<string, Kind>> = {
  'AWS::EC2::VPC': ec2('vpc', 'VpcId', (context, id) => ({
    CidrBlock: context.property('CidrBlock') ?? '10.0.0.0/16',
    DefaultSecurityGroup: `sg-0${token(id, 16, 'hex')}`,
    DefaultNetworkAcl: `acl-0${token(id, 16, 'hex')}`,
    CidrBlockAssociations: [],
    Ipv6CidrBlocks: [],
  })),
  'AWS::EC2::Subnet': ec2('subnet', 'SubnetId', (context) => ({
    AvailabilityZone: context.property('AvailabilityZone') ?? `${REGION}a`,
    CidrBlock: context.property('CidrBlock'),
    VpcId: context.property('VpcId'),
    Ipv6CidrBlocks: [],
  })),
  'AWS::EC2::SecurityGroup': ec2('sg', 'GroupId', (context, id) => ({ Id: id, VpcId: context.property('VpcId') })),
  'AWS::EC2::RouteTable': ec2('rtb', 'RouteTableId'),
  'AWS::EC2::InternetGateway': ec2('igw', 'InternetGatewayId'),
  'AWS::EC2::NatGateway': ec2('nat', 'NatGatewayId'),
  'AWS::EC2::EIP': ec2('eipalloc', 'AllocationId'),
  'AWS::EC2::VPCEndpoint': ec2('vpce', 'Id', () => ({ DnsEntries: [], NetworkInterfaceIds: [] })),
  'AWS::EC2::FlowLog': ec2('fl', 'Id'),
};
