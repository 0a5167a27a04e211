import { Duration, Size } from 'aws-cdk-lib/core';
import { baselineSaving, breakEvenShare, breakEvensOf, loadCost, provisionedBreakEven, slotPrices } from '../../../lib/advisor/break-even';
import { priceBook } from '../../../lib/cost/price-book';
import { factsOf } from '../../../lib/workload/workload-facts';
import { EventSource, TrafficShape } from '../../../lib/workload/workload-profile';

const usd = (id: string) => priceBook().get(id).tiers[0]!.usd;
const MIB = 1024 ** 2;

const facts = (requestsPerMonth: number, seconds: number, shape = TrafficShape.STEADY, peakPerSecond?: number) =>
  factsOf({
    duration: { typical: Duration.millis(seconds * 1_000) },
    memory: Size.mebibytes(1_769),
    traffic: { requestsPerMonth, shape, ...(peakPerSecond === undefined ? {} : { peakPerSecond }) },
    eventSource: EventSource.HTTP,
  });

test('a container of one vCPU costs less than a function of one from about 48 % busy on, as the prices say', () => {
  const vcpuHour = usd('fargate.linux-arm64.vcpu') + 2 * usd('fargate.linux-arm64.memory');
  const functionHour = (1_769 / 1_024) * usd('lambda.duration.arm64');
  // Fees of requests vanish beside work that takes an hour.
  const share = breakEvenShare(slotPrices(1_769 * MIB), 3_600);
  expect(share).toBeCloseTo(vcpuHour / functionHour, 5);
  expect(share).toBeGreaterThan(0.47);
  expect(share).toBeLessThan(0.48);
});

test('short requests pay more for their fee, so that containers are cheaper sooner', () => {
  const prices = slotPrices(1_769 * MIB);
  expect(breakEvenShare(prices, 0.01)).toBeLessThan(breakEvenShare(prices, 1));
});

test('provisioned concurrency costs less than on demand from 60 % busy on, as the prices say', () => {
  const [reserved, demand, used] = [
    usd('lambda.provisioned.x86_64'),
    usd('lambda.duration.x86_64'),
    usd('lambda.provisioned-duration.x86_64'),
  ];
  const busy = provisionedBreakEven();
  expect(reserved + busy * used).toBeCloseTo(busy * demand, 12);
  expect(busy).toBeCloseTo(0.6, 3);
});

test('a steady load costs less on containers once they are busy enough, and not before', () => {
  const heavy = loadCost(facts(2e8, 0.25))!;
  expect(heavy.busyShare).toBeCloseTo(0.7, 9);
  expect(heavy.containers).toBeLessThan(heavy.functions);
  const light = loadCost(facts(1e5, 0.25))!;
  expect(light.busyShare).toBeLessThan(light.breakEvenShare);
  expect(light.containers).toBeGreaterThan(light.functions);
});

test('an uneven load is priced for its peak, and not at all where the peak is not known', () => {
  expect(loadCost(facts(1e6, 0.25, TrafficShape.SPIKY))).toBeUndefined();
  const spiky = loadCost(facts(1e6, 0.25, TrafficShape.SPIKY, 400))!;
  expect(spiky.busyShare).toBeCloseTo(((1e6 / (730 * 3_600)) * 0.25) / 100, 9);
});

test('a missing fact leaves the price open', () => {
  expect(loadCost(factsOf({}))).toBeUndefined();
  expect(baselineSaving(factsOf({}))).toBeUndefined();
});

test('a baseline of containers saves nothing under little load, and more the more there is', () => {
  const savings = [1e4, 1e6, 1e7, 1e8, 1e9].map((requests) => baselineSaving(facts(requests, 1))!);
  expect(savings[0]).toBeLessThan(0);
  expect(savings.at(-1)).toBeGreaterThan(0);
  expect(savings).toEqual([...savings].sort((one, two) => one - two));
});

test('what is told of a workload has its own share beside the break-even, where it is known', () => {
  expect(breakEvensOf(factsOf({})).map(({ now }) => now)).toEqual([undefined]);
  const [fargate, provisioned] = breakEvensOf(facts(2e8, 0.25));
  expect(fargate).toMatchObject({ target: 'lambda-zip', other: 'fargate', now: expect.closeTo(0.7, 9) });
  expect(provisioned?.value).toBeCloseTo(0.6, 3);
});
