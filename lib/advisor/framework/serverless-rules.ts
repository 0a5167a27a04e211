import { APIGW_REST_TIMEOUT } from '../../quotas/api-gateway-quotas';
import { LAMBDA_MEMORY, LAMBDA_TIMEOUT } from '../../quotas/lambda-quotas';
import type { WorkloadFacts } from '../../workload/workload-facts';
import { EventSource, TrafficShape } from '../../workload/workload-profile';
import { baselineSaving, loadCost } from '../break-even';
import { allowedBy } from '../limit-row';
import { Verdict } from '../recommendation';
import { numberText, shareText, sizeText, timeText } from '../words';
import { type FrameworkRule, rule } from './framework-rule';

const MIB = 1024 ** 2;
const TIMEOUT = allowedBy(LAMBDA_TIMEOUT);
const MEMORY = allowedBy(LAMBDA_MEMORY);
/** Other frameworks call work serverless up to here and not from 15 minutes on, and say nothing between. */
const TEN_MINUTES = 600;
const EIGHT_GIGABYTES = 8 * 1024 * MIB;
/** A model of a sentiment or embedding kind; what is larger takes seconds to load. */
const SMALL_MODEL = 1024 * MIB;
/** Less than one piece of work in ten under way at any time. */
const LOW_CONCURRENCY = 0.1;

const EVENTS: readonly EventSource[] = [
  EventSource.QUEUE,
  EventSource.STREAM,
  EventSource.SCHEDULE,
  EventSource.STORAGE,
  EventSource.EVENT,
];

export const isUneven = ({ shape }: WorkloadFacts): boolean => shape === TrafficShape.BURSTY || shape === TrafficShape.SPIKY;
export const isEventDriven = ({ eventSource }: WorkloadFacts): boolean => eventSource !== undefined && EVENTS.includes(eventSource);
const isLow = ({ averageConcurrency }: WorkloadFacts) => averageConcurrency !== undefined && averageConcurrency <= LOW_CONCURRENCY;
const fitsAFunction = ({ longestStepSeconds, stepMemoryBytes, gpuSteps }: WorkloadFacts) =>
  (longestStepSeconds ?? TIMEOUT + 1) <= TIMEOUT && (stepMemoryBytes ?? MEMORY + 1) <= MEMORY && gpuSteps === 0;

/** On containers the same load would cost more, as far as is known. */
function paysPerUse(facts: WorkloadFacts): boolean {
  const cost = loadCost(facts);
  const uneven = isUneven(facts) && (baselineSaving(facts) ?? 0) <= 0;
  return !facts.alwaysOn && (cost === undefined ? uneven : cost.functions < cost.containers);
}

function paysPerUseText(facts: WorkloadFacts): string {
  const cost = loadCost(facts);
  if (cost === undefined) return 'nothing is paid for between the peaks, and there are no servers to run';
  const busy = `containers for this load would be busy ${shareText(cost.busyShare)} of the time`;
  return `${busy}; they cost less than functions from ${shareText(cost.breakEvenShare)} on. Only use is paid for, and there are no servers to run`;
}

export const SERVERLESS_RULES: readonly FrameworkRule[] = [
  rule(
    'bursty-or-low-traffic',
    Verdict.SERVERLESS,
    (facts) => isUneven(facts) || isLow(facts),
    (facts) =>
      isUneven(facts)
        ? `traffic is ${facts.shape}: capacity follows it by itself, and costs nothing while nothing comes`
        : `traffic is low: ${numberText(facts.averageConcurrency!)} pieces of work under way on average`,
  ),
  rule('event-driven', Verdict.SERVERLESS, isEventDriven, ({ eventSource }) => `work is started by events (${eventSource})`),
  rule(
    'short-simple-inference',
    Verdict.SERVERLESS,
    fitsAFunction,
    ({ longestStepSeconds, stepMemoryBytes }) =>
      `${timeText(longestStepSeconds!)} at most, ${sizeText(stepMemoryBytes!)} and a CPU: within a function's ${timeText(TIMEOUT)} and ${sizeText(MEMORY)}`,
  ),
  rule('pay-per-use', Verdict.SERVERLESS, paysPerUse, paysPerUseText),
  rule(
    'spiky-chatbot',
    Verdict.SERVERLESS,
    (facts) => facts.conversation && isUneven(facts) && facts.interactive === true,
    () => 'a chatbot with uneven use: state lives outside the functions, which come and go with the conversations',
  ),
  rule(
    'event-pipeline',
    Verdict.SERVERLESS,
    (facts) => isEventDriven(facts) && facts.steps.length > 1,
    ({ steps }) => `a pipeline of ${steps.length} steps that events start: each step is retried and scaled on its own`,
  ),
  rule(
    'small-model',
    Verdict.SERVERLESS,
    ({ modelBytes, gpuSteps }) => modelBytes > 0 && modelBytes <= SMALL_MODEL && gpuSteps === 0,
    ({ modelBytes }) => `the model (${sizeText(modelBytes)}) is small enough to come with the code and to answer on a CPU`,
  ),
  rule(
    'cuttable-long-work',
    Verdict.SERVERLESS,
    ({ worstSeconds, longestStepSeconds, steps }) =>
      worstSeconds !== undefined && worstSeconds > TIMEOUT && steps.length > 1 && longestStepSeconds! <= TIMEOUT,
    ({ worstSeconds, longestStepSeconds, steps }) =>
      `${timeText(worstSeconds!)} in all is over one invocation's ${timeText(TIMEOUT)}, but none of the ${steps.length} steps is: the longest takes ${timeText(longestStepSeconds!)}`,
  ),
  rule(
    'ten-to-fifteen-minutes',
    Verdict.SERVERLESS,
    ({ worstSeconds }) => worstSeconds !== undefined && worstSeconds > TEN_MINUTES && worstSeconds <= TIMEOUT,
    ({ worstSeconds }) =>
      `${timeText(worstSeconds!)} is still within one invocation, with ${timeText(TIMEOUT - worstSeconds!)} to spare; steps or a durable function keep what was done when it runs over`,
  ),
  rule(
    'steps-near-the-limit',
    Verdict.SERVERLESS,
    ({ worstSeconds, steps }) => steps.length > 1 && worstSeconds !== undefined && worstSeconds > TEN_MINUTES && worstSeconds <= TIMEOUT,
    ({ worstSeconds, steps }) =>
      `${timeText(worstSeconds!)} in all comes near one invocation's ${timeText(TIMEOUT)}: run as ${steps.length} steps, no overrun loses more than one of them`,
  ),
  rule(
    'eight-to-ten-gigabytes',
    Verdict.SERVERLESS,
    ({ stepMemoryBytes }) => stepMemoryBytes !== undefined && stepMemoryBytes >= EIGHT_GIGABYTES && stepMemoryBytes <= MEMORY,
    ({ stepMemoryBytes }) =>
      `${sizeText(stepMemoryBytes!)} is still within a function's ${sizeText(MEMORY)}; what grows past it goes to Managed Instances or containers`,
  ),
  rule(
    'answer-awaited',
    Verdict.SERVERLESS,
    ({ interactive, worstSeconds }) => interactive === true && worstSeconds !== undefined && worstSeconds <= allowedBy(APIGW_REST_TIMEOUT),
    ({ worstSeconds }) =>
      `somebody waits for the answer, ${timeText(worstSeconds!)} at most: one call is simpler than a job that is polled`,
  ),
];
