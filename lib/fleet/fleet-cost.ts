import { Duration, Size } from 'aws-cdk-lib/core';
import { SMALL_WARMER } from '../../lambda/contract/warming';
import { CostModel } from '../cost/cost-model';
import type { Estimate } from '../cost/estimate';
import { CpuArchitecture } from '../cost/estimate-options';
import { BILLING } from '../cost/prices/billing';
import { ServiceUsage } from '../cost/service-usage';
import { instancesFor } from '../cost/targets/instances-for';
import type { LambdaUsage } from '../cost/usage/lambda-usages';
import { LAMBDA_MEMORY_PER_VCPU } from '../quotas/lambda-quotas';
import { LMI_MEMORY } from '../quotas/managed-instances-quotas';
import { sizeBytes } from '../workload/size-bytes';
import type { FleetTally } from './fleet-tally';
import type { MechanismPlan } from './mechanism-plan';

const GIB = 1024 ** 3;
const MONTH_MS = 730 * 3_600_000;
const MIB_OF_A_GIB = 1024;

/** What the price of a simulated fleet depends on beside its tally. */
export interface FleetPricing {
  readonly memory: Size;
  readonly architecture?: CpuArchitecture;
  /** Billed start of a new environment. */
  readonly coldMs: number;
  /** Requests of a month; as many as the simulation has for its time where it is not told. */
  readonly requestsPerMonth?: number;
  /** SnapStart costs nothing on it. */
  readonly java: boolean;
}

/** How much of a month is simulated, for what goes with the requests and for what goes with time. */
interface Scale {
  readonly ofRequests: number;
  readonly ofTime: number;
}

function functionUsage(
  pricing: FleetPricing,
  requests: number,
  totalMs: number,
  more: Partial<LambdaUsage>,
  scale: number,
): ServiceUsage[] {
  if (requests === 0 && (more.provisionedConcurrency ?? 0) === 0) return [];
  return [
    ServiceUsage.lambda({
      requests: requests * scale,
      duration: Duration.millis(requests === 0 ? 0 : totalMs / requests),
      averaged: true,
      memory: pricing.memory,
      architecture: pricing.architecture ?? CpuArchitecture.ARM64,
      ...more,
    }),
  ];
}

function onDemand(pricing: FleetPricing, tally: FleetTally, scale: Scale, billed: boolean): ServiceUsage[] {
  const requests = tally.latencies.length - tally.answeredAhead;
  const starts = { coldStarts: tally.cold * scale.ofRequests, initDuration: Duration.millis(pricing.coldMs) };
  return functionUsage(pricing, requests, tally.onDemandMs, billed ? starts : {}, scale.ofRequests);
}

function pings(pricing: FleetPricing, environments: number, tally: FleetTally, { ofTime }: Scale): ServiceUsage[] {
  const warmerMib = environments > SMALL_WARMER.pings ? LAMBDA_MEMORY_PER_VCPU.max! : SMALL_WARMER.memoryMb;
  const starts = { coldStarts: tally.coldPings * ofTime, initDuration: Duration.millis(pricing.coldMs) };
  const rounds = tally.pingRounds * ofTime;
  const each = tally.pings === 0 ? 0 : (tally.pingMs + tally.coldPings * pricing.coldMs) / tally.pings;
  return [
    ...functionUsage(pricing, tally.pings, tally.pingMs, starts, ofTime),
    ServiceUsage.lambda({
      requests: rounds,
      duration: Duration.millis(each),
      averaged: true,
      memory: Size.mebibytes(warmerMib),
      architecture: CpuArchitecture.ARM64,
    }),
    ServiceUsage.scheduler({ invocations: rounds }),
  ];
}

function provisioned(pricing: FleetPricing, tally: FleetTally, scale: Scale): ServiceUsage[] {
  const mean = tally.provisionedMs / tally.spanMs;
  return functionUsage(pricing, tally.answeredAhead, tally.aheadMs, { provisionedConcurrency: mean }, scale.ofRequests);
}

function snapshots({ memory, java }: FleetPricing, tally: FleetTally, { ofRequests }: Scale): ServiceUsage[] {
  return java ? [] : [ServiceUsage.snapStart({ memory, restores: tally.cold * ofRequests })];
}

function instances({ memory }: FleetPricing, environments: number, tally: FleetTally, { ofRequests }: Scale): ServiceUsage[] {
  const gib = Math.max(sizeBytes(memory) / GIB, LMI_MEMORY.min! / MIB_OF_A_GIB);
  const { type, instances: count } = instancesFor(Math.max(BILLING.managedInstances.least, environments), gib);
  return [ServiceUsage.managedInstances({ instanceType: type, instances: count, requests: tally.latencies.length * ofRequests })];
}

function usagesOf(plan: MechanismPlan, tally: FleetTally, pricing: FleetPricing, scale: Scale): ServiceUsage[] {
  switch (plan.kind) {
    case 'nothing':
      return onDemand(pricing, tally, scale, true);
    case 'ping':
      return [...onDemand(pricing, tally, scale, true), ...pings(pricing, plan.environments, tally, scale)];
    case 'fixed':
    case 'scheduled':
      return [...provisioned(pricing, tally, scale), ...onDemand(pricing, tally, scale, true)];
    case 'autoscaled':
      return [
        ...provisioned(pricing, tally, scale),
        ...onDemand(pricing, tally, scale, true),
        ServiceUsage.cloudWatch({ alarms: BILLING.cloudWatch.alarmsOfTracking }),
      ];
    case 'snapStart':
      // The restore is billed by the size that is restored; init ran when the version was published.
      return [...onDemand(pricing, tally, scale, false), ...snapshots(pricing, tally, scale)];
    case 'managedInstances':
      return instances(pricing, plan.environments, tally, scale);
  }
}

/** What a month of a simulated fleet costs. */
export function fleetCost(plan: MechanismPlan, tally: FleetTally, pricing: FleetPricing): Estimate {
  const ofTime = MONTH_MS / tally.spanMs;
  const { requestsPerMonth } = pricing;
  const ofRequests = requestsPerMonth === undefined || tally.requests === 0 ? ofTime : requestsPerMonth / tally.requests;
  return CostModel.estimateUsage(usagesOf(plan, tally, pricing, { ofRequests, ofTime }), {
    requestsPerMonth: requestsPerMonth ?? tally.requests * ofTime,
  });
}
