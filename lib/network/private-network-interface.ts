import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import type { PrivateEndpoint } from './private-endpoint';

/** A VPC whose workloads reach AWS services without the internet. Made by `PrivateNetwork`, or from a VPC you have. */
export interface IPrivateNetwork extends IConstruct {
  readonly vpc: ec2.IVpc;
  /** Where functions and containers run: subnets with egress when there is a NAT gateway, isolated ones otherwise. */
  readonly subnets: ec2.SubnetSelection;
  /** Where data stores run: never a route to the internet. */
  readonly isolatedSubnets: ec2.SubnetSelection;
  /** Whether workloads in `subnets` reach the internet through a NAT gateway. */
  readonly hasInternetEgress: boolean;

  /**
   * Makes a service reachable; asking again changes nothing.
   *
   * @param endpoint the service
   */
  requireEndpoint(endpoint: PrivateEndpoint): void;

  /**
   * Lets a workload call the interface endpoints over HTTPS.
   *
   * @param client the function, service or instance that calls
   */
  allowEndpointsFrom(client: ec2.IConnectable): void;
}

/** A VPC that you have, seen as a private network. */
export interface ExistingNetworkProps {
  readonly vpc: ec2.IVpc;

  /**
   * Subnets of functions and containers.
   *
   * @default - private subnets with egress where the VPC has them, isolated ones otherwise
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * Interface endpoints that the VPC has already; they are not made again, and their security groups stay as they are.
   *
   * @default - none, every required endpoint is made
   */
  readonly existingEndpoints?: PrivateEndpoint[];
}
