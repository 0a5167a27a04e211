import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, CfnParameter, Duration, Size, Stack } from 'aws-cdk-lib/core';
import { VALKEY_ACCESS_STRING } from '../../../lambda/contract/chat-memory';
import { PrivateNetwork } from '../../../lib/network/private-network';
import { ChatMemory } from '../../../lib/state/chat-memory';
import type { ValkeyChatMemory } from '../../../lib/state/valkey-chat-memory';
import type { ValkeyChatMemoryProps } from '../../../lib/state/valkey-chat-memory-props';

interface Case {
  readonly stack: Stack;
  readonly network: PrivateNetwork;
  readonly memory: ValkeyChatMemory;
}

function create(props: ValkeyChatMemoryProps = {}, stackName = 'Chat'): Case {
  const stack = new Stack(new App(), stackName);
  const network = new PrivateNetwork(stack, 'Network');
  return { stack, network, memory: ChatMemory.valkey(stack, 'Memory', { network, ...props }) };
}

function agent(stack: Stack, vpc?: ec2.IVpc): lambda.Function {
  return new lambda.Function(stack, 'Fn', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => 1'),
    vpc,
  });
}

function resourceOf(template: Template, type: string): { id: string; properties: Record<string, unknown>; dependsOn: string[] } {
  const [[id, resource]] = Object.entries(template.findResources(type)) as [[string, Record<string, unknown>]];
  return {
    id,
    properties: resource['Properties'] as Record<string, unknown>,
    dependsOn: [resource['DependsOn'] ?? []].flat() as string[],
  };
}

test('makes a Valkey 8 cache in isolated subnets with both usage limits', () => {
  const template = Template.fromStack(create().stack);
  template.hasResourceProperties('AWS::ElastiCache::ServerlessCache', {
    Engine: 'valkey',
    MajorEngineVersion: '8',
    CacheUsageLimits: { DataStorage: { Maximum: 1, Unit: 'GB' }, ECPUPerSecond: { Maximum: 5000 } },
    SubnetIds: [Match.anyValue(), Match.anyValue()],
    SnapshotRetentionLimit: 0,
    KmsKeyId: Match.absent(),
  });
});

test('authenticates by IAM: one lower-case name of at most 40 characters is id and name of the user', () => {
  const { stack, memory } = create();
  const { properties } = resourceOf(Template.fromStack(stack), 'AWS::ElastiCache::User');
  expect(properties).toEqual({
    Engine: 'valkey',
    UserId: memory.userName,
    UserName: memory.userName,
    AuthenticationMode: { Type: 'iam' },
    AccessString: VALKEY_ACCESS_STRING,
  });
  expect(memory.userName).toMatch(/^[a-z][a-z0-9]{0,39}$/);
});

test('holds no passwordless user in the group', () => {
  const template = Template.fromStack(create().stack);
  template.resourceCountIs('AWS::ElastiCache::User', 1);
  const user = resourceOf(template, 'AWS::ElastiCache::User');
  expect(resourceOf(template, 'AWS::ElastiCache::UserGroup').properties['UserIds']).toEqual([{ Ref: user.id }]);
});

test('gives the user its own keys and no administrative command', () => {
  expect(VALKEY_ACCESS_STRING).toMatch(/^on ~chat:\* resetchannels -@all /);
  expect(VALKEY_ACCESS_STRING).not.toMatch(/\+@all|\+@admin|\+@dangerous|allkeys/);
});

test('makes the group after the user and the cache after the group', () => {
  const template = Template.fromStack(create().stack);
  const user = resourceOf(template, 'AWS::ElastiCache::User');
  const group = resourceOf(template, 'AWS::ElastiCache::UserGroup');
  const cache = resourceOf(template, 'AWS::ElastiCache::ServerlessCache');
  expect(group.dependsOn).toContain(user.id);
  expect(cache.dependsOn).toContain(group.id);
});

