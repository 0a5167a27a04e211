import { present, product } from '../draft-line';
import { duration, number, REQUIRED, type Service } from '../service';
import type { InterfaceEndpointUsage, LoadBalancerUsage, NatGatewayUsage, PublicIpv4Usage } from '../usage/network-usages';
import { standingHours } from './month-time';

const IDLE = { idle: true } as const;

/** https://aws.amazon.com/vpc/pricing/ */
export const NAT_GATEWAY: Service<NatGatewayUsage> = {
  name: 'natGateway',
  fields: { gateways: number(), time: duration(), gigabytes: number() },
  lines: ({ gateways = 1, time, gigabytes = 0 }, context) => [
    product(
      'NAT gateway',
      'vpc.nat-gateway.hours',
      [
        [gateways, 'gateways'],
        [standingHours(time, context), 'h'],
      ],
      IDLE,
    ),
    ...present([product('NAT gateway data', 'vpc.nat-gateway.data', [[gigabytes, 'GB']])]),
  ],
};

/** https://aws.amazon.com/privatelink/pricing/ */
export const INTERFACE_ENDPOINT: Service<InterfaceEndpointUsage> = {
  name: 'interfaceEndpoint',
  fields: { endpoints: number(), availabilityZones: number(), time: duration(), gigabytes: number() },
  lines: ({ endpoints = 1, availabilityZones = 1, time, gigabytes = 0 }, context) => [
    product(
      'interface endpoints',
      'vpc.interface-endpoint.hours',
      [
        [endpoints, 'endpoints'],
        [availabilityZones, 'zones'],
        [standingHours(time, context), 'h'],
      ],
      IDLE,
    ),
    ...present([product('interface endpoint data', 'vpc.interface-endpoint.data', [[gigabytes, 'GB']])]),
  ],
};

/** https://aws.amazon.com/vpc/pricing/ */
export const PUBLIC_IPV4: Service<PublicIpv4Usage> = {
  name: 'publicIpv4',
  fields: { addresses: number(REQUIRED), time: duration() },
  lines: ({ addresses, time }, context) => [
    product(
      'public IPv4 addresses',
      'vpc.public-ipv4',
      [
        [addresses, 'addresses'],
        [standingHours(time, context), 'h'],
      ],
      IDLE,
    ),
  ],
};

/** https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const LOAD_BALANCER: Service<LoadBalancerUsage> = {
  name: 'loadBalancer',
  fields: { loadBalancers: number(), time: duration(), capacityUnits: number() },
  lines({ loadBalancers = 1, time, capacityUnits = 0 }, context) {
    const standing = standingHours(time, context);
    return [
      product(
        'application load balancer',
        'alb.hours',
        [
          [loadBalancers, 'load balancers'],
          [standing, 'h'],
        ],
        IDLE,
      ),
      ...present([
        product('load balancer capacity', 'alb.lcu', [
          [loadBalancers, 'load balancers'],
          [standing, 'h'],
          [capacityUnits, 'LCU'],
        ]),
      ]),
    ];
  },
};
