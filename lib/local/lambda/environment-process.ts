import { type ChildProcess, spawn } from 'node:child_process';
import { LineSplitter } from './log-capture';
import { type Reaper, signalGroup } from './reaper';

/** How a process ended; `error` when it never started. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: Error;
}

export interface EnvironmentProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly reaper: Reaper;
  readonly onLine: (stream: 'stdout' | 'stderr', text: string) => void;
}

/** A child process with its descendants: signalled together, watched by the reaper, its output cut into lines. */
export class EnvironmentProcess {
  /** Resolves once the process is gone and so is what it started. */
  readonly ended: Promise<ProcessEnd>;
  private readonly child: ChildProcess;
  private running = true;

  constructor({ command, args, cwd, env, reaper, onLine }: EnvironmentProcessOptions) {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: descendants are frozen and killed with it, and Ctrl-C is for the runner alone.
      detached: process.platform !== 'win32',
    });
    this.child = child;
    for (const stream of ['stdout', 'stderr'] as const) {
      const splitter = new LineSplitter((text) => onLine(stream, text));
      child[stream]?.on('data', (chunk: Buffer) => splitter.push(chunk));
      child[stream]?.on('end', () => splitter.end());
    }
    if (child.pid !== undefined) reaper.watch(child.pid);
    this.ended = new Promise((resolve) => {
      const end = (result: ProcessEnd) => {
        this.running = false;
        if (child.pid !== undefined) {
          reaper.forget(child.pid);
          signalGroup(child.pid, 'SIGKILL');
        }
        resolve(result);
      };
      child.once('error', (error) => end({ code: null, signal: null, error }));
      child.once('exit', (code, signal) => end({ code, signal }));
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.running && this.child.pid !== undefined) signalGroup(this.child.pid, signal);
  }
}
