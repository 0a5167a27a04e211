import { present, product } from '../draft-line';
import { gib, hours, milliseconds, seconds } from '../measures';
import { BILLING } from '../prices/billing';
import { ceilTo } from '../rounding';
import { duration, number, REQUIRED, type Service, share, size } from '../service';
import type {
  CloudflareContainersUsage,
  CloudflareWorkersUsage,
  CloudflareWorkflowsUsage,
  CloudRunInstancesUsage,
  CloudRunUsage,
  VercelUsage,
} from '../usage/comparison-usages';
import { standingHours } from './month-time';

const IDLE = { idle: true } as const;
const PLAN = product('Cloudflare Workers Paid plan', 'cloudflare.plan', [[1, 'plan']], IDLE);
const HOUR = 3600;

/** https://developers.cloudflare.com/workers/platform/pricing/ */
export const CLOUDFLARE_WORKERS: Service<CloudflareWorkersUsage> = {
  name: 'cloudflareWorkers',
  fields: { requests: number(REQUIRED), cpuTime: duration(REQUIRED) },
  lines: ({ requests, cpuTime }) => [
    PLAN,
    product('Cloudflare Workers requests', 'cloudflare.requests', [[requests, 'requests']]),
    product('Cloudflare Workers CPU time', 'cloudflare.cpu', [
      [requests, 'requests'],
      [milliseconds(cpuTime), 'ms'],
    ]),
  ],
};

/** https://developers.cloudflare.com/workflows/reference/pricing/ */
export const CLOUDFLARE_WORKFLOWS: Service<CloudflareWorkflowsUsage> = {
  name: 'cloudflareWorkflows',
  fields: { ...CLOUDFLARE_WORKERS.fields, storedGigabytes: number() },
  lines: ({ storedGigabytes = 0, ...usage }, context) => [
    ...CLOUDFLARE_WORKERS.lines(usage, context),
    ...present([product('Cloudflare Workflows state', 'cloudflare.workflows.storage', [[storedGigabytes, 'GB-months']], IDLE)]),
  ],
};

/** https://developers.cloudflare.com/containers/pricing/ */
export const CLOUDFLARE_CONTAINERS: Service<CloudflareContainersUsage> = {
  name: 'cloudflareContainers',
  fields: {
    requests: number(REQUIRED),
    duration: duration(REQUIRED),
    vCpus: number(REQUIRED),
    memory: size(REQUIRED),
    activeCpuShare: share(),
    diskGigabytes: number(),
  },
  lines({ requests, duration: time, vCpus, memory, activeCpuShare = 1, diskGigabytes = 0 }) {
    const run = [
      [requests, 'requests'],
      [ceilTo(milliseconds(time), BILLING.cloudflare.containerStepMs) / 1000, 's'],
    ] as const;
    return [
      PLAN,
      product('Cloudflare Workers requests', 'cloudflare.requests', [[requests, 'requests']]),
      product('Cloudflare Containers CPU', 'cloudflare.containers.vcpu', [...run, [vCpus, 'vCPU'], [activeCpuShare, 'active']]),
      product('Cloudflare Containers memory', 'cloudflare.containers.memory', [...run, [gib(memory), 'GiB']]),
      ...present([product('Cloudflare Containers disk', 'cloudflare.containers.disk', [...run, [diskGigabytes, 'GB']])]),
    ];
  },
};

const VERCEL_METERS = ['vercel.cpu', 'vercel.memory', 'vercel.invocations'];

/** https://vercel.com/docs/functions/usage-and-pricing */
export const VERCEL: Service<VercelUsage> = {
  name: 'vercel',
  fields: {
    requests: number(REQUIRED),
    duration: duration(REQUIRED),
    memory: size(REQUIRED),
    cpuTime: duration(),
    concurrency: number({ min: 1 }),
  },
  lines: ({ requests, duration: time, memory, cpuTime = time, concurrency = 1 }) => [
    product('Vercel Pro plan', 'vercel.plan', [[1, 'developer']], IDLE),
    product('Vercel invocations', 'vercel.invocations', [[requests, 'requests']]),
    product('Vercel active CPU', 'vercel.cpu', [
      [requests, 'requests'],
      [hours(cpuTime), 'h'],
    ]),
    product('Vercel provisioned memory', 'vercel.memory', [
      [requests / concurrency, 'runs'],
      [hours(time), 'h'],
      [gib(memory), 'GB'],
    ]),
    {
      ...product('Vercel credit of the plan', 'vercel.credit', [[BILLING.vercel.creditUsd, 'USD of usage at most']]),
      cappedBy: VERCEL_METERS,
    },
  ],
};

/** https://cloud.google.com/run/pricing */
export const CLOUD_RUN: Service<CloudRunUsage> = {
  name: 'cloudRun',
  fields: {
    requests: number(REQUIRED),
    duration: duration(REQUIRED),
    vCpus: number(REQUIRED),
    memory: size(REQUIRED),
    concurrency: number({ min: 1 }),
  },
  lines({ requests, duration: time, vCpus, memory, concurrency = 1 }) {
    const run = [
      [requests / concurrency, 'runs'],
      [ceilTo(milliseconds(time), BILLING.cloudRun.stepMs) / 1000, 's'],
    ] as const;
    return [
      product('Cloud Run requests', 'cloud-run.requests', [[requests, 'requests']]),
      product('Cloud Run CPU', 'cloud-run.vcpu', [...run, [vCpus, 'vCPU']]),
      product('Cloud Run memory', 'cloud-run.memory', [...run, [gib(memory), 'GiB']]),
    ];
  },
};

/** https://cloud.google.com/run/pricing */
export const CLOUD_RUN_INSTANCES: Service<CloudRunInstancesUsage> = {
  name: 'cloudRunInstances',
  fields: { instances: number(REQUIRED), time: duration(), vCpus: number(REQUIRED), memory: size(REQUIRED), gpus: number() },
  lines({ instances, time, vCpus, memory, gpus = 0 }, context) {
    const least = BILLING.cloudRun.minimumInstanceS;
    const stand = time === undefined ? standingHours(time, context) * HOUR : Math.max(least, seconds(time));
    const run = [
      [instances, 'instances'],
      [stand, 's'],
    ] as const;
    const idle = { idle: time === undefined };
    return present([
      product('Cloud Run instances, CPU', 'cloud-run.instance.vcpu', [...run, [vCpus, 'vCPU']], idle),
      product('Cloud Run instances, memory', 'cloud-run.instance.memory', [...run, [gib(memory), 'GiB']], idle),
      product('Cloud Run GPU L4', 'cloud-run.gpu.l4', [...run, [gpus, 'GPU']], idle),
    ]);
  },
};
