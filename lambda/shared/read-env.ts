import type { EnvName } from '../contract/env';

/** A required variable; its absence is a defect of the deployment, so the message names the variable. */
export function readEnv(name: EnvName): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is required`);
  return value;
}

export function readOptionalEnv(name: EnvName): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

export function readNumberEnv(name: EnvName, fallback: number): number {
  const text = readOptionalEnv(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`environment variable ${name} must be a number, got ${JSON.stringify(text)}`);
  return value;
}

export function readJsonEnv<T>(name: EnvName): T {
  const text = readEnv(name);
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Error(`environment variable ${name} must be JSON, got ${JSON.stringify(text.slice(0, 80))}`, { cause });
  }
}
