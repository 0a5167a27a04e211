import { Duration, Size } from 'aws-cdk-lib/core';
import { FRAMEWORK } from '../../../../lib/advisor/framework/framework';
import type { RuleId } from '../../../../lib/advisor/framework/rule-id';
import { Verdict } from '../../../../lib/advisor/recommendation';
import { WorkloadAdvisor } from '../../../../lib/advisor/workload-advisor';
import { factsOf } from '../../../../lib/workload/workload-facts';
import { AgentCoupling, EventSource, StateKind, TrafficShape, type WorkloadProfile } from '../../../../lib/workload/workload-profile';

const minutes = (typical: number, worst = typical) => ({ typical: Duration.minutes(typical), worst: Duration.minutes(worst) });
const seconds = (typical: number) => ({ typical: Duration.seconds(typical) });
const steps = (...each: number[]) => each.map((length, index) => ({ name: `step ${index + 1}`, duration: minutes(length) }));
const gigabytes = (count: number) => Size.gibibytes(count);
const shaped = (shape: TrafficShape, requestsPerMonth = 1_000) => ({ shape, requestsPerMonth });
const { BURSTY, SPIKY, STEADY } = TrafficShape;
const chat = { state: { kind: StateKind.CONVERSATION }, eventSource: EventSource.HTTP, duration: seconds(5) };
const busy = { duration: seconds(10), memory: gigabytes(2), traffic: shaped(STEADY, 50_000_000) };

interface Case {
  readonly speaks: WorkloadProfile;
  /** What it says, with its numbers. */
  readonly says: RegExp;
  /** A near profile in which it does not speak. */
  readonly silent: WorkloadProfile;
}