test('names differ between two copies of a stack', () => {
  const [first, second] = [create({}, 'One'), create({}, 'Two')];
  expect(first.memory.userName).not.toBe(second.memory.userName);
  expect(first.memory.cacheName).not.toBe(second.memory.cacheName);
});

test('the name of the cache changes with what replaces it and with nothing else', () => {
  const stack = new Stack(new App(), 'Chat');
  const plain = create().memory.cacheName;
  const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/k');
  expect(create({ encryptionKey: key }).memory.cacheName).not.toBe(plain);
  expect(create({ maximumEcpuPerSecond: 9_000, ttl: Duration.hours(2) }).memory.cacheName).toBe(plain);
  expect(plain).toMatch(/^[a-z][a-z0-9]{0,39}$/);
});

describe('bound to a function', () => {
  function bound() {
    const { stack, network, memory } = create({ ttl: Duration.minutes(30), maxTokens: 4_000 });
    const fn = agent(stack, network.vpc);
    memory.bindToFunction(fn);
    return { template: Template.fromStack(stack), memory };
  }

  test('sets what the runtime client reads', () => {
    const { template, memory } = bound();
    const cache = resourceOf(template, 'AWS::ElastiCache::ServerlessCache').id;
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          CHAT_MEMORY_KIND: 'valkey',
          CHAT_MEMORY_TTL_SECONDS: '1800',
          CHAT_MEMORY_MAX_TOKENS: '4000',
          CHAT_MEMORY_CACHE_NAME: memory.cacheName,
          CHAT_MEMORY_USER: memory.userName,
          CHAT_MEMORY_ENDPOINT: {
            'Fn::Join': ['', [{ 'Fn::GetAtt': [cache, 'Endpoint.Address'] }, ':', { 'Fn::GetAtt': [cache, 'Endpoint.Port'] }]],
          },
          CHAT_MEMORY_TLS: Match.absent(),
        },
      },
    });
  });

  test('grants Connect on the cache and on the user, and nothing wider', () => {
    const { template, memory } = bound();
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'elasticache:Connect',
            Effect: 'Allow',
            Resource: [
              { 'Fn::GetAtt': [Match.stringLikeRegexp('^Memory'), 'ARN'] },
              { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(`:user:${memory.userName}$`)])] },
            ],
          },
        ],
      },
    });
  });

  test('opens 6379 and the reader port 6380 from the function to the cache', () => {
    bound().template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 6379,
      ToPort: 6380,
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^MemorySecurityGroup'), 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FnSecurityGroup'), 'GroupId'] },
    });
  });

  test('opens the way out of a function whose security group lets nothing out', () => {
    const { stack, network, memory } = create();
    const group = new ec2.SecurityGroup(stack, 'Tight', { vpc: network.vpc, allowAllOutbound: false });
    const fn = new lambda.Function(stack, 'Fn', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => 1'),
      vpc: network.vpc,
      securityGroups: [group],
    });
    memory.bindToFunction(fn);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 6379, ToPort: 6380 });
  });

  test('fails when the function is outside the VPC', () => {
    const { stack, memory } = create();
    expect(() => memory.bindToFunction(agent(stack))).toThrow(
      'Chat/Fn: the function must be in the VPC of Chat/Memory to reach it; set vpc or network on the function, or use ChatMemory.dynamoDb [ChatMemory.FunctionOutsideVpc]',
    );
  });
});

test('takes at most three subnets of a VPC with more zones', () => {
  const stack = new Stack(new App(), 'Chat');
  const network = new PrivateNetwork(stack, 'Network', { availabilityZones: ['a', 'b', 'c', 'd'] });
  ChatMemory.valkey(stack, 'Memory', { network });
  const { properties } = resourceOf(Template.fromStack(stack), 'AWS::ElastiCache::ServerlessCache');
  expect(properties['SubnetIds']).toHaveLength(3);
});

