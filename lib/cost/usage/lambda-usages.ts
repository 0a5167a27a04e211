import type { Duration, Size } from 'aws-cdk-lib/core';
import type { CpuArchitecture } from '../estimate-options';

/** Calls of one Lambda function in a month. https://aws.amazon.com/lambda/pricing/ */
export interface LambdaUsage {
  readonly requests: number;
  /** Time of one call, rounded up to 1 ms as each call is billed. */
  readonly duration: Duration;
  readonly memory: Size;
  /** `duration` is an average over times that were billed, and is not rounded again. @default false */
  readonly averaged?: boolean;
  /** @default CpuArchitecture.X86_64 */
  readonly architecture?: CpuArchitecture;
  /** Starts of new environments. @default 0 */
  readonly coldStarts?: number;
  /** Billed time of one start, before the handler runs. @default - none */
  readonly initDuration?: Duration;
  /** /tmp; 512 MB cost nothing. @default - 512 MB */
  readonly ephemeralStorage?: Size;
  /** Payload of an asynchronous call: above 256 KB each 64 KB count as one more request. @default - calls are synchronous */
  readonly asyncPayload?: Size;
  /** Bytes that one call streams; 6 MB cost nothing. @default - nothing is streamed */
  readonly streamedResponse?: Size;
  /** Environments kept ready; `requests` are those that they answer. @default 0 */
  readonly provisionedConcurrency?: number;
  /** Time for which they are kept ready, rounded up to 5 minutes. @default - the month */
  readonly provisionedTime?: Duration;
}

/** Calls of a Lambda@Edge function in a month. */
export interface LambdaEdgeUsage {
  readonly requests: number;
  /** Time of one call, rounded up to 1 ms. */
  readonly duration: Duration;
  /** @default - 128 MB */
  readonly memory?: Size;
}

/** Snapshots of Python and .NET functions; for Java SnapStart costs nothing. */
export interface SnapStartUsage {
  readonly memory: Size;
  /** Published versions with SnapStart. @default 1 */
  readonly versions?: number;
  /** Time for which a version exists, at least 3 h. @default - the month */
  readonly cachedTime?: Duration;
  /** Environments restored in a month. */
  readonly restores: number;
}

/** Durable executions in a month, beside the calls of their function. */
export interface DurableUsage {
  readonly executions: number;
  /** Operations of one execution: its start, each step, wait, callback … */
  readonly operationsPerExecution: number;
  /** GB written in the month by all executions. @default 0 */
  readonly gigabytesWritten?: number;
  /** Time from the start of an execution to its end. @default - no time */
  readonly runningTime?: Duration;
  /** Time for which the history is kept afterwards. @default - no time */
  readonly retention?: Duration;
}

/** Lambda Managed Instances: EC2 instances, a management fee, requests. */
export interface ManagedInstancesUsage {
  /** `m7g.xlarge`, one of docs/prices.md. */
  readonly instanceType: string;
  readonly instances: number;
  /** @default - the month */
  readonly time?: Duration;
  readonly requests: number;
  /** Share of the EC2 price that savings plans take off; the fee stays what it is. @default 0 */
  readonly discount?: number;
}

/** Lambda MicroVMs of one size. */
export interface MicroVmUsage {
  /** MicroVMs launched in the month; each reads its image once. */
  readonly launches: number;
  /** Time for which one runs. */
  readonly duration: Duration;
  readonly vCpus: number;
  readonly memory: Size;
  /** GB read at one launch or resume. @default 0 */
  readonly imageGigabytes?: number;
  /** GB of images and snapshots that are stored. @default 0 */
  readonly storedGigabytes?: number;
  /** Times that a MicroVM is suspended and resumed. @default 0 */
  readonly suspensions?: number;
  /** GB written when it is suspended and read when it is resumed. @default - the memory */
  readonly snapshotGigabytes?: number;
}

export enum EventSourceKind {
  /** Amazon MSK and self-managed Apache Kafka. */
  KAFKA = 'kafka',
  SQS = 'sqs',
}

/** Event pollers in provisioned mode. */
export interface EventSourceProvisionedUsage {
  readonly source: EventSourceKind;
  /** Event poller units times hours. */
  readonly pollerHours: number;
}

/** Environments made by a function with tenant isolation. */
export interface TenantIsolationUsage {
  /** Environments created in the month. */
  readonly environments: number;
  readonly memory: Size;
}
