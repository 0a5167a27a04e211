import type { Duration, Size } from 'aws-cdk-lib/core';

export enum TrafficShape {
  /** Much the same at every hour. */
  STEADY = 'steady',
  /** Quiet hours and busy hours. */
  BURSTY = 'bursty',
  /** Peaks of a hundred times the average and more. */
  SPIKY = 'spiky',
}

export enum EventSource {
  HTTP = 'http',
  WEBSOCKET = 'websocket',
  QUEUE = 'queue',
  STREAM = 'stream',
  SCHEDULE = 'schedule',
  STORAGE = 'storage',
  EVENT = 'event',
}

export enum AgentCoupling {
  /** One agent, or none. */
  NONE = 'none',
  /** Agents hand work to one another by messages. */
  LOOSE = 'loose',
  /** Agents share memory or talk many times a second. */
  TIGHT = 'tight',
}

export enum StateKind {
  NONE = 'none',
  /** Conversations, minutes to hours. */
  CONVERSATION = 'conversation',
  /** What is kept for days and longer. */
  LONG_TERM = 'long-term',
}

/** A typical and a worst time. */
export interface TimeRange {
  readonly typical: Duration;
  /** @default - as the typical time */
  readonly worst?: Duration;
}

/** A part of the work that can run on its own. */
export interface WorkloadStep {
  readonly name: string;
  readonly duration: TimeRange;
  /** @default - the memory of the workload */
  readonly memory?: Size;
  /** Runs on a GPU. @default - as the workload */
  readonly gpu?: boolean;
  /** Time in which the step waits for something outside and computes nothing. @default - none */
  readonly waiting?: Duration;
}

export interface Traffic {
  /** Requests or jobs in a month. */
  readonly requestsPerMonth: number;
  /** Most that arrive in one second. @default - asked for where it matters */
  readonly peakPerSecond?: number;
  /** @default - asked for where it matters */
  readonly shape?: TrafficShape;
  /** Hours of a day in which requests come. @default 24 */
  readonly activeHoursPerDay?: number;
}

export interface LatencyObjective {
  /** Half of the answers come within this time. */
  readonly p50?: Duration;
  /** 99 of 100 answers come within this time. */
  readonly p99?: Duration;
  /** Longest start of a new environment that is still good. */
  readonly coldBudget?: Duration;
}

export interface WorkloadState {
  readonly kind: StateKind;
  readonly size?: Size;
}

export interface Payload {
  readonly request?: Size;
  readonly response?: Size;
}

/** What the team has decided before. */
export interface TeamConstraints {
  /** Must run in a VPC. @default false */
  readonly vpc?: boolean;
  /** AWS Region that it must run in. @default us-east-1 */
  readonly region?: string;
  /** Data must stay in the European Union. @default false */
  readonly euOnly?: boolean;
  /** Only AWS may be used. @default true */
  readonly awsOnly?: boolean;
  /** Needs a container image, whatever its size. @default false */
  readonly containerImage?: boolean;
  /** `nodejs`, `python`, `java`, `dotnet`, `go` … @default - any */
  readonly language?: string;
}

/** Tokens of one request. */
export interface TokenUse {
  readonly input: number;
  readonly output: number;
  /** Price of a million input tokens in USD. @default - tokens are not priced */
  readonly inputPrice?: number;
  /** Price of a million output tokens in USD. @default - tokens are not priced */
  readonly outputPrice?: number;
}

/** What is known about a workload. A fact that is left out is asked for where it would change the verdict; it is never guessed. */
export interface WorkloadProfile {
  /** @default workload */
  readonly name?: string;
  /** Time from the start of one piece of work to its end. @default - sum of the steps */
  readonly duration?: TimeRange;
  /** Parts of the work, in order. @default - one */
  readonly steps?: WorkloadStep[];
  /** Memory that one piece of work needs at its peak, the model included. */
  readonly memory?: Size;
  /** Code and dependencies, unpacked and without the model. */
  readonly packageSize?: Size;
  /** Weights of a model that runs inside. @default - none */
  readonly modelSize?: Size;
  /** @default false */
  readonly gpu?: boolean;
  readonly traffic?: Traffic;
  readonly latency?: LatencyObjective;
  /** Answers are sent while they are made. @default false */
  readonly streaming?: boolean;
  readonly state?: WorkloadState;
  /** A process must be there all the time, between requests as well. @default false */
  readonly alwaysOn?: boolean;
  readonly multiAgent?: AgentCoupling;
  readonly eventSource?: EventSource;
  readonly payload?: Payload;
  readonly constraints?: TeamConstraints;
  readonly tokens?: TokenUse;
}
