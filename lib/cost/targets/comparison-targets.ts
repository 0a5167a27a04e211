import { CLOUD_RUN_SIZES, CLOUDFLARE_CONTAINER_SIZES } from '../prices/size-tables';
import { count } from '../rounding';
import {
  CLOUD_RUN,
  CLOUD_RUN_INSTANCES,
  CLOUDFLARE_CONTAINERS,
  CLOUDFLARE_WORKERS,
  CLOUDFLARE_WORKFLOWS,
  VERCEL,
} from '../services/comparison';
import { usageOf } from '../usage';
import { type EstimateFacts, memory, time } from './estimate-facts';
import { modelTokens } from './front';
import { sizeFor } from './size-for';
import { joined, type PlanTarget, type TargetPlan } from './target-plan';

function around(facts: EstimateFacts, plan: TargetPlan): TargetPlan {
  return joined([plan, modelTokens(facts)]);
}

const ACTIVE = 'CPU is used in all the time in which no step waits';

export const cloudflareWorkersPlan: PlanTarget = (facts) =>
  around(facts, {
    usages: [usageOf(CLOUDFLARE_WORKERS, { requests: facts.requests, cpuTime: time(facts.seconds - facts.waiting) })],
    assumptions: [ACTIVE],
  });

export const cloudflareWorkflowsPlan: PlanTarget = (facts) =>
  around(facts, {
    usages: [usageOf(CLOUDFLARE_WORKFLOWS, { requests: facts.requests, cpuTime: time(facts.seconds - facts.waiting) })],
    assumptions: [ACTIVE, 'state that the runs keep is left out'],
  });

export const cloudflareContainersPlan: PlanTarget = (facts) => {
  const { requests, seconds, waiting, memoryGib, concurrencyPerTask } = facts;
  const size = sizeFor(CLOUDFLARE_CONTAINER_SIZES, memoryGib);
  const active = seconds === 0 ? 1 : (seconds - waiting) / seconds;
  return around(facts, {
    usages: [
      usageOf(CLOUDFLARE_CONTAINERS, {
        requests,
        duration: time(seconds / concurrencyPerTask),
        vCpus: size.vCpus,
        memory: memory(size.memoryGib),
        activeCpuShare: active,
        diskGigabytes: size.diskGigabytes,
      }),
    ],
    assumptions: [
      `a container has ${count(size.vCpus)} vCPU and ${count(size.memoryGib)} GiB, and sleeps as soon as its work is done`,
      ACTIVE,
    ],
  });
};

export const vercelPlan: PlanTarget = (facts) => {
  const { requests, seconds, waiting, memoryGib, concurrencyPerTask } = facts;
  const usage = {
    requests,
    duration: time(seconds),
    memory: memory(memoryGib),
    cpuTime: time(seconds - waiting),
    concurrency: concurrencyPerTask,
  };
  return around(facts, { usages: [usageOf(VERCEL, usage)], assumptions: ['the Pro plan has one developer', ACTIVE] });
};

export const cloudRunPlan: PlanTarget = (facts) => {
  const { requests, seconds, memoryGib, concurrencyPerTask, profile } = facts;
  const size = sizeFor(CLOUD_RUN_SIZES, memoryGib);
  if (profile.gpu === true) {
    const least = sizeFor(CLOUD_RUN_SIZES, Math.max(memoryGib, 16));
    const busy = time((requests * seconds) / concurrencyPerTask);
    return around(facts, {
      usages: [usageOf(CLOUD_RUN_INSTANCES, { instances: 1, time: busy, vCpus: least.vCpus, memory: memory(least.memoryGib), gpus: 1 })],
      assumptions: ['instances with one GPU L4 start for the work and stop after it; starts and idle time are left out'],
    });
  }
  const usage = { requests, duration: time(seconds), vCpus: size.vCpus, memory: memory(memoryGib), concurrency: concurrencyPerTask };
  return around(facts, { usages: [usageOf(CLOUD_RUN, usage)], assumptions: [`an instance has ${count(size.vCpus)} vCPU`] });
};
