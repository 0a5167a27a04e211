import type { Duration, Size } from 'aws-cdk-lib/core';
import { sizeBytes } from './size-bytes';
import { AgentCoupling, EventSource, StateKind, TrafficShape, type WorkloadProfile, type WorkloadStep } from './workload-profile';

/** Hours of a month, as in the estimates. */
const SECONDS_OF_A_MONTH = 730 * 3_600;
const HOURS_OF_A_DAY = 24;

/** Peaks of a hundred times the average are what `TrafficShape.SPIKY` means. */
const SPIKY_PEAK = 100;
/** A peak within this many times the average is an uneven hour, not a burst. */
const STEADY_PEAK = 3;

export interface StepFacts {
  readonly name: string;
  /** Worst time without the time in which the step waits and holds nothing. */
  readonly activeSeconds: number;
  readonly memoryBytes?: number;
  readonly gpu: boolean;
}

/** The numbers of a profile in seconds, bytes and requests per second; undefined is what nobody has told. */
export interface WorkloadFacts {
  readonly typicalSeconds?: number;
  readonly worstSeconds?: number;
  /** Empty where the profile names none. */
  readonly steps: readonly StepFacts[];
  /** Longest of the steps without the time in which it waits; the whole work where there are no steps. */
  readonly longestStepSeconds?: number;
  readonly memoryBytes?: number;
  /** Most that one step needs, where the work is run step by step. */
  readonly stepMemoryBytes?: number;
  readonly packageBytes?: number;
  readonly modelBytes: number;
  /** Package and model, or as much of them as is known; undefined where neither is. */
  readonly codeBytes?: number;
  /** Steps that need a GPU; 1 where there are no steps and the work needs one. */
  readonly gpuSteps: number;
  readonly requestsPerMonth?: number;
  /** Over the whole month. */
  readonly averagePerSecond?: number;
  /** Over the active hours. */
  readonly activePerSecond?: number;
  readonly peakPerSecond?: number;
  /** As told, or as the peak and the average say. */
  readonly shape?: TrafficShape;
  /** Pieces of work under way at once in the active hours, on average. */
  readonly averageConcurrency?: number;
  readonly peakConcurrency?: number;
  readonly p50Seconds?: number;
  readonly p99Seconds?: number;
  readonly coldBudgetSeconds?: number;
  readonly streaming: boolean;
  readonly conversation: boolean;
  readonly stateBytes?: number;
  readonly alwaysOn: boolean;
  readonly coupling?: AgentCoupling;
  readonly eventSource?: EventSource;
  /** Somebody waits for the answer on an open connection; undefined where the event source is not known. */
  readonly interactive?: boolean;
  readonly requestBytes?: number;
  readonly responseBytes?: number;
  readonly vpc: boolean;
  readonly region?: string;
  readonly euOnly: boolean;
  readonly containerImage: boolean;
  readonly language?: string;
}

const seconds = (time: Duration | undefined) => time?.toSeconds({ integral: false });
const bytes = (size: Size | undefined) => size && sizeBytes(size);

const worstOf = (step: WorkloadStep) => seconds(step.duration.worst ?? step.duration.typical)!;

function sum(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((total, value) => total + value, 0);
}

/** The largest, or undefined where one is not known. */
function largest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return values.length === 0 || known.length < values.length ? undefined : Math.max(...known);
}

function product(...values: readonly (number | undefined)[]): number | undefined {
  return values.every((value) => value !== undefined) ? values.reduce((total, value) => total * value, 1) : undefined;
}

function shapeOf(told: TrafficShape | undefined, peak: number | undefined, average: number | undefined): TrafficShape | undefined {
  if (told !== undefined || peak === undefined || average === undefined || average === 0) return told;
  if (peak >= SPIKY_PEAK * average) return TrafficShape.SPIKY;
  return peak <= STEADY_PEAK * average ? TrafficShape.STEADY : TrafficShape.BURSTY;
}

