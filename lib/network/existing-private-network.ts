import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { EndpointSet } from './endpoint-set';
import type { PrivateEndpoint } from './private-endpoint';
import type { ExistingNetworkProps, IPrivateNetwork } from './private-network-interface';

/** A VPC that somebody else made; only missing interface endpoints are added to it. */
export class ExistingPrivateNetwork extends Construct implements IPrivateNetwork {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  readonly isolatedSubnets: ec2.SubnetSelection;
  readonly hasInternetEgress: boolean;
  private readonly endpoints: EndpointSet;

  constructor(scope: Construct, id: string, props: ExistingNetworkProps) {
    super(scope, id);
    this.vpc = props.vpc;
    const isolated = new Set(props.vpc.isolatedSubnets.map((subnet) => subnet.subnetId));
    this.subnets = props.subnets ?? {
      subnetType: props.vpc.privateSubnets.length > 0 ? ec2.SubnetType.PRIVATE_WITH_EGRESS : ec2.SubnetType.PRIVATE_ISOLATED,
    };
    this.isolatedSubnets = isolated.size > 0 ? { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } : this.subnets;
    this.hasInternetEgress = !props.vpc.selectSubnets(this.subnets).subnetIds.every((id) => isolated.has(id));
    this.endpoints = new EndpointSet(this, props.vpc, this.subnets, props.existingEndpoints);
  }

  requireEndpoint(endpoint: PrivateEndpoint): void {
    this.endpoints.require(endpoint);
  }

  allowEndpointsFrom(client: ec2.IConnectable): void {
    this.endpoints.allowFrom(client);
  }
}
