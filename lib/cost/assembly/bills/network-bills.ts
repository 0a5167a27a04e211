import type { Resource } from '../../../template/resource';
import { INTERFACE_ENDPOINT, LOAD_BALANCER, NAT_GATEWAY, PUBLIC_IPV4 } from '../../services/network';
import { type Bill, type Biller, IDLE, lineBill, type Month, NOTHING, noted, serviceBill, together } from '../bill';
import { labelOf } from '../find-resource';

const natGatewayBill: Biller = (gateway, month) => {
  const { gigabytes = 0 } = month.load(gateway);
  const bill = serviceBill(NAT_GATEWAY, gateway, { gigabytes }, month);
  if (gateway.text('AvailabilityMode') !== 'regional') return bill;
  return together(
    bill,
    noted(`${labelOf(gateway)} is counted in one availability zone; a regional NAT gateway costs that in each zone it serves`),
  );
};

/** An interface endpoint costs its hours in each zone, that is in each subnet. Gateway endpoints cost nothing. */
const endpointBill: Biller = (endpoint, month) => {
  const type = endpoint.get('VpcEndpointType') ?? 'Gateway';
  if (type === 'Gateway') return NOTHING;
  if (type !== 'Interface')
    return noted(`not priced: ${labelOf(endpoint)}, an endpoint of type ${typeof type === 'string' ? type : 'that is not known'}`);
  const zones = endpoint.list('SubnetIds').length;
  const usage = { availabilityZones: Math.max(1, zones), gigabytes: month.load(endpoint).gigabytes ?? 0 };
  const bill = serviceBill(INTERFACE_ENDPOINT, endpoint, usage, month);
  return zones > 0 ? bill : together(bill, noted(`${labelOf(endpoint)} is counted in one availability zone: its subnets are not known`));
};

const loadBalancerBill: Biller = (balancer, month) => {
  const { capacityUnits = 0 } = month.load(balancer);
  const type = balancer.get('Type') ?? 'application';
  const hours = [month.monthHours, 'h'] as const;
  if (type === 'gateway') return lineBill(balancer, 'gateway load balancer', 'gateway-load-balancer.hours', [hours], IDLE);
  if (type !== 'network') return together(serviceBill(LOAD_BALANCER, balancer, { capacityUnits }, month), addressesOf(balancer, month));
  return together(
    lineBill(balancer, 'network load balancer', 'nlb.hours', [hours], IDLE),
    lineBill(balancer, 'network load balancer capacity', 'nlb.lcu', [hours, [capacityUnits, 'LCU']]),
    addressesOf(balancer, month),
  );
};

/** A load balancer that faces the internet has an address in each subnet. Elastic addresses are counted as what they are. */
function addressesOf(balancer: Resource, month: Month): Bill {
  const mappings = balancer.list('SubnetMappings').length;
  const subnets = mappings > 0 ? mappings : balancer.list('Subnets').length;
  const elastic = balancer.references('SubnetMappings').filter(({ type }) => type === 'AWS::EC2::EIP').length;
  if (balancer.text('Scheme') === 'internal' || subnets - elastic <= 0) return NOTHING;
  return serviceBill(PUBLIC_IPV4, balancer, { addresses: subnets - elastic }, month);
}

const addressBill: Biller = (address, month) => serviceBill(PUBLIC_IPV4, address, { addresses: 1 }, month);

/** So much by the hour, whatever it is used for. */
const hourly =
  (item: string, price: string): Biller =>
  (resource, month) =>
    lineBill(resource, item, price, [[month.monthHours, 'h']], IDLE);

/** So much by the month. */
const monthly =
  (item: string, price: string, unit: string): Biller =>
  (resource) =>
    lineBill(resource, item, price, [[1, unit]], IDLE);

const webAclBill: Biller = (acl, month) =>
  together(
    lineBill(acl, 'web ACL', 'waf.acls', [[1, 'ACL']], IDLE),
    lineBill(acl, 'rules of the web ACL', 'waf.rules', [[acl.list('Rules').length, 'rules and rule groups']], IDLE),
    lineBill(acl, 'requests inspected', 'waf.requests', [[month.load(acl).requestsPerMonth ?? 0, 'requests']]),
  );

export const NETWORK_BILLS: Readonly<Record<string, Biller>> = {
  'AWS::EC2::NatGateway': natGatewayBill,
  'AWS::EC2::VPCEndpoint': endpointBill,
  'AWS::EC2::EIP': addressBill,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancerBill,
  'AWS::ElasticLoadBalancing::LoadBalancer': hourly('classic load balancer', 'classic-load-balancer.hours'),
  'AWS::EC2::TransitGatewayAttachment': hourly('transit gateway attachment', 'transit-gateway.attachments'),
  'AWS::EC2::TransitGatewayVpcAttachment': hourly('transit gateway attachment', 'transit-gateway.attachments'),
  'AWS::EC2::VPNConnection': hourly('VPN connection', 'vpn.connections'),
  'AWS::Route53::HostedZone': monthly('hosted zone', 'route53.zones', 'zone'),
  'AWS::WAFv2::WebACL': webAclBill,
  'AWS::EKS::Cluster': hourly('EKS cluster', 'eks.clusters'),
};
