import { Duration, Size } from 'aws-cdk-lib/core';
import type { ComputeTarget } from '../../workload/compute-target';
import type { WorkloadProfile, WorkloadStep } from '../../workload/workload-profile';
import { ABSURD } from '../check-usage';
import { CostError } from '../cost-error';
import { CpuArchitecture, type EstimateOptions } from '../estimate-options';
import { gib, seconds } from '../measures';
import { sum } from '../price-lines';

const HOURS_OF_DAY = 24;
const UTILIZATION = 0.7;

/** A step with everything stated. */
export interface StepFacts {
  readonly name: string;
  readonly seconds: number;
  /** Seconds of it in which nothing is computed. */
  readonly waiting: number;
  readonly memoryGib: number;
}

/** What targets are estimated from. Times are in seconds, sizes in GiB. */
export interface EstimateFacts {
  readonly profile: WorkloadProfile;
  readonly requests: number;
  readonly seconds: number;
  readonly worstSeconds: number;
  readonly waiting: number;
  readonly memoryGib: number;
  readonly steps: readonly StepFacts[];
  readonly architecture: CpuArchitecture;
  readonly utilization: number;
  readonly concurrencyPerTask: number;
  readonly monthHours: number;
  /** Hours of the month in which requests come. */
  readonly activeHours: number;
}

function typical(profile: WorkloadProfile): number | undefined {
  if (profile.duration !== undefined) return seconds(profile.duration.typical);
  const { steps = [] } = profile;
  return steps.length === 0 ? undefined : sum(steps.map((step) => seconds(step.duration.typical)));
}

function worst({ duration, steps = [] }: WorkloadProfile): number {
  if (duration !== undefined) return seconds(duration.worst ?? duration.typical);
  return sum(steps.map((step) => seconds(step.duration.worst ?? step.duration.typical)));
}

function memoryOf({ memory, steps = [] }: WorkloadProfile): number | undefined {
  if (memory !== undefined) return gib(memory);
  const sizes = steps.map((step) => step.memory);
  return sizes.length > 0 && sizes.every((size) => size !== undefined) ? Math.max(...sizes.map(gib)) : undefined;
}

function stepFacts(step: WorkloadStep, memoryGib: number): StepFacts {
  const time = seconds(step.duration.typical);
  const waiting = step.waiting === undefined ? 0 : Math.min(time, seconds(step.waiting));
  return { name: step.name, seconds: time, waiting, memoryGib: step.memory === undefined ? memoryGib : gib(step.memory) };
}

function rangeProblems({ utilization = UTILIZATION, concurrencyPerTask = 1 }: EstimateOptions): string[] {
  return [
    ...(utilization > 0 && utilization <= 1 ? [] : [`utilization must be over 0 and at most 1, got ${utilization}`]),
    ...(concurrencyPerTask >= 1 && Number.isFinite(concurrencyPerTask)
      ? []
      : [`concurrencyPerTask must be at least 1, got ${concurrencyPerTask}`]),
  ];
}

function trafficProblems({ traffic }: WorkloadProfile): string[] {
  if (traffic === undefined) return [];
  const { requestsPerMonth, activeHoursPerDay = HOURS_OF_DAY } = traffic;
  return [
    ...(requestsPerMonth >= 0 && requestsPerMonth <= ABSURD
      ? []
      : [`traffic.requestsPerMonth must be a number from 0 to ${ABSURD}, got ${requestsPerMonth}`]),
    ...(activeHoursPerDay > 0 && activeHoursPerDay <= HOURS_OF_DAY
      ? []
      : [`traffic.activeHoursPerDay must be over 0 and at most ${HOURS_OF_DAY}, got ${activeHoursPerDay}`]),
  ];
}

/** Reads a profile, or names all that an estimate cannot do without. */
export function estimateFacts(
  profile: WorkloadProfile,
  target: ComputeTarget,
  options: EstimateOptions,
  monthHours: number,
): EstimateFacts {
  const [time, memoryGib, { traffic }] = [typical(profile), memoryOf(profile), profile];
  const facts = { 'traffic.requestsPerMonth': traffic?.requestsPerMonth, 'duration.typical': time, memory: memoryGib };
  const missing = Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length > 0) throw new CostError([`an estimate of ${target} needs ${missing.join(', ')}; add it to the profile`]);
  const problems = [...trafficProblems(profile), ...rangeProblems(options)];
  if (problems.length > 0) throw new CostError(problems);
  const whole = { name: 'work', seconds: time!, waiting: 0, memoryGib: memoryGib! };
  const steps = (profile.steps ?? []).map((step) => stepFacts(step, memoryGib!));
  return {
    profile,
    requests: traffic!.requestsPerMonth,
    seconds: time!,
    worstSeconds: Math.max(time!, worst(profile)),
    waiting: Math.min(time!, sum(steps.map(({ waiting }) => waiting))),
    memoryGib: memoryGib!,
    steps: steps.length === 0 ? [whole] : steps,
    architecture: options.architecture ?? CpuArchitecture.ARM64,
    utilization: options.utilization ?? UTILIZATION,
    concurrencyPerTask: options.concurrencyPerTask ?? 1,
    monthHours,
    activeHours: (monthHours * (traffic!.activeHoursPerDay ?? HOURS_OF_DAY)) / HOURS_OF_DAY,
  };
}

export const time = (value: number): Duration => Duration.millis(value * 1000);
export const memory = (value: number): Size => Size.kibibytes(value * 1024 * 1024);
