import { cpus, loadavg } from 'node:os';

/** One line of the report. */
export interface Figure {
  readonly what: string;
  readonly peer: string;
  readonly ours: number;
  readonly theirs?: number;
  readonly unit: string;
  /** Highest ratio to the peer, or the highest value where there is no peer. */
  readonly bar?: number;
}

/** What is measured of ours over what is measured of the peer; without a peer the figure itself. */
export function ratioOf({ ours, theirs }: Figure): number {
  return theirs === undefined ? ours : ours / theirs;
}

export function misses(figures: readonly Figure[]): Figure[] {
  return figures.filter((figure) => figure.bar !== undefined && ratioOf(figure) > figure.bar);
}

const HEADINGS = ['what', 'ours', 'peer', '', 'ratio', 'bar'];

/** The figures as a Markdown table. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    amount(figure.ours, figure.unit),
    figure.theirs === undefined ? '' : amount(figure.theirs, figure.unit),
    figure.peer,
    figure.theirs === undefined || figure.theirs === 0 ? '' : `${ratioOf(figure).toFixed(3)}x`,
    figure.bar === undefined ? '' : figure.theirs === undefined ? `<= ${amount(figure.bar, figure.unit)}` : `<= ${figure.bar}x`,
  ]);
  const widths = HEADINGS.map((heading, column) => Math.max(heading.length, ...rows.map((row) => (row[column] as string).length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`;
  return [line(HEADINGS), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function amount(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${Number.isInteger(value) ? value : value.toFixed(digits)} ${unit}`.trim();
}

/** Where and when, and how busy the machine was: figures of a shared machine are worth as much as their ratios. */
export function machine(): string {
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
  const date = new Date().toISOString().slice(0, 10);
  return `${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}, load ${load}, ${date}`;
}