const CASES: Readonly<Record<RuleId, Case>> = {
  'bursty-or-low-traffic': {
    speaks: { traffic: shaped(BURSTY) },
    says: /^traffic is bursty/,
    silent: { traffic: shaped(STEADY) },
  },
  'event-driven': { speaks: { eventSource: EventSource.QUEUE }, says: /\(queue\)$/, silent: { eventSource: EventSource.HTTP } },
  'short-simple-inference': {
    speaks: { duration: minutes(15), memory: gigabytes(10) },
    says: /^15 min at most, 10 GB .* 15 min and 10 GB$/,
    silent: { duration: minutes(16), memory: gigabytes(10) },
  },
  'pay-per-use': {
    speaks: { traffic: shaped(BURSTY) },
    says: /^nothing is paid for between the peaks/,
    silent: { traffic: shaped(BURSTY), alwaysOn: true },
  },
  'spiky-chatbot': {
    speaks: { ...chat, traffic: shaped(SPIKY) },
    says: /^a chatbot with uneven use/,
    silent: { ...chat, traffic: shaped(STEADY) },
  },
  'event-pipeline': {
    speaks: { eventSource: EventSource.STORAGE, steps: steps(1, 2) },
    says: /^a pipeline of 2 steps/,
    silent: { eventSource: EventSource.STORAGE, steps: steps(1) },
  },
  'small-model': {
    speaks: { modelSize: gigabytes(1) },
    says: /^the model \(1 GB\)/,
    silent: { modelSize: Size.mebibytes(1_100) },
  },
  'cuttable-long-work': {
    speaks: { steps: steps(8, 15) },
    says: /^23 min in all is over one invocation's 15 min, but none of the 2 steps is: the longest takes 15 min$/,
    silent: { steps: steps(8, 16) },
  },
  'ten-to-fifteen-minutes': {
    speaks: { duration: minutes(11) },
    says: /^11 min is still within one invocation, with 4 min to spare/,
    silent: { duration: minutes(10) },
  },
  'steps-near-the-limit': {
    speaks: { steps: steps(5, 6) },
    says: /^11 min in all .* 15 min: run as 2 steps/,
    silent: { steps: steps(5, 5) },
  },
  'eight-to-ten-gigabytes': {
    speaks: { memory: gigabytes(8) },
    says: /^8 GB is still within a function's 10 GB/,
    silent: { memory: Size.mebibytes(8_100) },
  },
  'answer-awaited': {
    speaks: { eventSource: EventSource.HTTP, duration: seconds(29) },
    says: /29 s at most/,
    silent: { eventSource: EventSource.HTTP, duration: seconds(30) },
  },
  'always-on-low-latency': {
    speaks: { alwaysOn: true, latency: { p99: Duration.millis(200) } },
    says: /answers within 200 ms/,
    silent: { alwaysOn: false, latency: { p99: Duration.millis(200) } },
  },
  'needs-gpu': { speaks: { gpu: true }, says: /needs a GPU/, silent: { gpu: false } },
  'memory-over-a-function': {
    speaks: { memory: gigabytes(11) },
    says: /^11 GB of memory is over a function's 10 GB \(32 GB on Managed Instances\)$/,
    silent: { memory: gigabytes(10) },
  },
  'sustained-thousands-per-minute': {
    speaks: busy,
    says: /^1,\d\d\d requests a minute/,
    silent: { ...busy, traffic: shaped(BURSTY, 50_000_000) },
  },
  'busy-past-break-even': {
    speaks: busy,
    says: /would be busy [\d.,]+ % of the time, and cost less from [\d.]+ % on$/,
    silent: { ...busy, traffic: shaped(STEADY, 1_000) },
  },
  'tight-agents': {
    speaks: { multiAgent: AgentCoupling.TIGHT },
    says: /share memory/,
    silent: { multiAgent: AgentCoupling.LOOSE },
  },
  'uncuttable-long-job': {
    speaks: { duration: minutes(16) },
    says: /^one piece of work takes 16 min, over a function's 15 min/,
    silent: { duration: minutes(15) },
  },
  'mixed-short-and-long': {
    speaks: { duration: minutes(2, 20) },
    says: /^most requests take 2 min, some up to 20 min/,
    silent: { duration: minutes(3, 20) },
  },
  'baseline-and-spikes': {
    speaks: { traffic: shaped(SPIKY), alwaysOn: true },
    says: /traffic is spiky: containers take the baseline/,
    silent: { traffic: shaped(STEADY), alwaysOn: true },
  },
  'light-event-long-job': {
    speaks: { eventSource: EventSource.QUEUE, duration: minutes(40) },
    says: /^a light event \(queue\) starts 40 min of work/,
    silent: { eventSource: EventSource.QUEUE, duration: minutes(14) },
  },
  'some-steps-outgrow-a-function': {
    speaks: { steps: steps(1, 16, 2) },
    says: /^step 2 outgrows a function; the other 2 of 3 steps do not$/,
    silent: { steps: steps(1, 15, 2) },
  },
};

test('every rule of the framework has a case', () => {
  expect(Object.keys(CASES).sort()).toEqual(FRAMEWORK.map(({ id }) => id).sort());
});

test.each(FRAMEWORK)('$id speaks where it must and is silent nearby', ({ id, says }) => {
  const wanted = CASES[id];
  expect(says(factsOf(wanted.speaks))).toMatch(wanted.says);
  expect(says(factsOf(wanted.silent))).toBeUndefined();
});

test('no rule speaks of what is not known', () => {
  for (const { says } of FRAMEWORK) expect(says(factsOf({}))).toBeUndefined();
});

const answer = (profile: WorkloadProfile) => WorkloadAdvisor.recommend(profile, { estimates: false });

test.each([
  [9, Verdict.SERVERLESS],
  [11, Verdict.SERVERLESS],
  [14, Verdict.SERVERLESS],
  [16, Verdict.TRADITIONAL],
])('%d minutes in one piece have a verdict: %s', (length, verdict) => {
  expect(answer({ duration: minutes(length), memory: gigabytes(2) }).verdict).toBe(verdict);
});

test.each([
  [7, Verdict.SERVERLESS, 'lambda'],
  [9, Verdict.SERVERLESS, 'lambda'],
  [11, Verdict.SERVERLESS, 'lambda-managed-instances'],
  [33, Verdict.TRADITIONAL, 'fargate'],
])('%d GB have a verdict: %s on %s', (size, verdict, target) => {
  const { verdict: given, targets } = answer({ duration: seconds(20), memory: gigabytes(size) });
  expect(given).toBe(verdict);
  expect(targets[0]!.target).toMatch(target);
});
