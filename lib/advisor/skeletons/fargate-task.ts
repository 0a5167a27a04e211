import { FARGATE_SIZES } from '../../quotas/fargate-quotas';

const MIB = 1024 ** 2;
const USUAL_CPU = 1_024;
const USUAL_MEMORY = 2_048;

export interface TaskSize {
  readonly cpu: number;
  readonly memoryLimitMiB: number;
}

/** The smallest task that Fargate sells with that memory, of one vCPU and 2 GB at least. */
export function taskSize(memoryBytes = 0): TaskSize {
  const wanted = Math.max(USUAL_MEMORY, Math.ceil(memoryBytes / MIB));
  const sizes = FARGATE_SIZES.filter(({ cpuUnits, maxMib }) => cpuUnits >= USUAL_CPU && maxMib >= wanted);
  const { cpuUnits, minMib, maxMib, stepMib, exactMib } = sizes[0] ?? FARGATE_SIZES.at(-1)!;
  const stepped = minMib + Math.ceil(Math.max(0, wanted - minMib) / (stepMib ?? 1)) * (stepMib ?? 1);
  const memory = exactMib?.find((mib) => mib >= wanted) ?? (exactMib === undefined ? Math.min(maxMib, stepped) : maxMib);
  return { cpu: cpuUnits, memoryLimitMiB: memory };
}
