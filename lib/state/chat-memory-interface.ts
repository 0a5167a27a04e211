import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { IPrivateNetwork } from '../network/private-network-interface';

/** Short-term memory of conversations, as an agent function sees it. */
export interface IChatMemory extends IConstruct {
  /** `valkey` or `dynamodb`: what the runtime client connects to. */
  readonly kind: string;

  /**
   * VPC that a function must be in to reach the memory.
   *
   * @default - reachable from anywhere
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Network into which an agent function is placed that states none itself.
   *
   * @default - none, the function stays where it is
   */
  readonly network?: IPrivateNetwork;

  /**
   * Gives a function what the runtime's `chatMemory()` needs: environment variables, grants and network rules.
   *
   * @param fn the function that reads and appends turns
   */
  bindToFunction(fn: lambda.Function): void;
}

/** What both kinds of memory have in common. */
export interface ChatMemoryOptions {
  /**
   * How long a conversation lives after its last turn; each turn starts the time again.
   *
   * @default Duration.hours(1)
   */
  readonly ttl?: Duration;

  /**
   * Tokens of history kept for one conversation; older turns are dropped.
   *
   * @default 8000
   */
  readonly maxTokens?: number;
}
