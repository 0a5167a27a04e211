import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache, CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { ArnFormat, type Stack } from 'aws-cdk-lib/core';
import type { TwinNetwork } from './network';

const CACHE_NAME = 'twin-chat-memory';
const USER_NAME = 'twin-chat-memory-user';
const PORTS = ec2.Port.tcpRange(6379, 6380);
/** What the chat handler's client and scripts call. */
const ACCESS =
  'on ~chat:* resetchannels -@all +@connection +cluster|slots +cluster|shards +cluster|nodes +cluster|info +cluster|myid +info ' +
  '+eval +evalsha +script|load +lindex +llen +lrange +lpop +rpush +pexpire';

/** ElastiCache Serverless for Valkey with one IAM user, and the function that uses it. */
export function giveMemory(stack: Stack, network: TwinNetwork, fn: lambda.Function): void {
  const securityGroup = new ec2.SecurityGroup(stack, 'MemorySecurityGroup', {
    vpc: network.vpc,
    description: 'Valkey chat memory, reached by its agent functions only',
    allowAllOutbound: false,
  });
  const { user, group } = createUser(stack);
  const cache = new CfnServerlessCache(stack, 'MemoryCache', {
    serverlessCacheName: CACHE_NAME,
    description: 'Short-term memory of conversations',
    engine: 'valkey',
    majorEngineVersion: '8',
    cacheUsageLimits: { dataStorage: { maximum: 1, unit: 'GB' }, ecpuPerSecond: { maximum: 5_000 } },
    userGroupId: group.ref,
    securityGroupIds: [securityGroup.securityGroupId],
    subnetIds: network.vpc.selectSubnets(network.subnets).subnetIds,
    snapshotRetentionLimit: 0,
  });
  cache.addResourceDependency(group);
  group.addResourceDependency(user);

  fn.addEnvironment('CHAT_MEMORY_KIND', 'valkey');
  fn.addEnvironment('CHAT_MEMORY_TTL_SECONDS', '3600');
  fn.addEnvironment('CHAT_MEMORY_MAX_TOKENS', '8000');
  fn.addEnvironment('CHAT_MEMORY_ENDPOINT', `${cache.attrEndpointAddress}:${cache.attrEndpointPort}`);
  fn.addEnvironment('CHAT_MEMORY_CACHE_NAME', CACHE_NAME);
  fn.addEnvironment('CHAT_MEMORY_USER', USER_NAME);
  const userArn = stack.formatArn({
    service: 'elasticache',
    resource: 'user',
    resourceName: USER_NAME,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['elasticache:Connect'], resources: [cache.attrArn, userArn] }));
  securityGroup.connections.allowFrom(fn, PORTS, 'chat memory');
}

function createUser(stack: Stack): { user: CfnUser; group: CfnUserGroup } {
  const user = new CfnUser(stack, 'MemoryUser', {
    engine: 'valkey',
    userId: USER_NAME,
    userName: USER_NAME,
    authenticationMode: { Type: 'iam' },
    accessString: ACCESS,
  });
  const group = new CfnUserGroup(stack, 'MemoryUserGroup', {
    engine: 'valkey',
    userGroupId: 'twin-chat-memory-group',
    userIds: [user.ref],
  });
  return { user, group };
}
