import { Token } from 'aws-cdk-lib/core';
import { FARGATE_SIZES, type FargateSize } from '../quotas/fargate-quotas';

/** Why Fargate has no task of this size, or undefined when it has. */
export function fargateSizeProblem(cpuUnits: number, memoryMib: number): string | undefined {
  if (Token.isUnresolved(cpuUnits)) return undefined;
  const size = FARGATE_SIZES.find((candidate) => candidate.cpuUnits === cpuUnits);
  if (size === undefined) {
    const all = FARGATE_SIZES.map((candidate) => candidate.cpuUnits).join(', ');
    return `cpu must be one of ${all} units, got ${cpuUnits}`;
  }
  if (Token.isUnresolved(memoryMib) || hasMemory(size, memoryMib)) return undefined;
  return `memoryLimitMiB for ${cpuUnits} cpu units must be ${describe(size)}, got ${memoryMib}`;
}

function hasMemory({ minMib, maxMib, stepMib, exactMib }: FargateSize, memoryMib: number): boolean {
  if (exactMib) return exactMib.includes(memoryMib);
  return memoryMib >= minMib && memoryMib <= maxMib && (memoryMib - minMib) % (stepMib ?? 1) === 0;
}

function describe({ minMib, maxMib, stepMib, exactMib }: FargateSize): string {
  return exactMib ? `one of ${exactMib.join(', ')}` : `${minMib} to ${maxMib} in steps of ${stepMib}`;
}

/** The smallest task that Fargate sells with that much memory and CPU, or the largest where none has so much. */
export function smallestTask(memoryMib: number, cpuUnits: number): { readonly cpu: number; readonly memoryLimitMiB: number } {
  const large = FARGATE_SIZES.filter((size) => size.cpuUnits >= cpuUnits && size.maxMib >= memoryMib);
  const { minMib, maxMib, stepMib = 1, exactMib, ...size } = large[0] ?? FARGATE_SIZES.at(-1)!;
  const stepped = minMib + Math.ceil(Math.max(0, memoryMib - minMib) / stepMib) * stepMib;
  const memoryLimitMiB = exactMib?.find((mib) => mib >= memoryMib) ?? Math.min(maxMib, exactMib ? maxMib : stepped);
  return { cpu: size.cpuUnits, memoryLimitMiB };
}
