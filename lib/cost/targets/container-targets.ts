import { EventSource } from '../../workload/workload-profile';
import { CpuArchitecture } from '../estimate-options';
import { gib } from '../measures';
import { BILLING } from '../prices/billing';
import { INSTANCE_SIZES, type InstanceSize } from '../prices/instance-sizes';
import { SAGEMAKER_SERVERLESS_GIB, SAGEMAKER_SIZES } from '../prices/size-tables';
import { count } from '../rounding';
import { AGENTCORE } from '../services/agentcore';
import { EC2 } from '../services/ec2';
import { FARGATE } from '../services/fargate';
import { SAGEMAKER_INSTANCES, SAGEMAKER_SERVERLESS } from '../services/models';
import { type Usage, usageOf } from '../usage';
import { FargatePlatform } from '../usage/container-usages';
import { type EstimateFacts, memory, time } from './estimate-facts';
import { arrival, loadBalancer, modelTokens } from './front';
import { fargateSize } from './size-for';
import { standing } from './standing';
import { joined, type PlanTarget, type TargetPlan } from './target-plan';

const HOUR = 3600;

/** Callers wait for the answer, so that containers must be there before they call. */
function staysUp({ profile }: EstimateFacts): boolean {
  const { eventSource, alwaysOn, streaming, latency } = profile;
  const asked = eventSource === EventSource.HTTP || eventSource === EventSource.WEBSOCKET;
  return asked || alwaysOn === true || streaming === true || latency !== undefined;
}

function around(facts: EstimateFacts, plan: TargetPlan): TargetPlan {
  return joined([plan, arrival(facts), modelTokens(facts)]);
}

/** Tasks that stay: one all month, the others in the hours in which requests come. */
export function fargateService(facts: EstimateFacts): TargetPlan {
  const { tasks, assumptions } = standing(facts);
  const size = fargateSize(facts.memoryGib);
  const each = { vCpus: size.vCpus, memory: memory(size.memoryGib), platform: platformOf(facts) };
  const more: Usage[] = tasks > 1 ? [usageOf(FARGATE, { tasks: tasks - 1, duration: time(facts.activeHours * HOUR), ...each })] : [];
  return {
    usages: [usageOf(FARGATE, { tasks: 1, ...each }), ...more],
    assumptions: [
      `a task has ${count(size.vCpus)} vCPU and ${count(size.memoryGib)} GB, the smallest size that holds the memory and is about as strong as a function that has it`,
      ...assumptions,
    ],
  };
}

/** One task for each job. */
function fargateJobs(facts: EstimateFacts): TargetPlan {
  const size = fargateSize(facts.memoryGib);
  const usage = {
    tasks: facts.requests,
    duration: time(facts.seconds),
    vCpus: size.vCpus,
    memory: memory(size.memoryGib),
    platform: platformOf(facts),
  };
  return {
    usages: [usageOf(FARGATE, usage)],
    assumptions: [
      `a task has ${count(size.vCpus)} vCPU and ${count(size.memoryGib)} GB, the smallest size that holds the memory and is about as strong as a function that has it`,
      'each job runs in a task of its own, billed for a minute at least; the pull of the image is left out',
    ],
  };
}

function platformOf({ architecture }: EstimateFacts): FargatePlatform {
  return architecture === CpuArchitecture.ARM64 ? FargatePlatform.LINUX_ARM64 : FargatePlatform.LINUX_X86_64;
}

/** Seconds that the tasks of a plan run: what decides between jobs and a service, both of one task size. */
function jobsAreCheaper(facts: EstimateFacts): boolean {
  const { tasks } = standing(facts);
  const service = facts.monthHours * HOUR + (tasks - 1) * facts.activeHours * HOUR;
  return facts.requests * Math.max(BILLING.fargate.minimumS, facts.seconds) < service;
}

/** What a queue feeds: a task for each job, or tasks that stay, whichever is cheaper. */
export function fargateWorkers(facts: EstimateFacts): TargetPlan {
  return jobsAreCheaper(facts) ? fargateJobs(facts) : fargateService(facts);
}

export const fargatePlan: PlanTarget = (facts) =>
  around(facts, staysUp(facts) ? joined([fargateService(facts), loadBalancer(facts)]) : fargateWorkers(facts));

function gpuInstance({ profile, memoryGib }: EstimateFacts, sizes: readonly InstanceSize[]): InstanceSize {
  const model = profile.modelSize === undefined ? 0 : gib(profile.modelSize);
  const fits = sizes.find((size) => size.gpuMemoryGib > 0 && size.memoryGib >= memoryGib && size.gpuMemoryGib >= model);
  return fits ?? sizes.at(-1)!;
}

export const ecsGpuPlan: PlanTarget = (facts) => {
  const instance = gpuInstance(facts, INSTANCE_SIZES);
  const { tasks, assumptions } = standing(facts);
  if (!staysUp(facts)) {
    const busy = time((facts.requests * facts.seconds) / facts.concurrencyPerTask);
    return around(facts, {
      usages: [usageOf(EC2, { instanceType: instance.type, instances: 1, time: busy })],
      assumptions: [`${instance.type} starts for the work and stops after it; the time of the start is left out`],
    });
  }
  const more = tasks > 1 ? [usageOf(EC2, { instanceType: instance.type, instances: tasks - 1, time: time(facts.activeHours * HOUR) })] : [];
  return around(
    facts,
    joined([
      {
        usages: [usageOf(EC2, { instanceType: instance.type, instances: 1 }), ...more],
        assumptions: [`one ${instance.type} stays all month`, ...assumptions],
      },
      loadBalancer(facts),
    ]),
  );
};

export const sageMakerServerlessPlan: PlanTarget = (facts) => {
  const size = SAGEMAKER_SERVERLESS_GIB.find((gigabytes) => gigabytes >= facts.memoryGib) ?? facts.memoryGib;
  return around(facts, {
    usages: [usageOf(SAGEMAKER_SERVERLESS, { requests: facts.requests, duration: time(facts.seconds), memory: memory(size) })],
    assumptions: [`the endpoint has ${count(size)} GB`, 'data in and out is left out'],
  });
};

/** An asynchronous endpoint scales to none, so that only the time of work is billed. */
export const sageMakerAsyncPlan: PlanTarget = (facts) => {
  const wanted = SAGEMAKER_SIZES.filter(({ gpuMemoryGib }) => (facts.profile.gpu === true) === gpuMemoryGib > 0);
  const instance = wanted.find(({ memoryGib }) => memoryGib >= facts.memoryGib) ?? wanted.at(-1)!;
  const busy = (facts.requests * facts.seconds) / (facts.utilization * facts.concurrencyPerTask);
  return around(facts, {
    usages: [usageOf(SAGEMAKER_INSTANCES, { instanceType: instance.type, instances: 1, time: time(busy) })],
    assumptions: [
      `the endpoint scales to none; while it works an ${instance.type} is busy for ${count(facts.utilization * 100)} % of its time`,
    ],
  });
};

export const agentCorePlan: PlanTarget = (facts) => {
  const { requests, seconds, waiting, memoryGib } = facts;
  const active = seconds === 0 ? 1 : (seconds - waiting) / seconds;
  return around(facts, {
    usages: [
      usageOf(AGENTCORE, { sessions: requests, duration: time(seconds), vCpus: 1, memory: memory(memoryGib), activeCpuShare: active }),
    ],
    assumptions: [
      'each piece of work is a session that is stopped at its end; one left to its idle timeout is billed for its memory until then',
      `one vCPU works while a session does not wait (${count(Math.round(active * 100))} % of the time)`,
      'the runtime is platform version V1',
    ],
  });
};
