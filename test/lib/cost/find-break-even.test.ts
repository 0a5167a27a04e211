import { Duration, Size } from 'aws-cdk-lib/core';
import { CostModel } from '../../../lib/cost/cost-model';
import type { EstimateOptions } from '../../../lib/cost/estimate-options';
import { ServiceUsage } from '../../../lib/cost/service-usage';
import { ComputeTarget } from '../../../lib/workload/compute-target';
import { EventSource, type WorkloadProfile } from '../../../lib/workload/workload-profile';

const PROFILE: WorkloadProfile = {
  duration: { typical: Duration.seconds(2) },
  memory: Size.mebibytes(2048),
  eventSource: EventSource.HTTP,
  traffic: { requestsPerMonth: 1 },
};
const { LAMBDA_ZIP, FARGATE, STEP_FUNCTIONS_STANDARD } = ComputeTarget;

const cost = (target: ComputeTarget, requestsPerMonth: number, options: EstimateOptions = {}) =>
  CostModel.estimate({ ...PROFILE, traffic: { requestsPerMonth } }, target, options).monthly;

test('both cost the same there, one is cheaper below and the other above', () => {
  const found = CostModel.breakEven(PROFILE, LAMBDA_ZIP, FARGATE);
  const at = found.requestsPerMonth!;
  expect(found).toMatchObject({ method: 'closed form', cheaperBelow: LAMBDA_ZIP, cheaperAbove: FARGATE });
  expect(cost(LAMBDA_ZIP, at)).toBeCloseTo(cost(FARGATE, at), 6);
  expect(cost(LAMBDA_ZIP, at * 0.99)).toBeLessThan(cost(FARGATE, at * 0.99));
  expect(cost(LAMBDA_ZIP, at * 1.01)).toBeGreaterThan(cost(FARGATE, at * 1.01));
  expect(found.busyFraction).toBeCloseTo((at * 2) / (730 * 3600), 10);
  expect(found.low).toBeLessThanOrEqual(at);
  expect(found.high).toBeGreaterThanOrEqual(at);
});

test('the order of the two does not matter', () => {
  const [one, other] = [CostModel.breakEven(PROFILE, LAMBDA_ZIP, FARGATE), CostModel.breakEven(PROFILE, FARGATE, LAMBDA_ZIP)];
  expect(other.requestsPerMonth).toBeCloseTo(one.requestsPerMonth!, 6);
  expect(other.cheaperBelow).toBe(one.cheaperBelow);
});

test('where tasks are added in steps, the bracket is halved until it is narrow', () => {
  const options = { utilization: 0.5 };
  const found = CostModel.breakEven(PROFILE, LAMBDA_ZIP, FARGATE, options);
  expect(found).toMatchObject({ method: 'bisection', cheaperBelow: LAMBDA_ZIP, cheaperAbove: FARGATE });
  expect((found.high - found.low) / found.high).toBeLessThan(1e-8);
  const dearer = (requests: number) => cost(LAMBDA_ZIP, requests, options) > cost(FARGATE, requests, options);
  expect([dearer(found.low), dearer(found.high)]).toEqual([false, true]);
});

test('there is none where one is always cheaper', () => {
  const found = CostModel.breakEven(PROFILE, LAMBDA_ZIP, STEP_FUNCTIONS_STANDARD);
  expect(found).toEqual({ method: 'none', crossings: 0, low: 1, high: 1e12, cheaperBelow: LAMBDA_ZIP, cheaperAbove: LAMBDA_ZIP });
});

test('nor where both cost the same', () => {
  expect(CostModel.breakEven(PROFILE, LAMBDA_ZIP, ComputeTarget.LAMBDA_IMAGE)).toEqual({
    method: 'none',
    crossings: 0,
    low: 1,
    high: 1e12,
  });
});

test('fails when the range is none', () => {
  expect(() => CostModel.breakEven(PROFILE, LAMBDA_ZIP, FARGATE, { fromRequests: 10, toRequests: 5 })).toThrow(
    'toRequests must be more than fromRequests, and that more than 0, got 10 to 5',
  );
});

describe('busyBreakEven', () => {
  const hour = Duration.hours(1);
  const memory = Size.mebibytes(1769);
  const busy = ServiceUsage.lambda({ requests: 1, duration: hour, memory });

  test('one vCPU of Lambda against one of Fargate', () => {
    const task = ServiceUsage.fargate({ tasks: 1, duration: hour, vCpus: 1, memory: Size.gibibytes(2) });
    expect(CostModel.busyBreakEven({ perBusyHour: [busy], perStandingHour: [task] })).toBeCloseTo(0.4763, 4);
  });

  test('provisioned concurrency against none, whatever the memory', () => {
    const ready = { memory, provisionedConcurrency: 1 };
    const standing = ServiceUsage.lambda({ ...ready, requests: 0, duration: hour, provisionedTime: hour });
    const working = ServiceUsage.lambda({ ...ready, requests: 1, duration: hour, provisionedTime: Duration.seconds(0) });
    const share = CostModel.busyBreakEven({ perBusyHour: [busy], perStandingHour: [standing], perStandingBusyHour: [working] });
    expect(share).toBeCloseTo(0.6, 3);
  });

  test('none where standing costs more than work without pause', () => {
    const endpoint = ServiceUsage.ec2({ instanceType: 'g5.xlarge', instances: 1, time: hour });
    expect(CostModel.busyBreakEven({ perBusyHour: [busy], perStandingHour: [endpoint] })).toBeUndefined();
  });
});
