import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { PrivateEndpoint } from '../../../lib/network/private-endpoint';
import { PrivateNetwork, type PrivateNetworkProps } from '../../../lib/network/private-network';

function synth(props?: PrivateNetworkProps, use: (network: PrivateNetwork, stack: Stack) => void = () => {}) {
  const stack = new Stack(new App(), 'Net');
  const network = new PrivateNetwork(stack, 'Network', props);
  use(network, stack);
  return { stack, network, template: Template.fromStack(stack) };
}

function inNetwork(network: PrivateNetwork, stack: Stack, id = 'Fn'): lambda.Function {
  return new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => 1'),
    vpc: network.vpc,
    vpcSubnets: network.subnets,
  });
}

test('has isolated subnets in two zones and no way to the internet', () => {
  const { template, network } = synth();
  template.resourceCountIs('AWS::EC2::Subnet', 2);
  template.resourceCountIs('AWS::EC2::NatGateway', 0);
  template.resourceCountIs('AWS::EC2::InternetGateway', 0);
  expect(network.hasInternetEgress).toBe(false);
});

test('needs no context lookup in an environment-agnostic stack', () => {
  const app = new App();
  new PrivateNetwork(new Stack(app, 'Net'), 'Network');
  expect(app.synth().manifest.missing).toBeUndefined();
});

test('has the free gateway endpoints and no interface endpoint until one is required', () => {
  const { template } = synth();
  template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }, 2);
  template.resourceCountIs('AWS::EC2::VPCEndpoint', 2);
  template.resourceCountIs('AWS::EC2::SecurityGroup', 0);
});

test('records traffic in a log group with retention', () => {
  const { template } = synth();
  template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', LogDestinationType: 'cloud-watch-logs' });
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
});

test.each([true, false])('makes no custom resource with restrictDefaultSecurityGroup %s', (flag) => {
  const app = new App({ context: { '@aws-cdk/aws-ec2:restrictDefaultSecurityGroup': flag } });
  const stack = new Stack(app, 'Net');
  new PrivateNetwork(stack, 'Network');
  Template.fromStack(stack).resourceCountIs('Custom::VpcRestrictDefaultSG', 0);
});

test('makes a required endpoint once', () => {
  const { template } = synth({}, (network) => {
    network.requireEndpoint(PrivateEndpoint.BEDROCK_RUNTIME);
    network.requireEndpoint(PrivateEndpoint.BEDROCK_RUNTIME);
    network.requireEndpoint(PrivateEndpoint.of('bedrock-runtime'));
    network.requireEndpoint(PrivateEndpoint.SECRETS_MANAGER);
  });
  template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, 2);
  template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
    ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.bedrock-runtime']] },
    PrivateDnsEnabled: true,
  });
});

test.each(['before', 'after'] as const)('admits a client on 443 when it is allowed %s the endpoint', (order) => {
  const { template } = synth({}, (network, stack) => {
    const client = inNetwork(network, stack);
    if (order === 'before') network.allowEndpointsFrom(client);
    network.requireEndpoint(PrivateEndpoint.SQS);
    if (order === 'after') network.allowEndpointsFrom(client);
    network.allowEndpointsFrom(client);
  });
  template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    FromPort: 443,
    ToPort: 443,
    SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FnSecurityGroup'), 'GroupId'] },
  });
});

test('admits nobody by address', () => {
  const { template } = synth({}, (network) => network.requireEndpoint(PrivateEndpoint.SQS));
  template.allResourcesProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
});

test('runs workloads behind NAT gateways only where they are asked for', () => {
  const { template, network } = synth({ natGateways: 1 });
  template.resourceCountIs('AWS::EC2::NatGateway', 1);
  template.resourceCountIs('AWS::EC2::Subnet', 6);
  template.resourcePropertiesCountIs('AWS::EC2::Subnet', { MapPublicIpOnLaunch: true }, 0);
  expect(network.subnets).toEqual({ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS });
  expect(network.isolatedSubnets).toEqual({ subnetType: ec2.SubnetType.PRIVATE_ISOLATED });
});

test('takes named zones', () => {
  const { template } = synth({ availabilityZones: ['us-east-1b', 'us-east-1c'] });
  template.hasResourceProperties('AWS::EC2::Subnet', { AvailabilityZone: 'us-east-1b' });
  template.hasResourceProperties('AWS::EC2::Subnet', { AvailabilityZone: 'us-east-1c' });
});

test.each<[PrivateNetworkProps, string]>([
  [{ maxAzs: 0 }, 'maxAzs must be at least 1 zone, got 0; two suit most workloads'],
  [{ availabilityZones: [] }, 'availabilityZones must be at least 1 zone, got 0; two suit most workloads'],
  [{ maxAzs: 2, availabilityZones: ['a'] }, 'availabilityZones and maxAzs exclude each other; state one of them'],
  [{ natGateways: -1 }, 'natGateways must be a whole number of at least 0, got -1'],
  [{ natGateways: 1.5 }, 'natGateways must be a whole number of at least 0, got 1.5'],
  [{ natGateways: 3 }, 'natGateways must be at most one for each of the 2 zones, got 3'],
])('fails when given %j', (props, message) => {
  expect(() => synth(props)).toThrow(`Net/Network: ${message} [PrivateNetwork.InvalidProps]`);
});

test.each([1, 2])('accepts %d NAT gateways in two zones', (natGateways) => {
  synth({ natGateways }).template.resourceCountIs('AWS::EC2::NatGateway', natGateways);
});

test('states all problems in one error', () => {
  expect(() => synth({ maxAzs: 0, natGateways: -1 })).toThrow(/maxAzs must be .*; natGateways must be /);
});

describe('from an existing VPC', () => {
  function existing(subnets?: ec2.SubnetSelection) {
    const stack = new Stack(new App(), 'Net');
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['a', 'b'],
      isolatedSubnetIds: ['iso-a', 'iso-b'],
      privateSubnetIds: ['priv-a', 'priv-b'],
    });
    const network = PrivateNetwork.fromVpc(stack, 'Network', { vpc, subnets, existingEndpoints: [PrivateEndpoint.SQS] });
    return { stack, network };
  }

  test('leaves endpoints alone that are there and makes the others', () => {
    const { stack, network } = existing();
    network.requireEndpoint(PrivateEndpoint.SQS);
    network.requireEndpoint(PrivateEndpoint.LAMBDA);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.lambda']] },
    });
  });

  test.each([
    [undefined, true],
    [{ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, false],
  ])('knows for subnets %j whether they reach the internet', (subnets, egress) => {
    expect(existing(subnets).network.hasInternetEgress).toBe(egress);
  });
});

test('leaves a token to CDK, which lays subnets out and has its own word on it', () => {
  const stack = new Stack(new App(), 'Net');
  const maxAzs = new CfnParameter(stack, 'Zones', { type: 'Number' }).valueAsNumber;
  expect(() => new PrivateNetwork(stack, 'Network', { maxAzs, natGateways: 1 })).not.toThrow(/InvalidProps/);
});

test('warns about nothing', () => {
  const { stack } = synth();
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
});
