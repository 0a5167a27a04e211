import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Stack } from 'aws-cdk-lib/core';

const ISOLATED = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
/** Interface endpoints: models for the chat agent, images, logs and the queue for the workers. */
const ENDPOINTS = ['bedrock-runtime', 'ecr.api', 'ecr.dkr', 'logs', 'sqs'];

export interface TwinNetwork {
  readonly vpc: ec2.Vpc;
  readonly subnets: ec2.SubnetSelection;
  readonly endpoints: ec2.SecurityGroup;
}

/** Two isolated subnets without a NAT gateway, flow logs, and the endpoints that the workloads need. */
export function createNetwork(stack: Stack): TwinNetwork {
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'Isolated', ...ISOLATED }],
    restrictDefaultSecurityGroup: false,
    gatewayEndpoints: {
      S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
      DynamoDb: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
    },
  });
  vpc.addFlowLog('FlowLog', {
    destination: ec2.FlowLogDestination.toCloudWatchLogs(new logs.LogGroup(stack, 'FlowLogs', { retention: logs.RetentionDays.ONE_MONTH })),
  });
  const endpoints = new ec2.SecurityGroup(stack, 'EndpointSecurityGroup', {
    vpc,
    description: 'HTTPS to interface endpoints from named clients',
    allowAllOutbound: false,
  });
  for (const service of ENDPOINTS) {
    new ec2.InterfaceVpcEndpoint(stack, `Endpoint-${service}`, {
      vpc,
      service: new ec2.InterfaceVpcEndpointAwsService(service),
      subnets: { ...ISOLATED, onePerAz: true },
      securityGroups: [endpoints],
      privateDnsEnabled: true,
      open: false,
    });
  }
  return { vpc, subnets: ISOLATED, endpoints };
}

export function allowEndpoints({ endpoints }: TwinNetwork, client: ec2.IConnectable): void {
  endpoints.connections.allowFrom(client, ec2.Port.tcp(443), 'interface endpoints');
}
