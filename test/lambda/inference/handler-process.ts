import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..', '..', '..');

const CHILD = `
const { handler, preload } = require('./handler.cjs');
process.on('message', async ({ id, event }) => {
  try {
    process.send({ id, result: await handler(event, { getRemainingTimeInMillis: () => 60_000 }) });
  } catch ({ name, message }) {
    process.send({ id, error: { name, message } });
  }
});
preload().then(() => process.send({ ready: true }));
`;

interface Reply {
  readonly id?: number;
  readonly ready?: boolean;
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

/** The bundled handler in a process of its own: jest gives each test its own typed arrays, which the native runtime refuses. */
export class HandlerProcess {
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private count = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
  ) {
    child.on('message', (reply: Reply) => this.waiting.get(reply.id ?? 0)?.(reply));
  }

  /** @param runtime directory of another version of onnxruntime-node */
  static async start(environment: Record<string, string>, runtime?: string): Promise<HandlerProcess> {
    // Inside the project, so that the bundle finds the project's packages.
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    const directory = mkdtempSync(join(ROOT, '.cache', 'inference-'));
    buildSync({
      entryPoints: [join(ROOT, 'lambda', 'inference', 'handler.ts')],
      outfile: join(directory, 'handler.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['onnxruntime-node'],
      logLevel: 'silent',
    });
    writeFileSync(join(directory, 'child.cjs'), CHILD);
    if (runtime !== undefined) {
      mkdirSync(join(directory, 'node_modules'));
      symlinkSync(runtime, join(directory, 'node_modules', 'onnxruntime-node'), 'dir');
    }
    const started = new HandlerProcess(
      fork(join(directory, 'child.cjs'), { env: { PATH: process.env['PATH'], ...environment } }),
      directory,
    );
    await new Promise((resolve) => started.waiting.set(0, resolve));
    return started;
  }

  async call<T>(event: unknown): Promise<T> {
    this.count += 1;
    const id = this.count;
    const reply = await new Promise<Reply>((resolve) => {
      this.waiting.set(id, resolve);
      this.child.send({ id, event: event ?? null });
    });
    if (reply.error) throw Object.assign(new Error(reply.error.message), { name: reply.error.name });
    return reply.result as T;
  }

  stop(): void {
    this.child.kill();
    rmSync(this.directory, { recursive: true });
  }
}
