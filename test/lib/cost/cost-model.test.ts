import { Duration, Size } from 'aws-cdk-lib/core';
import { CostModel } from '../../../lib/cost/cost-model';
import { CpuArchitecture } from '../../../lib/cost/estimate-options';
import { ServiceUsage } from '../../../lib/cost/service-usage';
import { ComputeTarget } from '../../../lib/workload/compute-target';
import type { WorkloadProfile } from '../../../lib/workload/workload-profile';

const PROFILE: WorkloadProfile = {
  duration: { typical: Duration.millis(200) },
  memory: Size.mebibytes(1024),
  traffic: { requestsPerMonth: 1_000_000 },
};

describe('estimate', () => {
  test.each(Object.values(ComputeTarget))('%s is estimated from a profile', (target) => {
    const { monthly, idleFloor, lines } = CostModel.estimate(PROFILE, target);
    expect(monthly).toBeGreaterThan(0);
    expect(idleFloor).toBeLessThanOrEqual(monthly);
    expect(lines.every(({ source, formula }) => source !== '' && formula !== '')).toBe(true);
  });

  test('says what a profile lacks, all in one error', () => {
    expect(() => CostModel.estimate({}, ComputeTarget.LAMBDA_ZIP)).toThrow(
      'an estimate of lambda-zip needs traffic.requestsPerMonth, duration.typical, memory; add it to the profile',
    );
  });

  test('an x86 function costs its requests and its GB-seconds', () => {
    const { lines, monthly, perRequest } = CostModel.estimate(PROFILE, ComputeTarget.LAMBDA_ZIP, { architecture: CpuArchitecture.X86_64 });
    expect(lines.map(({ formula, quantity, unit }) => ({ formula, quantity, unit }))).toEqual([
      { formula: '1,000,000 requests', quantity: 1_000_000, unit: 'request' },
      { formula: '1,000,000 requests x 0.2 s x 1 GB', quantity: 200_000, unit: 'GB-s' },
    ]);
    expect(monthly).toBeCloseTo(3.53334, 6);
    expect(perRequest).toBeCloseTo(3.53334e-6, 12);
  });
});

describe('estimateUsage', () => {
  test('names everything that cannot be, in one error', () => {
    const usage = { requests: -1, duration: Duration.millis(1), memory: Size.mebibytes(64) };
    expect(() => ServiceUsage.lambda(usage)).toThrow(
      'lambda.requests must be at least 0, got -1; lambda.memory must be 128 to 10,240 MB, got 64',
    );
  });
});

describe('breakEven', () => {
  test('of a function and a task that stays lies where both cost the same', () => {
    const profile = { ...PROFILE, streaming: true };
    const found = CostModel.breakEven(profile, ComputeTarget.LAMBDA_ZIP, ComputeTarget.FARGATE);
    expect(found).toMatchObject({ cheaperBelow: ComputeTarget.LAMBDA_ZIP, cheaperAbove: ComputeTarget.FARGATE, method: 'closed form' });
    const at = { ...profile, traffic: { requestsPerMonth: found.requestsPerMonth! } };
    const [a, b] = [ComputeTarget.LAMBDA_ZIP, ComputeTarget.FARGATE].map((target) => CostModel.estimate(at, target).monthly);
    expect(a).toBeCloseTo(b!, 6);
    expect(found.monthly).toBeCloseTo(a!, 6);
  });
});
