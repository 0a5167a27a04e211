import { FARGATE_SIZES } from '../../quotas/fargate-quotas';
import { LAMBDA_MEMORY, LAMBDA_MEMORY_PER_VCPU } from '../../quotas/lambda-quotas';
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

/** A task may be this much stronger than a function of its memory before a weaker one is nearer to it. */
const NEARLY = 1.2;
const STRONGEST_FUNCTION = LAMBDA_MEMORY.max! / LAMBDA_MEMORY_PER_VCPU.max!;

/** CPU units of the Fargate row that does about as much as a Lambda function of that memory. */
function alikeUnits(wantedMib: number): number {
  const vCpus = Math.min(wantedMib / LAMBDA_MEMORY_PER_VCPU.max!, STRONGEST_FUNCTION);
  return FARGATE_SIZES.findLast(({ cpuUnits }) => cpuUnits / CPU_UNITS <= vCpus * NEARLY)?.cpuUnits ?? 0;
}

/** The smallest task of Fargate that holds the memory and is about as strong as a Lambda function that has it. */
export function fargateSize(memoryGib: number): SoldSize {
  const wanted = memoryGib * MIB;
  const least = alikeUnits(wanted);
  const row = FARGATE_SIZES.find(({ cpuUnits, maxMib }) => maxMib >= wanted && cpuUnits >= least);
  if (row === undefined) return { vCpus: FARGATE_SIZES.at(-1)!.cpuUnits / CPU_UNITS, memoryGib };
  const { cpuUnits, minMib, stepMib = 1, exactMib } = row;
  const mib = exactMib?.find((size) => size >= wanted) ?? minMib + ceilTo(Math.max(0, wanted - minMib), stepMib);
  return { vCpus: cpuUnits / CPU_UNITS, memoryGib: mib / MIB };
}
