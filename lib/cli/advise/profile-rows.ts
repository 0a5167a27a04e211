import { Duration, Size } from 'aws-cdk-lib/core';
import { sizeBytes } from '../../workload/size-bytes';
import type { WorkloadProfile } from '../../workload/workload-profile';
import { escaped, html } from './html';

/** The facts of a profile, one row each, as HTML. */
export function profileRows(profile: WorkloadProfile): string[][] {
  return rowsOf('', profile);
}

function rowsOf(path: string, value: unknown): string[][] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => rowsOf(`${path}[${index}]`, item));
  if (value instanceof Duration) return [row(path, shownDuration(value))];
  if (value instanceof Size) return [row(path, shownSize(value))];
  if (typeof value !== 'object' || value === null) return [row(path, String(value))];
  return Object.entries(value).flatMap(([name, entry]) => rowsOf(path === '' ? name : `${path}.${name}`, entry));
}

function row(path: string, text: string): string[] {
  return [html`<code>${path}</code>`, escaped(text)];
}

function shownDuration(duration: Duration): string {
  const seconds = duration.toSeconds({ integral: false });
  if (seconds >= 120 && seconds % 60 === 0) return `${seconds / 60} min`;
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds} s`;
}

function shownSize(size: Size): string {
  const kilobytes = sizeBytes(size) / 1024;
  if (kilobytes < 1024) return `${kilobytes} KB`;
  return kilobytes < 1024 ** 2 ? `${kilobytes / 1024} MB` : `${kilobytes / 1024 ** 2} GB`;
}
