import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../lib/cli/main';
import type { RunResult } from '../../../lib/cli/run';
import { Captured } from '../../e2e/captured-streams';
import { smallApp, stopAll } from '../local/small-app';
import { machines } from './run-machines';

const COMMANDS = ['run', 'local', 'asl', 'audit', 'advise', 'estimate', 'warm', 'quotas', 'research'];

jest.setTimeout(120_000);

let assembly: string;
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'run-'));
  assembly = smallApp(machines).synth().directory;
});

afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await stopAll();
});

async function call(...args: string[]) {
  const [out, err] = [new Captured(), new Captured()];
  const code = await main(args, { out, err });
  return { code, out: out.text, err: err.text };
}

/** One JSON value and nothing else. */
async function json(...args: string[]): Promise<{ code: number; value: RunResult & { error: Record<string, unknown> } }> {
  const { code, out, err } = await call(...args, '--json');
  expect([out.trim().split('\n').length, err]).toEqual([1, '']);
  return { code, value: JSON.parse(out) };
}

const run = (...args: string[]) => ['run', assembly, ...args];

test('a run to its end prints the steps, the table, the drawing and the output', async () => {
  const { code, out, err } = await call(...run('--workflow', 'Doubling', '--input', '{"n": 21}', '--name', 'mine'));
  expect([code, err]).toEqual([0, '']);
  const lines = out.split('\n');
  const order = [
    /^Small\/Doubling mine$/,
    /^▸ Call$/,
    /^✓ Call /,
    /^step +attempts/,
    /^Call +1 /,
    /│ *✓ Call *│/,
    /│ *✓ Last *│/,
    /^✓ done /,
    /^SUCCEEDED$/,
    /"n": 42/,
  ];
  const at = order.map((pattern) => lines.findIndex((line) => pattern.test(line)));
  expect(at).not.toContain(-1);
  expect(at).toEqual([...at].sort((left, right) => left - right));
});

test('a run that fails ends with 1, shows what failed and what was not reached, and draws it', async () => {
  const svg = join(directory, 'failed.svg');
  const input = join(directory, 'input.json');
  writeFileSync(input, '\uFEFF{"n": -1}');
  const { code, value } = await json(...run('--workflow', 'Doubling', '--input', input, '--svg', svg));
  expect(code).toBe(1);
  expect(value).toMatchObject({ status: 'FAILED', error: 'RangeError', workflow: 'Small/Doubling', svg });
  expect(value.cause).toContain('n is negative');
  expect(value.steps).toMatchObject([{ name: 'Call', attempts: 1 }]);
  const drawing = readFileSync(svg, 'utf8');
  expect(drawing).toMatch(/data-status="failed"[^>]*data-label="Call"/);
  expect(drawing).toMatch(/data-status="none"[^>]*data-label="Last"/);
  expect(drawing).not.toMatch(/@import|color-mix|var\(|<style/);
  const text = await call(...run('--workflow', 'Doubling', '--input', '{"n":-1}'));
  expect(text.out).toMatch(/│ *✗ Call *│[\s\S]*│ *· Last *│[\s\S]*FAILED RangeError/);
});

test('a run that waits for an answer ends suspended, with 0, and says how to answer', async () => {
  const { code, value } = await json(...run('--workflow', 'Asking'));
  expect([code, value.status]).toEqual([0, 'RUNNING']);
  expect(value.suspended).toEqual({ steps: ['Ask'], answer: expect.stringContaining(`serverless-ai local ${assembly}`) });
});

test('with --skip-time nobody waits', async () => {
  const { code, value } = await json(...run('--workflow', 'Asking', '--skip-time'));
  expect([code, value.status, value.error]).toEqual([1, 'FAILED', 'States.Timeout']);
});

test('a fault strikes where it was asked for', async () => {
  const { code, value } = await json(
    ...run('--workflow', 'Doubling', '--input', '{"n":1}', '--fault', 'before:step.Call=error(Shop.Closed)'),
  );
  expect([code, value.error]).toEqual([1, 'Shop.Closed']);
});

describe('mistakes are one line with a code', () => {
  test.each<[string, () => string[], RegExp]>([
    ['no assembly', () => ['run'], /^error Arguments: run takes one assembly directory, got none; such as: serverless-ai run cdk\.out$/],
    ['two of them', () => ['run', 'a', 'b'], /^error Arguments: run takes one assembly directory, got a b; /],
    ['one that is not there', () => ['run', '/nowhere'], /^error Assembly: \/nowhere is not a directory; /],
    [
      'none that it could mean',
      () => run(),
      /^error Workflow: the assembly has 2 workflows: Small\/Doubling, Small\/Asking; name one with --workflow$/,
    ],
    [
      'an unknown workflow',
      () => run('--workflow', 'Tripling'),
      /^error UnknownWorkflow: no workflow Tripling in the assembly; it has Small\/Doubling, Small\/Asking$/,
    ],
    ['input that is no JSON', () => run('--workflow', 'Asking', '--input', '{n: 1}'), /^error Input: --input is neither a file nor JSON: /],
    ['an unknown option', () => run('--colour'), /^error Option: Unknown option '--colour'; see serverless-ai run --help$/],
    ['a name that none may have', () => run('--workflow', 'Asking', '--name', 'a b'), /^error InvalidName: Invalid Name: 'a b' /],
    ['a fault that is none', () => run('--workflow', 'Asking', '--fault', 'kill'), /^error Fault: fault "kill": it has no kind; /],
    [
      'a fault at a step that is not there',
      () => run('--workflow', 'Asking', '--fault', 'before:step.No=kill'),
      /^error Fault: .*no state machine has a Task state No; there are /,
    ],
    [
      'a drawing that cannot be written',
      () => run('--workflow', 'Doubling', '--input', '{"n":1}', '--svg', '/nowhere/a.svg'),
      /^error Svg: cannot write the drawing to \/nowhere\/a\.svg: /,
    ],
  ])('%s', async (_what, args, message) => {
    const { code, err } = await call(...args());
    expect([code, err.trim().split('\n').length]).toEqual([1, 1]);
    expect(err.trim()).toMatch(message);
  });

  test.each([
    ['/nowhere/a.svg', /no such file/],
    [tmpdir(), /it is a directory/],
  ])('a drawing to %s is refused before anything runs', async (svg, message) => {
    const { code, value } = await json('run', '/nowhere/assembly', '--svg', svg);
    expect([code, value.error['code']]).toEqual([1, 'Svg']);
    expect(value.error['message']).toMatch(message);
  });

  test('with --json the choices are listed', async () => {
    const { code, value } = await json(...run('--workflow', 'Tripling'));
    expect(code).toBe(1);
    expect(value.error).toEqual({ code: 'UnknownWorkflow', message: expect.any(String), allowed: ['Small/Doubling', 'Small/Asking'] });
    const unknown = await json('rum');
    expect(unknown.value.error).toMatchObject({ code: 'UnknownCommand', allowed: COMMANDS });
  });
});

test.each(COMMANDS)('%s --help shows its usage', async (name) => {
  const { code, out } = await call(name, '--help');
  expect([code, out.split('\n')[0]]).toEqual([0, expect.stringContaining(`usage: serverless-ai ${name} `)]);
});
