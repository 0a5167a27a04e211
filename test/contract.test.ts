import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Env } from '../lambda/contract/env';
import { ErrorName } from '../lambda/contract/errors';

const ROOT = join(__dirname, '..');

function textOf(directory: string): string {
  return readdirSync(join(ROOT, directory), { withFileTypes: true })
    .map((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return path === join('lambda', 'contract') ? '' : textOf(path);
      return entry.name.endsWith('.ts') ? readFileSync(join(ROOT, path), 'utf8') : '';
    })
    .join('\n');
}

const LAMBDA = textOf('lambda');
const LIB = textOf('lib');

describe('environment variables', () => {
  test.each(Object.keys(Env))('%s is set by a construct or the local run and read by a handler', (key) => {
    expect(LIB).toMatch(new RegExp(`\\bEnv\\.${key}\\b`));
    expect(LAMBDA).toMatch(new RegExp(`\\bEnv\\.${key}\\b`));
  });

  test('names are unique', () => {
    const names = Object.values(Env);
    expect(new Set(names).size).toBe(names.length);
  });

  test('handlers read variables of ours through the contract only', () => {
    const direct = [...LAMBDA.matchAll(/process\.env(?:\.|\[['"])([A-Z_0-9]+)/g)].map(([, name]) => name);
    const ours = direct.filter((name) => (Object.values(Env) as string[]).includes(name ?? ''));
    expect(ours).toEqual([]);
  });
});

test.each(Object.entries(ErrorName))('error %s is raised or matched outside the contract', (key) => {
  expect(`${LAMBDA}${LIB}`).toMatch(new RegExp(`\\bErrorName\\.${key}\\b`));
});
