import { Duration, Size } from 'aws-cdk-lib/core';
import { keptReady } from '../../../lib/advisor/keep-ready';
import { WorkloadAdvisor } from '../../../lib/advisor/workload-advisor';
import { ComputeTarget } from '../../../lib/workload/compute-target';
import { factsOf } from '../../../lib/workload/workload-facts';
import { EventSource, TrafficShape, type WorkloadProfile } from '../../../lib/workload/workload-profile';

/** A model in an image whose weights take seconds to fetch, asked now and then by somebody who waits. */
const MODEL: WorkloadProfile = {
  duration: { typical: Duration.millis(60), worst: Duration.millis(250) },
  memory: Size.gibibytes(2),
  packageSize: Size.mebibytes(200),
  modelSize: Size.mebibytes(500),
  traffic: { requestsPerMonth: 30_000, shape: TrafficShape.STEADY },
  latency: { p99: Duration.millis(800) },
  eventSource: EventSource.HTTP,
  constraints: { containerImage: true, language: 'python' },
};

const recommended = (profile: WorkloadProfile, estimates = true) => {
  const { summary, targets } = WorkloadAdvisor.recommend(profile, { estimates });
  return { summary, first: targets[0]!, others: targets.slice(1) };
};

test('where a cold start comes too late, the recommendation names the cheapest mechanism, its cost and its cold starts', () => {
  const { summary, first, others } = recommended(MODEL);
  expect(first.target).toBe(ComputeTarget.LAMBDA_IMAGE);
  const best = first.readiness!.best!;
  expect(best.meets).toBe(true);
  expect(first.readiness!.results[0]).toMatchObject({ mechanism: 'nothing', meets: false });
  expect(summary).toContain(`To answer in time: ${best.plan}, ${best.monthly.toFixed(2)} USD a month with the calls; simulated, `);
  expect(first.risks.at(-1)).toMatch(
    /^simulated over the same requests: The cheapest that meets the objective: .* What costs less does not: nothing costs/,
  );
  expect(others.every(({ readiness }) => readiness === undefined)).toBe(true);
});

test('the code to begin with holds what was found', () => {
  const { first } = recommended(MODEL);
  expect(first.readiness!.best!.mechanism).toBe('ping');
  expect(first.skeleton).toContain('targets: [{ alias: inference.alias }],');
  expect(first.skeleton).toContain(
    `WarmingMode.ping({ environments: ${first.readiness!.best!.environments}, every: Duration.minutes(5) })`,
  );
  expect(first.skeleton).not.toContain('ProvisionedConcurrency');
});

test('without prices nothing is simulated, and the code keeps environments provisioned', () => {
  const { first } = recommended(MODEL, false);
  expect(first.readiness).toBeUndefined();
  expect(first.skeleton).toContain('ProvisionedConcurrency.fixed(1)');
});

test.each<[string, Partial<WorkloadProfile>]>([
  ['a start that is soon enough', { latency: { p99: Duration.minutes(1) } }],
  ['no latency', { latency: undefined }],
  ['no traffic', { traffic: undefined }],
  ['no requests', { traffic: { requestsPerMonth: 0 } }],
  ['no duration', { duration: undefined }],
  ['no memory', { memory: undefined }],
])('%s: nothing is simulated', (_name, change) => {
  const profile = { ...MODEL, ...change };
  expect(keptReady(profile, factsOf(profile), ComputeTarget.LAMBDA_IMAGE)).toBeUndefined();
});

test('containers have no cold starts to simulate', () => {
  expect(keptReady(MODEL, factsOf(MODEL), ComputeTarget.FARGATE)).toBeUndefined();
});

test('where cold starts are too few to matter, the summary says so', () => {
  const { summary } = recommended({ ...MODEL, traffic: { requestsPerMonth: 3_000_000 } });
  expect(summary).toMatch(/Simulated, 0\.\d+ % of the requests start cold, which is too few to miss the latency\./);
});

test('where nothing keeps the latency, the summary says so', () => {
  const { summary } = recommended({ ...MODEL, latency: { p99: Duration.millis(100) } });
  expect(summary).toContain('Nothing that was simulated keeps its answers within the latency.');
});
