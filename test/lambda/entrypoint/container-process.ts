import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The program of a container as a process: started with a command line and a task root, told apart by its environment. */
export class ContainerProcess {
  output = '';
  private readonly child: ChildProcess;

  constructor(command: string, args: readonly string[], taskRoot: string, environment: Record<string, string>) {
    this.child = spawn(command, [...args], {
      cwd: taskRoot,
      env: { PATH: process.env['PATH'], LAMBDA_TASK_ROOT: taskRoot, SERVER_HOST: '127.0.0.1', SERVER_PORT: '0', ...environment },
    });
    for (const stream of [this.child.stdout!, this.child.stderr!]) stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  /** Its address, once it listens. */
  async url(): Promise<string> {
    const port = await this.until(() => /"message": ?"server started", ?"port": ?(\d+)/.exec(this.output)?.[1]);
    return `http://127.0.0.1:${port}`;
  }

  async until<T>(read: () => Promise<T | undefined> | T | undefined): Promise<T> {
    for (let i = 0; i < 2_400; i += 1) {
      const value = await read();
      if (value) return value;
      if (this.child.exitCode !== null) break;
      await delay(25);
    }
    throw new Error(`nothing came; the container said:\n${this.output}`);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async exitCode(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}

const made: string[] = [];

/** A directory with the given files. */
export function directoryWith(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'container-'));
  made.push(directory);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

export function removeDirectories(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}
