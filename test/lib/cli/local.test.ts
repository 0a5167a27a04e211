import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { main } from '../../../lib/cli/main';
import { Captured } from '../../e2e/captured-streams';
import { until } from '../local/lambda/local-functions';
import { inlineFunction, smallApp, stopAll } from '../local/small-app';

jest.setTimeout(120_000);

const ROOT = join(__dirname, '..', '..', '..');

let assembly: string;
const running: ChildProcess[] = [];

beforeAll(() => {
  const app = smallApp((stack) => {
    const fn = inlineFunction(stack, 'Hello', `return 'hello';`);
    fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
  });
  assembly = app.synth().directory;
});

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await stopAll();
});

/** The command in a process of its own, once it has printed its addresses. */
async function started(...args: string[]) {
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', join(ROOT, 'bin', 'cli.ts'), 'local', assembly, '--port', '0', ...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1' },
  });
  running.push(child);
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (text.out += chunk));
  child.stderr.on('data', (chunk) => (text.err += chunk));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  await until(() => /Ctrl-C/.test(text.out + text.err) || child.exitCode !== null);
  return { child, text, ended };
}

/** Processes below one, as `ps` sees them. */
function below(pid: number): number[] {
  const lines = execFileSync('ps', ['-o', 'pid=,ppid=,comm=', '-A'], { encoding: 'utf8' }).split('\n');
  const rows = lines.map((line) => line.trim().split(/\s+/)).filter(([, , command]) => command !== 'ps');
  const children = rows.filter(([, parent]) => Number(parent) === pid).map(([child]) => Number(child));
  return children.flatMap((child) => [child, ...below(child)]);
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it, and leaves no process and no port', async (signal) => {
  const { child, text, ended } = await started();
  const url = /function url +Small\/Hello\S* +(\S+)/.exec(text.out)?.[1] ?? '';
  expect(await (await fetch(url)).text()).toBe('hello');
  const page = /^page +(\S+)$/m.exec(text.out)?.[1] ?? '';
  expect(await (await fetch(page)).text()).toContain('<title>Local run</title>');
  const processes = below(child.pid!);
  const ports = [...text.out.matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port));
  expect([processes.length > 0, ports.length]).toEqual([true, 3]);
  expect(await Promise.all(ports.map(isOpen))).toEqual([true, true, true]);
  child.kill(signal);
  expect([await ended, text.err]).toEqual([0, '']);
  await until(() => !processes.some(lives));
  expect(await Promise.all(ports.map(isOpen))).toEqual([false, false, false]);
});

test('with --json standard output is one JSON value, at the end', async () => {
  const { child, text, ended } = await started('--json');
  expect(text.out).toBe('');
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(text.out.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(text.out)).toMatchObject({
    stopped: true,
    page: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    endpoints: [{ kind: 'gateway' }, { kind: 'function url', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/) }],
  });
});

describe('mistakes are one line with a code', () => {
  async function mistake(...args: string[]): Promise<[number, string]> {
    const [out, err] = [new Captured(), new Captured()];
    return [await main(['local', ...args], { out, err }), err.text];
  }

  test('a port that is in use', async () => {
    const server: Server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const message = `error PortInUse: port ${port} of 127.0.0.1 is in use; name another with --port, 0 for any free one\n`;
      expect(await mistake(assembly, '--port', String(port))).toEqual([1, message]);
    } finally {
      server.close();
    }
  });

  test.each<[string, () => string[], RegExp]>([
    [
      'a port that is none',
      () => [assembly, '--port', '70000'],
      /^error Port: --port must be a whole number from 0 to 65535, got "70000"\n$/,
    ],
    ['no assembly', () => [], /^error Arguments: local takes one assembly directory, got none; /],
    ['an assembly that is not there', () => ['/nowhere'], /^error Assembly: \/nowhere is not a directory; /],
    ['an unknown option', () => [assembly, '--prot', '1'], /^error Option: Unknown option '--prot'; see serverless-ai local --help\n$/],
  ])('%s', async (_what, args, message) => {
    const [code, text] = await mistake(...args());
    expect(code).toBe(1);
    expect(text).toMatch(message);
  });
});
