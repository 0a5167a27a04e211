import { FARGATE_SIZES } from '../../../lib/quotas/fargate-quotas';
import { fargateSizeProblem } from '../../../lib/validation/fargate-size';

test.each([
  [256, 512, undefined],
  [256, 1_536, 'memoryLimitMiB for 256 cpu units must be one of 512, 1024, 2048, got 1536'],
  [1_024, 2_047, 'memoryLimitMiB for 1024 cpu units must be 2048 to 8192 in steps of 1024, got 2047'],
  [1_024, 2_048, undefined],
  [1_024, 2_560, 'memoryLimitMiB for 1024 cpu units must be 2048 to 8192 in steps of 1024, got 2560'],
  [1_024, 8_192, undefined],
  [1_024, 9_216, 'memoryLimitMiB for 1024 cpu units must be 2048 to 8192 in steps of 1024, got 9216'],
  [8_192, 20_480, undefined],
  [8_192, 21_504, 'memoryLimitMiB for 8192 cpu units must be 16384 to 61440 in steps of 4096, got 21504'],
  [1_000, 2_048, 'cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, 32768 units, got 1000'],
])('%p units with %p MiB', (cpu, memory, problem) => {
  expect(fargateSizeProblem(cpu, memory)).toBe(problem);
});

test('the ends of every row are sizes', () => {
  const ends = FARGATE_SIZES.flatMap(({ cpuUnits, minMib, maxMib }) => [
    fargateSizeProblem(cpuUnits, minMib),
    fargateSizeProblem(cpuUnits, maxMib),
  ]);
  expect(ends.filter(Boolean)).toEqual([]);
});
