import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

jest.setTimeout(120_000);

const ROOT = join(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const definition = file('wait.json', JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } }));

/** The command in a process of its own, by a line of the shell in which `$cli` starts it. */
async function shell(text: string, preload?: string): Promise<{ code: number; out: string; err: string }> {
  const words = [
    process.execPath,
    '--require',
    'tsx/cjs',
    ...(preload === undefined ? [] : ['--require', preload]),
    join(ROOT, 'bin/cli.ts'),
  ];
  const cli = words.map((word) => `'${word}'`).join(' ');
  try {
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', text.replaceAll('$cli', cli)], { cwd: ROOT });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

test('an error that no command catches is a defect of the tool, one JSON value on standard output, and exit code 2', async () => {
  const preload = file(
    'throws.cjs',
    `process.on('newListener', (name) => { if (name === 'uncaughtException') setImmediate(() => { throw new Error('planted'); }); });`,
  );
  const { code, out, err } = await shell(`$cli asl '${definition}' --json`, preload);
  expect([code, JSON.parse(out)]).toEqual([2, { error: { code: 'Internal', message: 'planted' } }]);
  expect(err).toContain('Error: planted');
});

test('whoever stops reading ends the command without an error', async () => {
  const { out, err } = await shell(`set -o pipefail; ($cli asl '${definition}' --skip-time; echo "code $?" >&2) | true`);
  expect([out, err]).toEqual(['', 'code 0\n']);
});
