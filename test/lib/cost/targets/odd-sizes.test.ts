import { Duration, Size } from 'aws-cdk-lib/core';
import { CostModel } from '../../../../lib/cost/cost-model';
import { ComputeTarget } from '../../../../lib/workload/compute-target';

test.each(Object.values(ComputeTarget))('%s is estimated for sizes that are no whole number of kilobytes', (target) => {
  const odd = Size.bytes(123_456_789);
  const profile = {
    duration: { typical: Duration.millis(1_234) },
    memory: odd,
    packageSize: odd,
    modelSize: odd,
    payload: { request: Size.bytes(819), response: Size.bytes(1_023) },
    traffic: { requestsPerMonth: 1_000 },
  };
  expect(CostModel.estimate(profile, target).monthly).toBeGreaterThan(0);
});
