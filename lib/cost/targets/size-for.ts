import { FARGATE_SIZES } from '../../quotas/fargate-quotas';
import type { SoldSize } from '../prices/size-tables';
import { ceilTo } from '../rounding';

const CPU_UNITS = 1024;
const MIB = 1024;

/** The smallest size that holds the memory; above the largest one, as much of it as would. */
export function sizeFor<S extends SoldSize>(sizes: readonly S[], memoryGib: number): S {
  const found = sizes.find((size) => size.memoryGib >= memoryGib);
  if (found !== undefined) return found;
  const largest = sizes.at(-1)!;
  return { ...largest, memoryGib, vCpus: largest.vCpus * (memoryGib / largest.memoryGib) };
}

/** The smallest task of Fargate that holds the memory: least CPU first. */
export function fargateSize(memoryGib: number): SoldSize {
  const wanted = memoryGib * MIB;
  const row = FARGATE_SIZES.find(({ maxMib }) => maxMib >= wanted);
  if (row === undefined) return { vCpus: FARGATE_SIZES.at(-1)!.cpuUnits / CPU_UNITS, memoryGib };
  const { cpuUnits, minMib, stepMib = 1, exactMib } = row;
  const mib = exactMib?.find((size) => size >= wanted) ?? minMib + ceilTo(Math.max(0, wanted - minMib), stepMib);
  return { vCpus: cpuUnits / CPU_UNITS, memoryGib: mib / MIB };
}
