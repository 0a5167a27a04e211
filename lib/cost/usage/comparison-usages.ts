import type { Duration, Size } from 'aws-cdk-lib/core';

/** Cloudflare Workers on the paid plan. https://developers.cloudflare.com/workers/platform/pricing/ */
export interface CloudflareWorkersUsage {
  readonly requests: number;
  /** CPU time of one request; waiting costs nothing. */
  readonly cpuTime: Duration;
}

/** Cloudflare Workflows: the requests and the CPU time of Workers, and state. */
export interface CloudflareWorkflowsUsage {
  readonly requests: number;
  /** CPU time of one run. */
  readonly cpuTime: Duration;
  /** GB of state that are kept. @default 0 */
  readonly storedGigabytes?: number;
}

/** Cloudflare Containers, each reached through a Worker. https://developers.cloudflare.com/containers/pricing/ */
export interface CloudflareContainersUsage {
  /** Time of one request, or of one run of a container. */
  readonly requests: number;
  readonly duration: Duration;
  readonly vCpus: number;
  readonly memory: Size;
  /** Share of the time in which the CPU works. @default 1 */
  readonly activeCpuShare?: number;
  /** GB of disk. @default 0 */
  readonly diskGigabytes?: number;
}

/** Vercel Functions with Fluid compute, Pro plan of one developer. https://vercel.com/docs/functions/usage-and-pricing */
export interface VercelUsage {
  readonly requests: number;
  /** Time of one request. */
  readonly duration: Duration;
  readonly memory: Size;
  /** CPU time of one request; waiting costs no CPU. @default - the duration */
  readonly cpuTime?: Duration;
  /** Requests that one instance serves at a time. @default 1 */
  readonly concurrency?: number;
}

/** Cloud Run. https://cloud.google.com/run/pricing */
export interface CloudRunUsage {
  readonly requests: number;
  /** Time of one request, rounded up to 100 ms. */
  readonly duration: Duration;
  readonly vCpus: number;
  readonly memory: Size;
  /** Requests that one instance serves at a time. @default 1 */
  readonly concurrency?: number;
}

/** Cloud Run instances that stay, also those with a GPU. https://cloud.google.com/run/pricing */
export interface CloudRunInstancesUsage {
  readonly instances: number;
  /** @default - the month */
  readonly time?: Duration;
  readonly vCpus: number;
  readonly memory: Size;
  /** GPUs of the type L4 of each. @default 0 */
  readonly gpus?: number;
}
