import { fargateSize, sizeFor } from '../../../../lib/cost/targets/size-for';

test.each([
  [0.128, 0.25, 0.5],
  [0.5, 0.25, 0.5],
  [1, 0.5, 1],
  [1769 / 1024, 1, 2],
  [2, 1, 2],
  [8, 4, 8],
  [10, 4, 10],
  [10.5, 4, 11],
  [31, 8, 32],
  [100, 16, 104],
  [130, 32, 244],
  [500, 32, 500],
])('work of %d GB runs in a task of %d vCPU and %d GB', (memoryGib, vCpus, holds) => {
  expect(fargateSize(memoryGib)).toEqual({ vCpus, memoryGib: holds });
});

const SIZES = [
  { vCpus: 1, memoryGib: 4 },
  { vCpus: 2, memoryGib: 8 },
];

test.each([
  [3, 1, 4],
  [4, 1, 4],
  [4.1, 2, 8],
  [16, 4, 16],
])('work of %d GB takes the size with %d vCPU and %d GB', (memoryGib, vCpus, holds) => {
  expect(sizeFor(SIZES, memoryGib)).toEqual({ vCpus, memoryGib: holds });
});
