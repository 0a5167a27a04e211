import Table from 'cli-table3';
import pc from 'picocolors';
import type { StepSummary } from '../local/stepfunctions/step-summary';

/** Columns apart by spaces: lines between the rows would double the height. */
const SIDES = ['top', 'bottom', 'left', 'mid', 'right'].flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`]);
const NO_LINES = { ...Object.fromEntries(SIDES.map((side) => [side, ''])), middle: '  ' };

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
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: NO_LINES,
    colAligns: ['left', 'right', 'right', 'right'],
  });
  for (const { name, runs, attempts, durationMs, outputBytes } of steps)
    table.push([runs === 1 ? name : `${name} × ${runs}`, attempts, seconds(durationMs), size(outputBytes)]);
  return table.toString();
}
