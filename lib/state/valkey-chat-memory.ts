import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Size } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import type { IPrivateNetwork } from '../network/private-network-interface';
import { failOn } from '../validation/validation-error';
import { cacheMetric } from './cache-metric';
import { CacheUser } from './cache-user';
import type { IChatMemory } from './chat-memory-interface';
import { addHistoryVariables, type HistoryBounds, historyBounds } from './history-bounds';
import { replaceableName } from './replaceable-name';
import type { ValkeyChatMemoryProps } from './valkey-chat-memory-props';
import { MAXIMUM_CACHE_SUBNETS, placementOf, problemsOf } from './valkey-checks';

/** 6379 takes reads and writes, 6380 is the reader endpoint of a serverless cache. */
const VALKEY_PORTS = [6379, 6380] as const;

/**
 * Conversations in ElastiCache Serverless for Valkey: TLS always, IAM instead of passwords, no route to the internet.
 *
 * Cost floor: 6.13 USD a month (100 MB at 0.084 USD per GB-hour, us-east-1); 1 million processing units cost 0.0023 USD.
 */
export class ValkeyChatMemory extends Construct implements IChatMemory, ec2.IConnectable {
  readonly kind: string = 'valkey';
  readonly vpc?: ec2.IVpc;
  readonly network?: IPrivateNetwork;
  readonly cache: CfnServerlessCache;
  /** Name of the cache, part of the signed token with which clients connect. */
  readonly cacheName: string;
  /** Id and name of the cache's only user. */
  readonly userName: string;
  readonly securityGroup: ec2.SecurityGroup;
  readonly connections: ec2.Connections;
  private readonly user: CacheUser;
  private readonly bounds: HistoryBounds;

  constructor(scope: Construct, id: string, props: ValkeyChatMemoryProps) {
    super(scope, id);
    failOn(this, 'ChatMemory.InvalidProps', problemsOf(props));

    const { vpc, subnets } = placementOf(props);
    this.vpc = vpc;
    this.network = props.network;
    this.bounds = historyBounds(props);
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Valkey chat memory, reached by its agent functions only',
      allowAllOutbound: false,
    });
    this.connections = new ec2.Connections({ securityGroups: [this.securityGroup], defaultPort: ec2.Port.tcpRange(...VALKEY_PORTS) });
    this.user = new CacheUser(this, 'User');
    this.userName = this.user.userName;

    const subnetIds = vpc.selectSubnets(subnets).subnetIds.slice(0, MAXIMUM_CACHE_SUBNETS);
    this.cacheName = replaceableName(this, [subnetIds, props.encryptionKey?.keyArn]);
    this.cache = this.createCache(props, subnetIds);
  }

  bindToFunction(fn: lambda.Function): void {
    if (!fn.isBoundToVpc) {
      failOn(fn, 'ChatMemory.FunctionOutsideVpc', [
        `the function must be in the VPC of ${this.node.path} to reach it; set vpc or network on the function, or use ChatMemory.dynamoDb`,
      ]);
    }
    addHistoryVariables(fn, this.kind, this.bounds);
    fn.addEnvironment(Env.chatMemoryEndpoint, `${this.cache.attrEndpointAddress}:${this.cache.attrEndpointPort}`);
    fn.addEnvironment(Env.chatMemoryCacheName, this.cacheName);
    fn.addEnvironment(Env.chatMemoryUser, this.userName);
    this.grantConnect(fn);
    this.connections.allowFrom(fn, ec2.Port.tcpRange(...VALKEY_PORTS), 'chat memory');
  }

  /** Lets a principal sign the token that opens a connection. */
  grantConnect(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['elasticache:Connect'],
      resourceArns: [this.cache.attrArn, this.user.userArn],
    });
  }

  /** Any metric of the cache. */
  metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return cacheMetric(this.cacheName, metricName, props);
  }

  /** Bytes that conversations take. */
  metricBytesUsed(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('BytesUsedForCache', { statistic: 'Maximum', ...props });
  }

  /** Processing units consumed. */
  metricProcessingUnits(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ElastiCacheProcessingUnits', props);
  }

  /** Commands refused because a usage limit was hit. */
  metricThrottledCommands(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ThrottledCmds', props);
  }

  private createCache(props: ValkeyChatMemoryProps, subnetIds: string[]): CfnServerlessCache {
    const cache = new CfnServerlessCache(this, 'Resource', {
      serverlessCacheName: this.cacheName,
      description: 'Short-term memory of conversations',
      engine: 'valkey',
      majorEngineVersion: '8',
      cacheUsageLimits: {
        dataStorage: { maximum: (props.maximumStorage ?? Size.gibibytes(1)).toGibibytes(), unit: 'GB' },
        ecpuPerSecond: { maximum: props.maximumEcpuPerSecond ?? 5_000 },
      },
      userGroupId: this.user.group.ref,
      securityGroupIds: [this.securityGroup.securityGroupId],
      subnetIds,
      kmsKeyId: props.encryptionKey?.keyArn,
      snapshotRetentionLimit: props.snapshotRetention ?? 0,
    });
    cache.addResourceDependency(this.user.group);
    return cache;
  }
}
