import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ConformanceCase } from './conformance-case';

const FOLDER = join(__dirname, 'cases');

/** All cases, by the name of their file. */
export function readCases(): ReadonlyMap<string, readonly ConformanceCase[]> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ts'));
  return new Map(files.sort().map((file) => [file.slice(0, -3), (require(join(FOLDER, file)) as { CASES: ConformanceCase[] }).CASES]));
}
