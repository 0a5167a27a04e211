import { readFileSync } from 'node:fs';
import { AssemblyError } from './assembly-error';

/** Parses a file of an assembly; a missing or broken one is named. */
export function readJson(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new AssemblyError(`${file} is missing; is its directory a CDK assembly (cdk.out)?`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AssemblyError(`${file} is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new AssemblyError(`${file} is not a JSON object`);
  return value as Record<string, unknown>;
}
