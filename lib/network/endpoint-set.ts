import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { PrivateEndpoint } from './private-endpoint';

const HTTPS = 443;

/** The interface endpoints of one network: each made at most once, all behind one security group that admits named clients only. */
export class EndpointSet {
  private readonly known: Set<string>;
  private readonly clients = new Set<ec2.IConnectable>();
  private securityGroup?: ec2.SecurityGroup;

  constructor(
    private readonly scope: Construct,
    private readonly vpc: ec2.IVpc,
    private readonly subnets: ec2.SubnetSelection,
    existing: readonly PrivateEndpoint[] = [],
  ) {
    this.known = new Set(existing.map((endpoint) => endpoint.serviceName));
  }

  require(endpoint: PrivateEndpoint): void {
    if (this.known.has(endpoint.serviceName)) return;
    this.known.add(endpoint.serviceName);
    new ec2.InterfaceVpcEndpoint(this.scope, `Endpoint-${endpoint.serviceName}`, {
      vpc: this.vpc,
      service: new ec2.InterfaceVpcEndpointAwsService(endpoint.serviceName),
      subnets: { ...this.subnets, onePerAz: true },
      securityGroups: [this.group()],
      privateDnsEnabled: true,
      open: false,
    });
  }

  allowFrom(client: ec2.IConnectable): void {
    if (this.clients.has(client)) return;
    this.clients.add(client);
    if (this.securityGroup) this.admit(client, this.securityGroup);
  }

  /** Created with the first endpoint, so that a network without interface endpoints has no group for them. */
  private group(): ec2.SecurityGroup {
    if (!this.securityGroup) {
      this.securityGroup = new ec2.SecurityGroup(this.scope, 'EndpointSecurityGroup', {
        vpc: this.vpc,
        description: 'HTTPS to interface endpoints from named clients',
        allowAllOutbound: false,
      });
      for (const client of this.clients) this.admit(client, this.securityGroup);
    }
    return this.securityGroup;
  }

  private admit(client: ec2.IConnectable, group: ec2.SecurityGroup): void {
    // From the group's side: the other way round CDK warns about egress rules that a client open to everything does not need.
    group.connections.allowFrom(client, ec2.Port.tcp(HTTPS), 'interface endpoints');
  }
}
