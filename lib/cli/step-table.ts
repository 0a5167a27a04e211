import Table from 'cli-table3';
import type { StepSummary } from '../local/stepfunctions/step-summary';

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 9_950 ? 2 : 1)} s`;
}

export function size(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`;
}

/** One row for each step: how often it was entered, how many attempts that took, how long, how large its output was. */
export function stepTable(steps: readonly StepSummary[]): string {
  const table = new Table({
    head: ['step', 'runs', 'attempts', 'duration', 'output'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right'],
  });
  for (const { name, runs, attempts, durationMs, outputBytes } of steps)
    table.push([name, runs, attempts, seconds(durationMs), size(outputBytes)]);
  return table.toString();
}
