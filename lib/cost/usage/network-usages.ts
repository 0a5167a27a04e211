import type { Duration, Size } from 'aws-cdk-lib/core';

/** NAT gateways. https://aws.amazon.com/vpc/pricing/ */
export interface NatGatewayUsage {
  /** @default 1 */
  readonly gateways?: number;
  /** @default - the month */
  readonly time?: Duration;
  /** GB that pass through in the month. @default 0 */
  readonly gigabytes?: number;
}

/** Interface endpoints; gateway endpoints cost nothing. https://aws.amazon.com/privatelink/pricing/ */
export interface InterfaceEndpointUsage {
  /** @default 1 */
  readonly endpoints?: number;
  /** Availability zones of each. @default 1 */
  readonly availabilityZones?: number;
  /** @default - the month */
  readonly time?: Duration;
  /** GB that pass through in the month. @default 0 */
  readonly gigabytes?: number;
}

/** Public IPv4 addresses, in use or not. https://aws.amazon.com/vpc/pricing/ */
export interface PublicIpv4Usage {
  readonly addresses: number;
  /** @default - the month */
  readonly time?: Duration;
}

/** Application load balancers. https://aws.amazon.com/elasticloadbalancing/pricing/ */
export interface LoadBalancerUsage {
  /** @default 1 */
  readonly loadBalancers?: number;
  /** @default - the month */
  readonly time?: Duration;
  /** Capacity units at a time: the largest of its four dimensions. @default 0 */
  readonly capacityUnits?: number;
}

/** Calls of a REST API in a month. https://aws.amazon.com/api-gateway/pricing/ */
export interface RestApiUsage {
  readonly requests: number;
  /** GB of the cache, one of the sizes of docs/prices.md. @default - no cache */
  readonly cacheGigabytes?: number;
  /** @default - the month */
  readonly cacheTime?: Duration;
}

/** Calls of an HTTP API in a month. https://aws.amazon.com/api-gateway/pricing/ */
export interface HttpApiUsage {
  readonly requests: number;
  /** Payload of one call; each 512 KB count as one. @default - at most 512 KB */
  readonly payload?: Size;
}

/** Messages of a WebSocket API in a month. https://aws.amazon.com/api-gateway/pricing/ */
export interface WebSocketApiUsage {
  /** Messages sent and received. */
  readonly messages: number;
  /** Payload of one message; each 32 KB count as one. @default - at most 32 KB */
  readonly payload?: Size;
  readonly connectionMinutes: number;
}
