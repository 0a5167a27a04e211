import { neededMemory, neededTemporaryStorage } from '../../../lib/images/model-sizing';
import { defaultMemory, defaultTimeout } from '../../../lib/inference/model-sizing';

test.each([
  [0, 60],
  [39.9, 60],
  [40, 61],
  [2_048, 111],
  [33_599, 899],
  [33_600, 900],
  [100_000, 900],
])('a model of %p MiB gets %p s', (mebibytes, seconds) => {
  expect(defaultTimeout(mebibytes)).toBe(seconds);
});

test.each([
  [0, 512],
  [384, 512],
  [384.1, 513],
  [10_112, 10_240],
  [10_113, 10_241],
])('a fetched model of %p MiB needs %p MB of /tmp', (mebibytes, needed) => {
  expect(neededTemporaryStorage(mebibytes)).toBe(needed);
});

test('the memory that is given is never less than what the weights need', () => {
  for (let mebibytes = 0; mebibytes <= 7_987; mebibytes += 1)
    expect(defaultMemory(mebibytes)).toBeGreaterThanOrEqual(neededMemory(mebibytes));
});
