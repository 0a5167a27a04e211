import { DURABLE_RETENTION } from '../../quotas/durable-quotas';
import { LAMBDA_MEMORY, LAMBDA_TIMEOUT } from '../../quotas/lambda-quotas';
import { LMI_MEMORY } from '../../quotas/managed-instances-quotas';
import { EventSource } from '../../workload/workload-profile';
import { gib } from '../measures';
import { BILLING } from '../prices/billing';
import { MICRO_VM_SIZES } from '../prices/size-tables';
import { ceilTo, count } from '../rounding';
import { LAMBDA } from '../services/lambda';
import { DURABLE, MANAGED_INSTANCES, MICRO_VM } from '../services/lambda-variants';
import { STEP_FUNCTIONS_EXPRESS, STEP_FUNCTIONS_STANDARD } from '../services/step-functions';
import type { Usage } from '../usage';
import { usageOf } from '../usage';
import type { LambdaUsage } from '../usage/lambda-usages';
import { type EstimateFacts, memory, time } from './estimate-facts';
import { arrival, httpApi, modelTokens } from './front';
import { instancesFor } from './instances-for';
import { sizeFor } from './size-for';
import { standing } from './standing';
import { joined, type PlanTarget, type TargetPlan } from './target-plan';

const MIB = 1024;
const ASYNC_SOURCES: readonly (EventSource | undefined)[] = [EventSource.STORAGE, EventSource.EVENT, EventSource.SCHEDULE];

function configured(memoryGib: number): number {
  return Math.max(LAMBDA_MEMORY.min!, ceilTo(memoryGib * MIB, 1)) / MIB;
}

/** Calls of one function. */
export function calls(facts: EstimateFacts, requests: number, seconds: number, memoryGib: number): Usage {
  const { profile, architecture } = facts;
  const { request, response } = profile.payload ?? {};
  const usage: LambdaUsage = {
    requests,
    duration: time(seconds),
    memory: memory(configured(memoryGib)),
    architecture,
    ...(request !== undefined && ASYNC_SOURCES.includes(profile.eventSource) && { asyncPayload: request }),
    ...(response !== undefined && profile.streaming === true && { streamedResponse: response }),
  };
  return usageOf(LAMBDA, usage);
}

function around(facts: EstimateFacts, plan: TargetPlan): TargetPlan {
  return joined([plan, arrival(facts), modelTokens(facts)]);
}

const LAMBDA_ASSUMPTIONS = ['starts of new environments are left out', 'HTTP comes through a function URL, which costs nothing'];

export const lambdaPlan: PlanTarget = (facts) =>
  around(facts, { usages: [calls(facts, facts.requests, facts.seconds, facts.memoryGib)], assumptions: LAMBDA_ASSUMPTIONS });

/** A suspended execution costs no compute; each wait ends the call, and the next one goes on. */
export const durablePlan: PlanTarget = (facts) => {
  const { requests, steps, seconds, waiting, profile } = facts;
  const waits = steps.filter((step) => step.waiting > 0).length;
  const active = seconds - waiting;
  const callsEach = Math.max(1 + waits, Math.ceil(active / LAMBDA_TIMEOUT.max!));
  const written = profile.payload?.response === undefined ? 0 : gib(profile.payload.response);
  const retention = (DURABLE_RETENTION.default ?? 0) * 24 * 3600;
  return around(facts, {
    usages: [
      calls(facts, requests * callsEach, active / callsEach, facts.memoryGib),
      usageOf(DURABLE, {
        executions: requests,
        operationsPerExecution: 1 + steps.length + waits,
        gigabytesWritten: requests * steps.length * written,
        runningTime: time(seconds),
        retention: time(retention),
      }),
    ],
    assumptions: [
      ...LAMBDA_ASSUMPTIONS,
      'an execution has one operation for its start, one for each step and one for each wait',
      written === 0
        ? 'data that the steps write down is left out, since the profile states no payload.response'
        : 'each step writes down as much as payload.response',
      `history is kept for ${count(DURABLE_RETENTION.default ?? 0)} days`,
    ],
  });
};

export const standardPlan: PlanTarget = (facts) => {
  const { requests, steps } = facts;
  const transitions = steps.length + 1;
  return joined([
    around(facts, {
      usages: [
        usageOf(STEP_FUNCTIONS_STANDARD, { executions: requests, transitionsPerExecution: transitions }),
        ...steps.map((step) => calls(facts, requests, step.seconds - step.waiting, step.memoryGib)),
      ],
      assumptions: [
        LAMBDA_ASSUMPTIONS[0]!,
        `an execution has ${transitions} transitions, its start and one for each step, and nothing is retried`,
        'what a step waits for is waited for by the workflow (callback), so that no function runs meanwhile',
      ],
    }),
    httpApi(facts),
  ]);
};

export const expressPlan: PlanTarget = (facts) => {
  const { requests, steps, seconds } = facts;
  return joined([
    around(facts, {
      usages: [
        usageOf(STEP_FUNCTIONS_EXPRESS, { requests, duration: time(seconds) }),
        ...steps.map((step) => calls(facts, requests, step.seconds, step.memoryGib)),
      ],
      assumptions: [
        LAMBDA_ASSUMPTIONS[0]!,
        `an execution takes ${BILLING.express.stepMib} MB of the workflow's memory, and nothing is retried`,
      ],
    }),
    httpApi(facts),
  ]);
};

export const managedInstancesPlan: PlanTarget = (facts) => {
  const { least } = BILLING.managedInstances;
  const { tasks, assumptions } = standing(facts);
  const { type, instances } = instancesFor(Math.max(least, tasks), Math.max(facts.memoryGib, LMI_MEMORY.min! / MIB));
  return around(facts, {
    usages: [usageOf(MANAGED_INSTANCES, { instanceType: type, instances, requests: facts.requests })],
    assumptions: [
      `${count(instances)} instances ${type} stay all month: at least ${least}, one for each availability zone`,
      `one GB of each instance is the system's, and an environment has ${count(LMI_MEMORY.min! / MIB)} GB at least`,
      ...assumptions,
    ],
  });
};

export const microVmPlan: PlanTarget = (facts) => {
  const { profile, requests, seconds, waiting, memoryGib } = facts;
  const size = sizeFor(MICRO_VM_SIZES, memoryGib);
  const image = [profile.packageSize, profile.modelSize].reduce((total, part) => total + (part === undefined ? 0 : gib(part)), 0);
  const suspensions = waiting > 0 ? requests : 0;
  return around(facts, {
    usages: [
      usageOf(MICRO_VM, {
        launches: requests,
        duration: time(seconds - waiting),
        vCpus: size.vCpus,
        memory: memory(size.memoryGib),
        imageGigabytes: image,
        storedGigabytes: image,
        suspensions,
      }),
    ],
    assumptions: [
      `each piece of work gets a MicroVM of ${count(size.vCpus)} vCPU and ${count(size.memoryGib)} GB, launched from an image of ${count(image)} GB`,
      ...(suspensions > 0 ? ['a MicroVM is suspended once while it waits'] : []),
    ],
  });
};