test('lives in a VPC that the caller has', () => {
  const stack = new Stack(new App(), 'Chat');
  const vpc = new ec2.Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'I', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] });
  const memory = ChatMemory.valkey(stack, 'Memory', { vpc });
  expect(memory.vpc).toBe(vpc);
  expect(memory.network).toBeUndefined();
});

test.each<[ValkeyChatMemoryProps, string]>([
  [{ maximumEcpuPerSecond: 999 }, 'maximumEcpuPerSecond must be at least 1000 ECPU/s, got 999 ECPU/s; leave it out for 5000'],
  [
    { maximumEcpuPerSecond: 15_000_001 },
    'maximumEcpuPerSecond must be at most 15000000 ECPU/s, got 15000001 ECPU/s; leave it out for 5000',
  ],
  [{ maximumEcpuPerSecond: 1000.5 }, 'maximumEcpuPerSecond must be a whole number, got 1000.5'],
  [{ maximumStorage: Size.gibibytes(5001) }, 'maximumStorage must be at most 5000 GB, got 5001 GB; leave it out for 1 GB'],
  [{ maximumStorage: Size.mebibytes(1536) }, 'maximumStorage must be a whole number, got 1.5'],
  [{ snapshotRetention: 36 }, 'snapshotRetention must be at most 35 snapshots, got 36 snapshots; leave it out for none'],
  [{ ttl: Duration.seconds(0) }, 'ttl must be a whole number of seconds, at least 1 s, got 0 s'],
  [{ maxTokens: 0 }, 'maxTokens must be a whole number of at least 1, got 0; leave it out for 8000'],
  [{ network: undefined }, 'network or vpc must be stated: a cache lives in a VPC; use ChatMemory.dynamoDb without one'],
])('fails when given %j', (props, message) => {
  expect(() => create(props)).toThrow(`Chat/Memory: ${message} [ChatMemory.InvalidProps]`);
});

test('fails when the network has one zone', () => {
  const stack = new Stack(new App(), 'Chat');
  const network = new PrivateNetwork(stack, 'Network', { maxAzs: 1 });
  expect(() => ChatMemory.valkey(stack, 'Memory', { network })).toThrow(
    'Chat/Memory: subnets of the cache must be at least 2 subnets, got 1 subnets; give the network two availability zones [ChatMemory.InvalidProps]',
  );
});

test('states all problems in one error', () => {
  expect(() => create({ network: undefined, maxTokens: 0, maximumEcpuPerSecond: 1 })).toThrow(
    /maxTokens must .*; network or vpc must .*; maximumEcpuPerSecond must /,
  );
});

test.each([1000, 15_000_000])('accepts %d processing units a second', (maximumEcpuPerSecond) => {
  Template.fromStack(create({ maximumEcpuPerSecond }).stack).hasResourceProperties('AWS::ElastiCache::ServerlessCache', {
    CacheUsageLimits: { ECPUPerSecond: { Maximum: maximumEcpuPerSecond } },
  });
});

test('passes tokens', () => {
  const stack = new Stack(new App(), 'Chat');
  const network = new PrivateNetwork(stack, 'Network');
  const limit = new CfnParameter(stack, 'Limit', { type: 'Number' }).valueAsNumber;
  ChatMemory.valkey(stack, 'Memory', { network, maximumEcpuPerSecond: limit, maxTokens: limit, snapshotRetention: limit });
  Template.fromStack(stack).hasResourceProperties('AWS::ElastiCache::ServerlessCache', { SnapshotRetentionLimit: { Ref: 'Limit' } });
});

test.each([
  ['metricBytesUsed', 'BytesUsedForCache'],
  ['metricProcessingUnits', 'ElastiCacheProcessingUnits'],
  ['metricThrottledCommands', 'ThrottledCmds'],
] as const)('%s is %s of this cache', (method, metricName) => {
  const { memory } = create();
  const metric = memory[method]();
  expect(metric).toMatchObject({ namespace: 'AWS/ElastiCache', metricName, dimensions: { clusterId: memory.cacheName } });
});
