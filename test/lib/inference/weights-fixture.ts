import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const made: string[] = [];

export const WEIGHTS = { 'weights.onnx': 'weights', 'vocabulary/en.json': '["a","b"]', 'Ä.txt': 'x' };
/** Long enough ago that no file system mistakes another change for this one. */
export const LONG_AGO = new Date('2026-01-01T00:00:00Z');

export function temporaryDirectory(name: string): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  made.push(directory);
  return directory;
}

/** A directory with the given files, last changed at `time`. */
export function weightsDirectory(files: Readonly<Record<string, string>> = WEIGHTS, time: Date = LONG_AGO): string {
  const directory = temporaryDirectory('weights');
  for (const [path, content] of Object.entries(files)) writeWeights(directory, path, content, time);
  return directory;
}

export function writeWeights(directory: string, path: string, content: string, time: Date = LONG_AGO): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  utimesSync(file, time, time);
}

export function removeTemporaryDirectories(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}
