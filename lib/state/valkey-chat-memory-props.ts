import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Size } from 'aws-cdk-lib/core';
import type { IPrivateNetwork } from '../network/private-network-interface';
import type { ChatMemoryOptions } from './chat-memory-interface';

export interface ValkeyChatMemoryProps extends ChatMemoryOptions {
  /**
   * Network whose isolated subnets hold the cache; agent functions with this memory are placed into it.
   *
   * @default - none, state `vpc`
   */
  readonly network?: IPrivateNetwork;

  /**
   * VPC that holds the cache, instead of `network`.
   *
   * @default - that of `network`
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets of the cache in `vpc`: at least two, in different availability zones.
   *
   * @default - the isolated subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Data at most, in whole gibibytes. A full cache evicts the conversation that expires soonest.
   *
   * @default Size.gibibytes(1)
   */
  readonly maximumStorage?: Size;

  /**
   * ElastiCache processing units a second at most; beyond it commands are throttled, which the runtime treats as a memory that is down.
   *
   * @default 5000
   */
  readonly maximumEcpuPerSecond?: number;

  /**
   * Daily snapshots that are kept. Conversations live for an hour, so there is little to restore.
   *
   * @default 0
   */
  readonly snapshotRetention?: number;

  /**
   * Key that encrypts the cache at rest.
   *
   * @default - the service's own key
   */
  readonly encryptionKey?: kms.IKey;
}
