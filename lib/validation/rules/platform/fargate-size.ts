import { FARGATE_MEMORY, FARGATE_SIZES, type FargateSize } from '../../../quotas/fargate-quotas';
import type { Resource } from '../../../template/resource';
import { numberOf, type Value } from '../../../template/value';
import type { Rule } from '../../rule';
import { isLiteral } from '../compute/literal';
import { fargateTasks } from './containers/fargate-task';

const UNITS_PER_VCPU = 1_024;
const MIB_PER_GIB = 1_024;

export const FARGATE_SIZE: Rule = {
  id: 'fargate-size',
  title: 'Task size that Fargate does not have',
  why: 'The task definition cannot be registered: memory comes in steps that depend on the vCPUs.',
  severity: 'error',
  fix: 'take one of the sizes of the table',
  source: FARGATE_MEMORY.source,
  check: (graph) =>
    fargateTasks(graph).flatMap((task) => {
      const message = problemOf(task);
      if (message === undefined) return [];
      return [{ resource: task, message, ...(isLiteral(task, 'Cpu') && isLiteral(task, 'Memory') && { reportedByCdk: 'E3047' }) }];
    }),
};

function problemOf(task: Resource): string | undefined {
  const [cpu, memory] = [
    amount(task.get('Cpu'), /^([\d.]+)\s*vcpu$/i, UNITS_PER_VCPU),
    amount(task.get('Memory'), /^([\d.]+)\s*gb$/i, MIB_PER_GIB),
  ];
  // Windows tasks start at one vCPU and are not in the table.
  if (cpu === undefined || memory === undefined || /^WINDOWS/.test(task.text('RuntimePlatform', 'OperatingSystemFamily') ?? ''))
    return undefined;
  const size = FARGATE_SIZES.find(({ cpuUnits }) => cpuUnits === cpu);
  if (size === undefined) return `Cpu must be one of ${FARGATE_SIZES.map(({ cpuUnits }) => cpuUnits).join(', ')}, got ${cpu}`;
  if (isMemoryOf(size, memory)) return undefined;
  return `Memory with Cpu ${cpu} must be ${memoriesOf(size)}, got ${memory} MiB`;
}

function isMemoryOf({ minMib, maxMib, stepMib, exactMib }: FargateSize, memory: number): boolean {
  if (exactMib !== undefined) return exactMib.includes(memory);
  return memory >= minMib && memory <= maxMib && (memory - minMib) % (stepMib ?? 1) === 0;
}

function memoriesOf({ minMib, maxMib, stepMib, exactMib }: FargateSize): string {
  return exactMib === undefined ? `from ${minMib} to ${maxMib} MiB in steps of ${stepMib}` : `one of ${exactMib.join(', ')} MiB`;
}

/** A number, or one with its unit: `.5 vCPU`, `2 GB`. */
function amount(value: Value | undefined, withUnit: RegExp, factor: number): number | undefined {
  const stated = typeof value === 'string' ? withUnit.exec(value.trim())?.[1] : undefined;
  return stated === undefined ? numberOf(value) : Number(stated) * factor;
}
