import type { InvocationTrace } from '../../fleet/fleet-workload';
import { MOST_INVOCATIONS } from '../../fleet/trace-work';
import { CommandError } from '../command-error';

const BY_LINES = /\.(csv|jsonl|ndjson)$/i;
const HEADER = /^\s*"?at"?\s*(,|$)/i;
const FIX = 'a line is {"at": "2026-11-24T09:00:00Z", "durationMs": 80}, or 2026-11-24T09:00:00Z,80 under a header at,durationMs';

/** One invocation as it is written. */
interface Entry {
  readonly at: unknown;
  readonly durationMs: unknown;
}

/** A file of invocations and not of a profile, by its name or its first line. */
export function isTrace(file: string, text: string): boolean {
  const first = firstLine(text);
  return BY_LINES.test(file) || HEADER.test(first) || /^\s*\{\s*"at"/.test(first);
}

function firstLine(text: string): string {
  const from = text.search(/\S/);
  if (from < 0) return '';
  const end = text.indexOf('\n', from);
  return text.slice(from, end < 0 ? undefined : end).trim();
}

function momentOf(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return Number.NaN;
  const number = Number(value);
  return Number.isNaN(number) ? Date.parse(value) : number;
}

/** Columns may stand in any order. */
function csvReader(header: string): (line: string) => Entry {
  const cells = (line: string) => line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const names = cells(header).map((name) => name.toLowerCase());
  const [at, duration] = [names.indexOf('at'), names.indexOf('durationms')];
  return (line) => {
    const values = cells(line);
    return { at: values[at], durationMs: duration < 0 || values[duration] === '' ? undefined : Number(values[duration]) };
  };
}

function jsonReader(line: string): Entry {
  const value = JSON.parse(line) as Partial<Entry> | null;
  if (typeof value !== 'object' || value === null) throw new SyntaxError('it is no object');
  return { at: value.at, durationMs: value.durationMs };
}

/** Invocations from lines of JSON or CSV, in the order of their time. */
export function readTrace(file: string, text: string): InvocationTrace {
  const csv = HEADER.test(firstLine(text));
  let read: ((line: string) => Entry) | undefined = csv ? undefined : jsonReader;
  const at: number[] = [];
  const durations: number[] = [];
  let number = 0;
  const refuse = (problem: string) => {
    throw new CommandError('Trace', `${file} line ${number} ${problem}`, FIX);
  };
  for (const line of linesOf(text)) {
    number += 1;
    if (line.trim() === '') continue;
    if (read === undefined) {
      read = csvReader(line);
      continue;
    }
    if (at.length === MOST_INVOCATIONS) refuse(`is one too many: a trace has at most ${MOST_INVOCATIONS} invocations`);
    const entry = parsed(read, line, refuse);
    const moment = momentOf(entry.at);
    if (!Number.isFinite(moment)) refuse(`has no time: at must be an ISO time or milliseconds, got ${JSON.stringify(entry.at)}`);
    if (at.length > 0 && moment < at.at(-1)!)
      refuse(`comes before the one above it, got ${JSON.stringify(entry.at)}; sort the trace by time`);
    at.push(moment);
    if (entry.durationMs === undefined) continue;
    if (typeof entry.durationMs !== 'number' || !Number.isFinite(entry.durationMs) || entry.durationMs < 0)
      refuse(`must have a durationMs of 0 or more, got ${JSON.stringify(entry.durationMs)}`);
    durations.push(entry.durationMs as number);
  }
  if (at.length < 2) throw new CommandError('Trace', `${file} must hold at least two invocations, got ${at.length}`, FIX);
  if (durations.length > 0 && durations.length < at.length)
    throw new CommandError(
      'Trace',
      `${file} has durationMs on ${durations.length} of ${at.length} lines; give it on all of them or on none`,
      FIX,
    );
  return { at, ...(durations.length > 0 && { durations }) };
}

function parsed(read: (line: string) => Entry, line: string, refuse: (problem: string) => void): Entry {
  try {
    return read(line);
  } catch (error) {
    refuse(`is not JSON: ${(error as Error).message}`);
    throw error;
  }
}

/** Without a copy of the whole file as an array of lines. */
function* linesOf(text: string): Generator<string> {
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    yield text.slice(from, end < 0 ? undefined : end);
    if (end < 0) return;
    from = end + 1;
  }
}
