import type { Duration, Size } from 'aws-cdk-lib/core';

/** Items that a Map state works through in one execution. */
export interface MapItems {
  /** Name of the state, or its path where the name stands more than once: `Review / 0 / Each`. */
  readonly state: string;
  readonly items: number;
}

/**
 * What a month asks of one resource. Which facts a resource takes depends on its type; one that it does not take is an error that names
 * those which it does.
 */
export interface ResourceLoad {
  /** Construct path, logical id, `Stack/LogicalId`, or the end of a construct path that no other resource has. */
  readonly resource: string;
  /**
   * Calls of a function, executions of a state machine, calls of an API, messages of a queue or topic, events of a rule, runs of a task
   * definition. Calls by the schedules of the templates come on top.
   *
   * @default - what reaches it from the resources before it
   */
  readonly requestsPerMonth?: number;
  /** Mean time of one call, execution or task. @default - not known: it is left out, and the estimate says so */
  readonly duration?: Duration;
  /** Mean time of a call that a schedule of the templates makes. @default - `duration` */
  readonly scheduledDuration?: Duration;
  /** Payload of one message, call of an HTTP API, or asynchronous call of a function. @default - one that counts once */
  readonly payload?: Size;
  /** Bytes that one call streams. @default - nothing is streamed */
  readonly streamedResponse?: Size;
  /** New environments of a function in the month, for the time that their start is billed. @default 0 */
  readonly coldStarts?: number;
  /** Billed time of one start of an environment. @default - none */
  readonly initDuration?: Duration;
  /** Memory of one execution of an Express workflow. @default - 64 MB */
  readonly memory?: Size;
  /** State transitions of one execution. @default - counted along the longest way through the definition */
  readonly transitionsPerExecution?: number;
  /** Retries of one execution, each one more transition. @default 0 */
  readonly retriesPerExecution?: number;
  /** Items of the Map states. @default - one item each, and the estimate says so */
  readonly mapItems?: MapItems[];
  /** Operations of one execution of a durable function: its start, each step, wait, callback … @default - not known */
  readonly operationsPerExecution?: number;
  /** Read units of a table in the month. @default 0 */
  readonly readUnits?: number;
  /** Write units of a table in the month. @default 0 */
  readonly writeUnits?: number;
  /** PUT, COPY, POST and LIST requests of a bucket in the month. @default 0 */
  readonly puts?: number;
  /** GET and other requests of a bucket in the month. @default 0 */
  readonly gets?: number;
  /** GB kept on average: by a bucket, table, cache, log group, repository. @default 0 */
  readonly storedGigabytes?: number;
  /** GB in the month: through a NAT gateway or an endpoint, or into a log group. @default 0 */
  readonly gigabytes?: number;
  /** Processing units of a serverless cache in the month. @default 0 */
  readonly processingUnits?: number;
  /** Capacity units of a load balancer at a time. @default 0 */
  readonly capacityUnits?: number;
  /** Minutes for which clients of a WebSocket API are connected, all together. @default 0 */
  readonly connectionMinutes?: number;
  /** Tasks of a service or instances of a group that run on average. @default - those that are due without a request */
  readonly running?: number;
  /** Type of the instances, where the templates leave the choice to the service. @default - not known */
  readonly instanceType?: string;
  /** Input tokens that one call sends to a model; calls by schedules count none. @default 0 */
  readonly inputTokens?: number;
  /** Output tokens that one call gets from a model. @default 0 */
  readonly outputTokens?: number;
  /** USD for a million input tokens. @default - not known */
  readonly inputPrice?: number;
  /** USD for a million output tokens. @default - not known */
  readonly outputPrice?: number;
}

/** Value of a template's parameter. */
export interface ParameterValue {
  /** `Name`, or `Stack.Name` where several stacks have it. */
  readonly name: string;
  readonly value: string;
}

/** Outcome of a template's condition. */
export interface ConditionValue {
  /** `Name`, or `Stack.Name` where several stacks have it. */
  readonly name: string;
  readonly holds: boolean;
}

/** What a month asks of a synthesized app, and as which of its possible selves the app is deployed. */
export interface AssemblyLoad {
  /**
   * Requests that come in through the entry point: an API or a function URL. Where there are several, state theirs in `resources`.
   *
   * @default - nothing comes in but what `resources` states
   */
  readonly requestsPerMonth?: number;
  /** What is asked of single resources. @default - only what reaches them from others */
  readonly resources?: ResourceLoad[];
  /** Values of parameters. @default - the defaults of the templates */
  readonly parameters?: ParameterValue[];
  /** Outcomes of conditions. @default - as the parameters decide */
  readonly conditions?: ConditionValue[];
}
