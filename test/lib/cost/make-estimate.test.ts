import { Duration, Size } from 'aws-cdk-lib/core';
import { CostModel } from '../../../lib/cost/cost-model';
import { ServiceUsage } from '../../../lib/cost/service-usage';

const LAMBDA = ServiceUsage.lambda({ requests: 1000, duration: Duration.seconds(1), memory: Size.gibibytes(1) });
const NAT = ServiceUsage.natGateway({ gigabytes: 10 });

test('the idle floor is what is due without a request, and the rest is spread over the requests', () => {
  const { monthly, idleFloor, perRequest } = CostModel.estimateUsage([NAT, LAMBDA]);
  expect(idleFloor).toBeCloseTo(730 * 0.045, 9);
  expect(perRequest).toBeCloseTo((monthly - idleFloor) / 1000, 12);
});

test('requests of the month may be stated; without any there is no cost of one', () => {
  const { monthly, idleFloor, perRequest } = CostModel.estimateUsage([NAT, LAMBDA], { requestsPerMonth: 10 });
  expect(perRequest).toBeCloseTo((monthly - idleFloor) / 10, 12);
  expect(CostModel.estimateUsage([NAT]).perRequest).toBe(0);
});

test('a month is as long as it is said to be', () => {
  expect(CostModel.estimateUsage([NAT], { monthHours: 720 }).idleFloor).toBeCloseTo(720 * 0.045, 9);
  expect(() => CostModel.estimateUsage([NAT], { monthHours: 745 })).toThrow('monthHours must be over 0 and at most 744, got 745');
});

test('says how long a month is, whose prices are used, and what of free tiers', () => {
  expect(CostModel.estimateUsage([NAT]).assumptions).toEqual([
    'a month has 730 h',
    'free tiers are left out',
    'prices are those of us-east-1, without taxes, savings plans and data transfer to the internet',
  ]);
  expect(CostModel.estimateUsage([NAT], { freeTier: true }).assumptions).toContain(
    'the free tiers of the account are used by this estimate alone',
  );
});

test('every line names its source, and nothing costs nothing', () => {
  expect(CostModel.estimateUsage([NAT, LAMBDA]).lines.every(({ source }) => source.startsWith('https://'))).toBe(true);
  expect(CostModel.estimateUsage([])).toMatchObject({ monthly: 0, idleFloor: 0, perRequest: 0, lines: [] });
});
