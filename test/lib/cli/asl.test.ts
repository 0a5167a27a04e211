import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../lib/cli/main';
import { Captured } from '../../e2e/captured-streams';

const folder = mkdtempSync(join(tmpdir(), 'asl-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function asl(...args: string[]): Promise<{ exit: number; printed: Record<string, unknown> }> {
  const [out, err] = [new Captured(), new Captured()];
  const exit = await main(['asl', ...args], { out, err });
  expect(err.text).toBe('');
  return { exit, printed: JSON.parse(out.text) as Record<string, unknown> };
}

const echo = file('echo.json', { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
const call = file('call.json', {
  StartAt: 'T',
  States: { T: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' }, End: true } },
});

test.each([
  [[], {}],
  [['--input', '{"a": [1]}'], { a: [1] }],
  [['--input', 'null'], null],
  [['--input', file('input.json', { b: 2 })], { b: 2 }],
  [['--json', '--skip-time', '--input', '"text"'], 'text'],
])('%j is the input', async (args, output) => {
  const { exit, printed } = await asl(echo, ...args);
  expect(exit).toBe(0);
  expect(Object.keys(printed)).toEqual(['status', 'output', 'error', 'cause', 'events']);
  expect(printed).toMatchObject({ status: 'SUCCEEDED', output, error: null, cause: null });
  expect(printed['events']).toMatchObject([
    { id: 1, previousEventId: 0, type: 'ExecutionStarted' },
    {},
    {},
    { type: 'ExecutionSucceeded' },
  ]);
});

test('an execution that fails or times out was interpreted all the same', async () => {
  expect(await asl(call, '--mocks', file('m.json', { f: [{ throw: { Error: 'E', Cause: 'c' } }] }))).toMatchObject({
    exit: 0,
    printed: { status: 'FAILED', output: null, error: 'E', cause: 'c' },
  });
  const slow = file('slow.json', { TimeoutSeconds: 5, StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 9, End: true } } });
  expect(await asl(slow, '--skip-time')).toMatchObject({
    exit: 0,
    printed: { status: 'TIMED_OUT', output: null, error: 'States.Timeout' },
  });
});

test('a definition that is refused has no status but its problems', async () => {
  const bad = file('bad.json', { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, C: { Type: 'Nope', End: true } } });
  const { exit, printed } = await asl(bad, '--skip-time');
  expect(exit).toBe(1);
  expect(printed).toMatchObject({ error: { code: 'InvalidDefinition', problems: expect.any(Array) } });
  const { problems } = printed['error'] as { problems: { path: string; message: string }[] };
  expect(problems.map(({ path }) => path)).toContain('/States/A/Next');
  expect(problems.every(({ message }) => message.length > 0)).toBe(true);
});

test('a definition that is no JSON is refused as well', async () => {
  const { exit, printed } = await asl(file('text.json', '{"StartAt":'));
  expect({ exit, code: (printed['error'] as { code: string }).code }).toEqual({ exit: 1, code: 'InvalidDefinition' });
});

test.each([
  [[], 'Definition', /asl takes one definition file, got 0/],
  [[echo, echo], 'Definition', /asl takes one definition file, got 2/],
  [['/no/such/file.json'], 'Definition', /the definition \/no\/such\/file.json is not a file/],
  [[echo, '--input', '{"a":'], 'Input', /--input is neither a file nor JSON/],
  [[echo, '--input', file('broken.json', '{')], 'Input', /--input .*broken.json is not JSON/],
  [[echo, '--mocks', '[]'], 'Mocks', /the mocks must be an object/],
  [[echo, '--mocks', '{"f": [{}]}'], 'Mocks', /exactly one of return and throw/],
  [[echo, '--mocks', 'null'], 'Mocks', /the mocks must be an object/],
  [[echo, '--context', '1'], 'Context', /the context must be an object, got 1/],
  [[echo, '--context', 'null'], 'Context', /the context must be an object, got null/],
  [[folder], 'Definition', /is not a file/],
  [[echo, '--speed', '2'], 'Option', /--speed/],
])('%j is a mistake of its user', async (args, code, message) => {
  const { exit, printed } = await asl(...args);
  expect(exit).toBe(1);
  expect(printed).toEqual({ error: expect.objectContaining({ code, message: expect.stringMatching(message) }) });
});

test('whoever mistypes the name of a file is told that it is not there', async () => {
  const { exit, printed } = await asl(echo, '--mocks', './mocks.jsn');
  expect(exit).toBe(1);
  expect(printed).toEqual({ error: { code: 'Mocks', message: expect.any(String), fix: 'there is no file ./mocks.jsn' } });
});

test('a pipe of the shell is read as a file is', () => {
  const command = ['node_modules/tsx/dist/cli.mjs', 'bin/cli.ts', 'asl', echo, '--input', '/dev/stdin'];
  const cwd = join(__dirname, '..', '..', '..');
  const shell = `printf '{"piped":true}' | ${[process.execPath, ...command].map((word) => `'${word}'`).join(' ')}`;
  expect(JSON.parse(execFileSync('sh', ['-c', shell], { cwd, encoding: 'utf8' }))).toMatchObject({ output: { piped: true } });
}, 60_000);
