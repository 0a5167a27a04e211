import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../lib/cli/main';
import { conformancePage } from '../../scripts/conformance-page';
import { Captured } from '../e2e/captured-streams';
import type { ConformanceCase } from './conformance-case';
import { coverage } from './coverage';
import { readCases } from './read-cases';

interface Printed {
  readonly status?: string;
  readonly output?: unknown;
  readonly error?: string | null | { readonly code: string; readonly problems?: readonly { readonly path: string }[] };
  readonly cause?: string | null;
  readonly events?: readonly { readonly type: string }[];
}

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the case as its user would, files and all. */
async function throughTheDoor({ definition, input, mocks, context }: ConformanceCase): Promise<{ exit: number; printed: Printed }> {
  const file = (name: string, content: unknown) => {
    const path = join(folder, `${name}.json`);
    writeFileSync(path, typeof content === 'string' && name === 'definition' ? content : JSON.stringify(content));
    return path;
  };
  const args = ['asl', file('definition', definition), '--skip-time', '--json'];
  if (input !== undefined) args.push('--input', file('input', input));
  if (mocks !== undefined) args.push('--mocks', file('mocks', mocks));
  if (context !== undefined) args.push('--context', file('context', context));
  const out = new Captured();
  const err = new Captured();
  const exit = await main(args, { out, err });
  expect(err.text).toBe('');
  return { exit, printed: JSON.parse(out.text) as Printed };
}

async function check(conformance: ConformanceCase): Promise<void> {
  const { exit, printed } = await throughTheDoor(conformance);
  const { expect: expected } = conformance;
  if ('refused' in expected) {
    const { code, problems = [] } = printed.error as { code: string; problems?: { path: string }[] };
    expect({ exit, code, paths: problems.map(({ path }) => path).sort() }).toEqual({
      exit: 1,
      code: 'InvalidDefinition',
      paths: [...expected.refused].sort(),
    });
    return;
  }
  const { status, output, error, cause, events = [] } = printed;
  expect(exit).toBe(0);
  if ('error' in expected) {
    expect({ status, output, error }).toEqual({ status: expected.status ?? 'FAILED', output: null, error: expected.error });
    if (expected.cause instanceof RegExp) expect(cause).toMatch(expected.cause);
    else if (expected.cause !== undefined) expect(cause).toBe(expected.cause);
  } else if ('matching' in expected) {
    expect({ status, error, cause, matches: expected.matching(output) }).toEqual({
      status: 'SUCCEEDED',
      error: null,
      cause: null,
      matches: true,
    });
  } else expect({ status, output, error, cause }).toEqual({ status: 'SUCCEEDED', output: expected.output, error: null, cause: null });
  if (expected.events !== undefined) expect(events.map(({ type }) => type)).toEqual(expected.events);
  let at = 0;
  for (const part of expected.history ?? []) {
    const found = events.slice(at).findIndex((event) => matches(event, part));
    expect({ missing: found === -1 ? part : undefined }).toEqual({ missing: undefined });
    at += found + 1;
  }
}

/** Whether `value` has all that `part` has. */
function matches(value: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return Object.is(value, part);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(part).every(([key, inner]) => matches((value as Record<string, unknown>)[key], inner));
}

describe.each([...readCases()])('%s', (_file, cases) => {
  test.each(cases.map((conformance) => [conformance.title, conformance] as const))('%s', (_title, conformance) => check(conformance));

  test('titles differ and each cites its section', () => {
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
    expect(cases.filter(({ section }) => !URL.canParse(section)).map(({ title }) => title)).toEqual([]);
  });
});

test('a part of an event is told from another', () => {
  expect(matches({ a: { b: 1, c: 2 } }, { a: { b: 1 } })).toBe(true);
  expect(matches({ a: { b: 1 } }, { a: { b: 2 } })).toBe(false);
});

describe('the coverage', () => {
  const cases = [...readCases().values()].flat();

  test('is as docs/conformance.md tells it', () => {
    expect(readFileSync(join(__dirname, '../../docs/conformance.md'), 'utf8')).toBe(conformancePage());
  });

  test('leaves out no part of the language', () => {
    expect(cases.length).toBeGreaterThanOrEqual(250);
    const none = coverage(cases).flatMap(({ title, counts }) =>
      [...counts].filter(([, count]) => count === 0).map(([name]) => `${title}: ${name}`),
    );
    expect(none).toEqual([]);
  });
});
