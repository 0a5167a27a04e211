import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { failOn } from '../validation/validation-error';
import { EndpointSet } from './endpoint-set';
import { ExistingPrivateNetwork } from './existing-private-network';
import type { PrivateEndpoint } from './private-endpoint';
import type { ExistingNetworkProps, IPrivateNetwork } from './private-network-interface';

const DEFAULT_ZONES = 2;

export interface PrivateNetworkProps {
  /**
   * Number of availability zones. Interface endpoints are paid for in each.
   *
   * @default 2
   */
  readonly maxAzs?: number;

  /**
   * Names of the availability zones. State them where a service is missing from a zone: ElastiCache Serverless is not offered in every
   * zone of every Region, and a deployment into such a zone fails with the list of zones that do have it.
   *
   * @default - the first `maxAzs` zones of the account
   */
  readonly availabilityZones?: string[];

  /**
   * Number of NAT gateways. Each costs 36.50 USD a month with its public address (us-east-1, 0.05 USD an hour) before data.
   *
   * @default 0
   */
  readonly natGateways?: number;

  /**
   * Address range.
   *
   * @default - 10.0.0.0/16
   */
  readonly ipAddresses?: ec2.IIpAddresses;

  /**
   * Traffic that the flow log records.
   *
   * @default FlowLogTrafficType.ALL
   */
  readonly flowLogTraffic?: ec2.FlowLogTrafficType;

  /**
   * How long flow logs are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly flowLogRetention?: logs.RetentionDays;
}

/**
 * A VPC in which functions, containers and caches run without a route to the internet.
 *
 * S3 and DynamoDB gateway endpoints (free) are always there; interface endpoints come into being when something requires them.
 * Cost floor: nothing but flow logs. Each required service adds 0.01 USD an hour in each zone: with two zones one service costs
 * 14.60 USD a month, two cost 29.20 USD, three 43.80 USD.
 *
 * The VPC's default security group keeps its AWS rules: emptying it takes a custom resource with a function of its own, and nothing made
 * here joins that group.
 *
 * In a stack with a concrete account and Region, CDK looks the zone names up unless they are in cdk.context.json; an environment-agnostic
 * stack needs no lookup.
 */
export class PrivateNetwork extends Construct implements IPrivateNetwork {
  /** Sees a VPC that you have as a private network. */
  static fromVpc(scope: Construct, id: string, props: ExistingNetworkProps): IPrivateNetwork {
    return new ExistingPrivateNetwork(scope, id, props);
  }

  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  readonly isolatedSubnets: ec2.SubnetSelection = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  readonly hasInternetEgress: boolean;
  readonly flowLogGroup: logs.LogGroup;
  private readonly endpoints: EndpointSet;

  constructor(scope: Construct, id: string, props: PrivateNetworkProps = {}) {
    super(scope, id);
    failOn(this, 'PrivateNetwork.InvalidProps', problemsOf(props));

    this.hasInternetEgress = (props.natGateways ?? 0) > 0;
    this.subnets = { subnetType: this.hasInternetEgress ? ec2.SubnetType.PRIVATE_WITH_EGRESS : ec2.SubnetType.PRIVATE_ISOLATED };
    this.vpc = this.createVpc(props);
    this.flowLogGroup = this.recordTraffic(props);
    this.endpoints = new EndpointSet(this, this.vpc, this.subnets);
  }

  requireEndpoint(endpoint: PrivateEndpoint): void {
    this.endpoints.require(endpoint);
  }

  allowEndpointsFrom(client: ec2.IConnectable): void {
    this.endpoints.allowFrom(client);
  }

  private createVpc(props: PrivateNetworkProps): ec2.IVpc {
    const isolated = { name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    const withEgress = [
      { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false, cidrMask: 24 },
      { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
    ];
    return new ec2.Vpc(this, 'Vpc', {
      ...(props.availabilityZones ? { availabilityZones: props.availabilityZones } : { maxAzs: props.maxAzs ?? DEFAULT_ZONES }),
      ipAddresses: props.ipAddresses,
      natGateways: props.natGateways ?? 0,
      subnetConfiguration: this.hasInternetEgress ? [...withEgress, isolated] : [isolated],
      restrictDefaultSecurityGroup: false,
      gatewayEndpoints: {
        S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
        DynamoDb: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
      },
    });
  }

  private recordTraffic(props: PrivateNetworkProps): logs.LogGroup {
    const logGroup = new logs.LogGroup(this, 'FlowLogs', { retention: props.flowLogRetention ?? logs.RetentionDays.ONE_MONTH });
    this.vpc.addFlowLog('FlowLog', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: props.flowLogTraffic ?? ec2.FlowLogTrafficType.ALL,
    });
    return logGroup;
  }
}

function problemsOf(props: PrivateNetworkProps): string[] {
  const problems: string[] = [];
  const zones = props.availabilityZones?.length ?? props.maxAzs ?? DEFAULT_ZONES;
  if (props.availabilityZones && props.maxAzs !== undefined) {
    problems.push('availabilityZones and maxAzs exclude each other; state one of them');
  }
  if (!isCount(zones, 1)) {
    problems.push(
      `${props.availabilityZones ? 'availabilityZones' : 'maxAzs'} must be at least 1 zone, got ${zones}; two suit most workloads`,
    );
  }
  const gateways = props.natGateways ?? 0;
  if (!isCount(gateways, 0)) problems.push(`natGateways must be a whole number of at least 0, got ${gateways}`);
  else if (!Token.isUnresolved(zones) && gateways > zones)
    problems.push(`natGateways must be at most one for each of the ${zones} zones, got ${gateways}`);
  return problems;
}

/** Tokens pass: they are held against nothing before deployment. */
function isCount(value: number, least: number): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= least);
}
