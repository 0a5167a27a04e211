import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { isAlive, LocalFunctions, until } from './local-functions';

jest.setTimeout(60_000);

describe('environments of a run that ends without closing', () => {
  const functions = new LocalFunctions();

  beforeAll(() => {
    functions.code({
      'index.mjs': `
        export const idle = async () => process.env.TMPDIR;
        export const spinning = async () => { for (;;); };
        export const stopped = () => new Promise(() => setInterval(() => {}, 1000));`,
    });
  });

  afterAll(() => functions.close());

  test.each([
    ['is killed', 'SIGKILL'],
    ['is interrupted', 'SIGINT'],
    ['exits', undefined],
  ] as const)('die when it %s', async (_, signal) => {
    const fixture = join(__dirname, 'abrupt-end.fixture.ts');
    const args = ['--import', 'tsx', fixture, functions.directory, ...(signal === undefined ? ['exit'] : [])];
    const run = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(run, 'exit');
    try {
      const [line] = (await once(createInterface(run.stdout), 'line')) as [string];
      const { pids, directory } = JSON.parse(line) as { pids: number[]; directory: string };
      expect(pids).toHaveLength(3);
      if (signal !== undefined) {
        expect(pids.every(isAlive)).toBe(true);
        expect(existsSync(directory)).toBe(true);
        run.kill(signal);
      }
      await exited;
      await until(() => !pids.some(isAlive));
      await until(() => !existsSync(dirname(directory)));
    } finally {
      run.kill('SIGKILL');
    }
  });
});
