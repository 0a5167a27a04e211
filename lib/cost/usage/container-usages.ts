import type { Duration, Size } from 'aws-cdk-lib/core';

export enum FargatePlatform {
  LINUX_X86_64 = 'linux-x86_64',
  LINUX_ARM64 = 'linux-arm64',
  WINDOWS_X86_64 = 'windows-x86_64',
}

/** Fargate tasks of one size in a month. https://aws.amazon.com/fargate/pricing/ */
export interface FargateUsage {
  /** Tasks run in the month; of a service that stays, the tasks that run at a time. */
  readonly tasks: number;
  /** Time of one task from the pull of its image to its end, billed as a minute at least. @default - the month */
  readonly duration?: Duration;
  readonly vCpus: number;
  readonly memory: Size;
  /** @default FargatePlatform.LINUX_X86_64 */
  readonly platform?: FargatePlatform;
  /** 20 GB cost nothing. @default - 20 GB */
  readonly ephemeralStorage?: Size;
  /** Fargate Spot, at a price that varies. @default false */
  readonly spot?: boolean;
}

export enum AgentCoreVersion {
  V1 = 'v1',
  V2 = 'v2',
}

/** Sessions of AgentCore Runtime in a month. https://aws.amazon.com/bedrock/agentcore/pricing/ */
export interface AgentCoreUsage {
  readonly sessions: number;
  /** Time of one session, idle time included. */
  readonly duration: Duration;
  readonly vCpus: number;
  /** Peak memory, billed for the whole session. */
  readonly memory: Size;
  /** Share of the session in which the CPU works; waiting for a model costs no CPU. @default 1 */
  readonly activeCpuShare?: number;
  /** @default AgentCoreVersion.V1 */
  readonly version?: AgentCoreVersion;
}

/** EC2 instances, also those of ECS. */
export interface Ec2Usage {
  /** One of docs/prices.md: `g5.xlarge`. */
  readonly instanceType: string;
  readonly instances: number;
  /** @default - the month */
  readonly time?: Duration;
  /** Share of the price that savings plans take off. @default 0 */
  readonly discount?: number;
}
