import { LAMBDA_MEMORY_PER_VCPU, LAMBDA_SCALING } from '../quotas/lambda-quotas';
import type { WorkloadFacts } from '../workload/workload-facts';
import { EventSource, TrafficShape } from '../workload/workload-profile';
import type { Need } from './limit-row';

const need = (fact: string, of: Need['of']): Need => ({ fact, of });

export const WHOLE_DURATION = need('duration', (facts) => facts.worstSeconds);
export const STEP_DURATION = need('steps.duration', (facts) => facts.longestStepSeconds);
export const MEMORY = need('memory', (facts) => facts.memoryBytes);
export const STEP_MEMORY = need('steps.memory', (facts) => facts.stepMemoryBytes);
export const CODE = need('packageSize', (facts) => facts.codeBytes);
export const REQUEST = need('payload.request', (facts) => facts.requestBytes);
export const RESPONSE = need('payload.response', (facts) => facts.responseBytes);
export const GPU = need('gpu', (facts) => facts.gpuSteps);
export const IDLE_PROCESS = need('alwaysOn', (facts) => Number(facts.alwaysOn));
export const STREAM = need('streaming', (facts) => Number(facts.streaming));
export const IMAGE = need('constraints.containerImage', (facts) => Number(facts.containerImage));
export const VPC = need('constraints.vpc', (facts) => Number(facts.vpc));
export const CONCURRENCY = need('traffic.peakPerSecond', (facts) => facts.peakConcurrency);
export const ARRIVALS = need('traffic.peakPerSecond', (facts) => facts.peakPerSecond);
export const STEP_COUNT = need('steps', (facts) => Math.max(1, facts.steps.length));

/** Wall clock without waiting, which is at least the time on the CPU. */
export const COMPUTING = need('duration', ({ steps, worstSeconds }) =>
  steps.length > 0 ? steps.reduce((total, { activeSeconds }) => total + activeSeconds, 0) : worstSeconds,
);

/** Entered, scheduled, started, succeeded and exited: the events of a step that succeeds at once. */
const EVENTS_OF_A_STEP = 5;
export const HISTORY_EVENTS = need('steps', ({ steps }) => Math.max(1, steps.length) * EVENTS_OF_A_STEP);

const MEMORY_OF_A_VCPU = LAMBDA_MEMORY_PER_VCPU.max! * 1024 ** 2;
/** vCPUs of all containers at the peak, each as strong as a function of the same memory. */
export const FLEET_VCPUS = need('traffic.peakPerSecond', ({ peakConcurrency, memoryBytes }) =>
  peakConcurrency === undefined || memoryBytes === undefined ? undefined : (peakConcurrency * memoryBytes) / MEMORY_OF_A_VCPU,
);
export const FLEET_MEMORY = need('traffic.peakPerSecond', ({ peakConcurrency, memoryBytes }) =>
  peakConcurrency === undefined || memoryBytes === undefined ? undefined : peakConcurrency * memoryBytes,
);

const BURST_SECONDS = 10;

/** Environments that a sudden peak asks for in its first ten seconds. */
export const BURST = need('traffic.peakPerSecond', ({ peakPerSecond, typicalSeconds }) =>
  peakPerSecond === undefined || typicalSeconds === undefined ? undefined : peakPerSecond * Math.min(typicalSeconds, BURST_SECONDS),
);

/** The quota that `BURST` is held against is stated for the same ten seconds. */
export const BURST_QUOTA = LAMBDA_SCALING;

export const interactive = ({ interactive }: WorkloadFacts): boolean => interactive === true;
export const streamed = (facts: WorkloadFacts): boolean => facts.streaming;
export const answeredWhole = (facts: WorkloadFacts): boolean => interactive(facts) && !facts.streaming;
export const overWebSocket = ({ eventSource }: WorkloadFacts): boolean => eventSource === EventSource.WEBSOCKET;
export const overHttp = ({ eventSource }: WorkloadFacts): boolean => eventSource === EventSource.HTTP;
export const fromQueue = ({ eventSource }: WorkloadFacts): boolean => eventSource === EventSource.QUEUE;
export const fromEventSourceMapping = ({ eventSource }: WorkloadFacts): boolean =>
  eventSource === EventSource.QUEUE || eventSource === EventSource.STREAM;
export const fromEvent = ({ eventSource }: WorkloadFacts): boolean =>
  eventSource === EventSource.EVENT || eventSource === EventSource.SCHEDULE;
export const inBursts = ({ shape }: WorkloadFacts): boolean => shape === TrafficShape.SPIKY;
export const onGpu = ({ gpuSteps }: WorkloadFacts): boolean => gpuSteps > 0;
export const withoutGpu = ({ gpuSteps }: WorkloadFacts): boolean => gpuSteps === 0;