function trafficOf({ traffic }: WorkloadProfile, typicalSeconds: number | undefined) {
  const requestsPerMonth = traffic?.requestsPerMonth;
  const averagePerSecond = requestsPerMonth === undefined ? undefined : requestsPerMonth / SECONDS_OF_A_MONTH;
  const activeShare = (traffic?.activeHoursPerDay ?? HOURS_OF_A_DAY) / HOURS_OF_A_DAY;
  const activePerSecond = averagePerSecond === undefined ? undefined : averagePerSecond / activeShare;
  const peakPerSecond = traffic?.peakPerSecond;
  return {
    requestsPerMonth,
    averagePerSecond,
    activePerSecond,
    peakPerSecond,
    shape: shapeOf(traffic?.shape, peakPerSecond, activePerSecond),
    averageConcurrency: product(activePerSecond, typicalSeconds),
    peakConcurrency: product(peakPerSecond, typicalSeconds),
  };
}

const INTERACTIVE: readonly EventSource[] = [EventSource.HTTP, EventSource.WEBSOCKET];

function workOf({ duration, steps = [], memory, gpu = false }: WorkloadProfile) {
  const worstSeconds = seconds(duration?.worst ?? duration?.typical) ?? sum(steps.map(worstOf));
  const facts = steps.map((step): StepFacts => {
    const activeSeconds = worstOf(step) - (seconds(step.waiting) ?? 0);
    return { name: step.name, activeSeconds, memoryBytes: bytes(step.memory ?? memory), gpu: step.gpu ?? gpu };
  });
  const stepMemoryBytes = largest(facts.map(({ memoryBytes }) => memoryBytes)) ?? bytes(memory);
  return {
    typicalSeconds: seconds(duration?.typical) ?? sum(steps.map((step) => seconds(step.duration.typical)!)),
    worstSeconds,
    steps: facts,
    longestStepSeconds: largest(facts.map(({ activeSeconds }) => activeSeconds)) ?? worstSeconds,
    memoryBytes: largest([bytes(memory) ?? stepMemoryBytes, stepMemoryBytes]),
    stepMemoryBytes,
    gpuSteps: steps.length > 0 ? facts.filter((step) => step.gpu).length : Number(gpu),
  };
}

function sizeOf({ packageSize, modelSize }: WorkloadProfile) {
  const known = packageSize !== undefined || modelSize !== undefined;
  const modelBytes = bytes(modelSize) ?? 0;
  return { packageBytes: bytes(packageSize), modelBytes, ...(known ? { codeBytes: (bytes(packageSize) ?? 0) + modelBytes } : {}) };
}

/** The facts of a profile. Nothing that was left out is made up, except where the profile's documentation names a default. */
export function factsOf(profile: WorkloadProfile): WorkloadFacts {
  const { latency, state, payload, constraints, eventSource } = profile;
  const work = workOf(profile);
  return {
    ...work,
    ...sizeOf(profile),
    ...trafficOf(profile, work.typicalSeconds),
    p50Seconds: seconds(latency?.p50),
    p99Seconds: seconds(latency?.p99),
    coldBudgetSeconds: seconds(latency?.coldBudget),
    streaming: profile.streaming ?? false,
    conversation: state?.kind === StateKind.CONVERSATION,
    stateBytes: bytes(state?.size),
    alwaysOn: profile.alwaysOn ?? false,
    coupling: profile.multiAgent,
    eventSource,
    interactive: eventSource === undefined ? undefined : INTERACTIVE.includes(eventSource),
    requestBytes: bytes(payload?.request),
    responseBytes: bytes(payload?.response),
    vpc: constraints?.vpc ?? false,
    region: constraints?.region,
    euOnly: constraints?.euOnly ?? false,
    containerImage: constraints?.containerImage ?? false,
    language: constraints?.language,
  };
}

/** Agents that share memory must run beside one another. */
export const isTight = ({ coupling }: WorkloadFacts): boolean => coupling === AgentCoupling.TIGHT;
