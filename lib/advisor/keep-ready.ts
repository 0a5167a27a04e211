import { Duration, Size } from 'aws-cdk-lib/core';
import { compare } from '../fleet/compare';
import type { FleetComparison } from '../fleet/fleet-result';
import { LAMBDA_MEMORY } from '../quotas/lambda-quotas';
import { LAMBDA_RUNTIMES } from '../quotas/lambda-runtimes';
import { ComputeTarget } from '../workload/compute-target';
import type { WorkloadFacts } from '../workload/workload-facts';
import { EventSource, type WorkloadProfile } from '../workload/workload-profile';
import { Packaging } from './cold-starts';
import { startSeconds, startsTooLate } from './targets/function-risks';

const MIB = 1024 ** 2;
/** Enough for a share of a hundredth, and quick: an advice should not take a second. */
const ARRIVALS = 4_000;
const MOST_DAYS = 7;

const PACKAGINGS: Readonly<Partial<Record<ComputeTarget, Packaging>>> = {
  [ComputeTarget.LAMBDA_ZIP]: Packaging.ZIP,
  [ComputeTarget.LAMBDA_IMAGE]: Packaging.IMAGE,
};

function runtimeOf(language: string | undefined): string | undefined {
  return LAMBDA_RUNTIMES.find((runtime) => language?.toLowerCase().startsWith(runtime.language) === true)?.successor;
}

/**
 * What keeps a function ready for a workload that cannot wait for its cold start; undefined where it can, or where a fact is missing that the
 * simulation depends on. Done for the target that is recommended only, since it takes longer than all the rest of an advice.
 */
export function keptReady(profile: WorkloadProfile, facts: WorkloadFacts, target: ComputeTarget): FleetComparison | undefined {
  const packaging = PACKAGINGS[target];
  const { typicalSeconds, worstSeconds, memoryBytes, requestsPerMonth, eventSource, language } = facts;
  if (packaging === undefined || !startsTooLate(facts, packaging)) return undefined;
  if (typicalSeconds === undefined || memoryBytes === undefined || requestsPerMonth === undefined || requestsPerMonth <= 0)
    return undefined;
  const runtime = runtimeOf(language);
  const workload = {
    init: Duration.millis(1_000 * startSeconds(facts, packaging)),
    duration: { typical: Duration.millis(1_000 * typicalSeconds), worst: Duration.millis(1_000 * (worstSeconds ?? typicalSeconds)) },
    memory: Size.mebibytes(Math.max(LAMBDA_MEMORY.min!, Math.ceil(memoryBytes / MIB))),
    traffic: profile.traffic!,
    objective: profile.latency!,
    containerImage: packaging === Packaging.IMAGE,
    queued: eventSource === EventSource.QUEUE,
    ...(runtime !== undefined && { runtime }),
  };
  return compare(workload, { arrivals: ARRIVALS, mostDays: MOST_DAYS });
}
