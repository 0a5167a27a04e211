import { Duration, Size } from 'aws-cdk-lib/core';
import { CostModel } from '../../../../lib/cost/cost-model';
import type { EstimateLine } from '../../../../lib/cost/estimate';
import { CpuArchitecture } from '../../../../lib/cost/estimate-options';
import { ServiceUsage } from '../../../../lib/cost/service-usage';
import type { LambdaUsage } from '../../../../lib/cost/usage/lambda-usages';

const GB = Size.gibibytes(1);

function lines(usage: Partial<LambdaUsage>): EstimateLine[] {
  return CostModel.estimateUsage([ServiceUsage.lambda({ requests: 1000, duration: Duration.millis(100), memory: GB, ...usage })]).lines;
}

const quantityOf = (item: string, usage: Partial<LambdaUsage>) => lines(usage).find((line) => line.item.startsWith(item))?.quantity;

test.each([
  [99.01, 100],
  [100, 100],
  [100.01, 101],
])('%d ms are billed as %d ms', (given, billed) => {
  expect(quantityOf('Lambda duration', { duration: Duration.millis(given) })).toBeCloseTo(billed, 9);
});

test('an average over what was billed is not rounded again', () => {
  expect(quantityOf('Lambda duration', { duration: Duration.millis(77.4), averaged: true })).toBeCloseTo(77.4, 9);
});

test('the CPU decides about the price', () => {
  const [, x86] = lines({});
  const [, arm] = lines({ architecture: CpuArchitecture.ARM64 });
  expect(x86?.item).toBe('Lambda duration (x86_64)');
  expect(arm!.amount / x86!.amount).toBeCloseTo(0.8, 4);
});

test.each([
  [256, 1],
  [257, 2],
  [320, 2],
  [321, 3],
  [1024, 13],
])('an asynchronous payload of %d KB counts as %d requests', (kibibytes, requests) => {
  expect(quantityOf('Lambda requests', { asyncPayload: Size.kibibytes(kibibytes) })).toBe(1000 * requests);
});

test('starts are billed for their init, but not those of provisioned concurrency', () => {
  const starts = { coldStarts: 10, initDuration: Duration.seconds(2) };
  expect(quantityOf('Lambda init', starts)).toBe(20);
  expect(quantityOf('Lambda init', { ...starts, provisionedConcurrency: 1 })).toBeUndefined();
});

test.each([
  [Duration.minutes(5), 300],
  [Duration.seconds(301), 600],
  [undefined, 730 * 3600],
])('provisioned concurrency for %s is billed for %d s', (provisionedTime, billed) => {
  const usage = { provisionedConcurrency: 2, ...(provisionedTime && { provisionedTime }) };
  expect(quantityOf('Lambda provisioned', usage)).toBe(2 * billed);
});

test('the free compute is not for functions under provisioned concurrency, the free requests are', () => {
  const usage = ServiceUsage.lambda({
    requests: 1000,
    duration: Duration.millis(100),
    memory: GB,
    provisionedConcurrency: 1,
    provisionedTime: Duration.minutes(5),
  });
  const { lines: free } = CostModel.estimateUsage([usage], { freeTier: true });
  expect(free.map(({ quantity }) => quantity)).toEqual([0, 100, 300]);
});

test.each([
  [512, undefined],
  [1024, 50],
])('/tmp of %d MB', (mebibytes, gbSeconds) => {
  expect(quantityOf('Lambda ephemeral', { ephemeralStorage: Size.mebibytes(mebibytes) })).toBe(gbSeconds);
});

test('streaming is billed beyond 6 MB of each call, and 100 GB are free', () => {
  expect(quantityOf('Lambda response streaming', { streamedResponse: Size.mebibytes(6) })).toBeUndefined();
  expect(quantityOf('Lambda response streaming', { streamedResponse: Size.mebibytes(1030) })).toBe(1000);
  const usage = ServiceUsage.lambda({ requests: 1000, duration: Duration.millis(1), memory: GB, streamedResponse: Size.mebibytes(1030) });
  expect(CostModel.estimateUsage([usage], { freeTier: true }).lines.at(-1)?.quantity).toBe(900);
});

test('a bill of hundreds of millions is right to the cent', () => {
  const usage = ServiceUsage.lambda({ requests: 1e15, duration: Duration.millis(123), memory: Size.mebibytes(128) });
  const gbSeconds = 15_375_000_000_000n;
  // In units of 1e-10 USD, with integers only.
  const exact = 6_000_000_000n * 166_667n + 9_000_000_000n * 150_000n + (gbSeconds - 15_000_000_000n) * 133_334n + 10n ** 15n * 2_000n;
  expect(Math.abs(CostModel.estimateUsage([usage]).monthly - Number(exact) / 1e10)).toBeLessThan(0.005);
});
