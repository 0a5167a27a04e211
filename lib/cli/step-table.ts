import Table from 'cli-table3';
import pc from 'picocolors';
import type { StepSummary } from '../local/stepfunctions/step-summary';
import { PLAIN_COLUMNS } from './plain-table';

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 9_950 ? 2 : 1)} s`;
}

export function size(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`;
}

/** One row for each step: how many attempts all its runs took, how long from the first to the last, how large their output was. */
export function stepTable(steps: readonly StepSummary[]): string {
  const table = new Table({
    head: ['step', 'attempts', 'duration', 'output'].map(pc.bold),
    ...PLAIN_COLUMNS,
    colAligns: ['left', 'right', 'right', 'right'],
  });
  for (const { name, runs, attempts, durationMs, outputBytes } of steps)
    table.push([runs === 1 ? name : `${name} × ${runs}`, attempts, seconds(durationMs), size(outputBytes)]);
  return table.toString();
}
