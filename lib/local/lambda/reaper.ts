import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import type { Socket } from 'node:net';

/**
 * Reads `+ pid` and `- pid` lines and, when its input ends, kills the process groups that are left and removes their files. Its input ends however the parent ends, so no
 * environment outlives the run: not a frozen one, which cannot act itself, nor one in a busy loop.
 */
const SCRIPT = `
trap '' INT TERM HUP
pids=" "
while read -r op pid; do
  case "$op" in
    +) pids="$pids$pid " ;;
    -) pids="\${pids%% $pid *} \${pids#* $pid }" ;;
  esac
done
for pid in $pids; do kill -s KILL -- "-$pid" 2>/dev/null; done
rm -rf -- "$1"
`;

/** Kills the environments of this run when this process dies without having stopped them. */
export class Reaper {
  private child?: ChildProcess;
  private readonly onExit = () => this.killAll();
  private readonly pids = new Set<number>();

  /** @param directory what the environments write to, removed with them */
  constructor(private readonly directory: string) {}

  start(): void {
    process.on('exit', this.onExit);
    if (process.platform === 'win32') return;
    this.child = spawn('/bin/sh', ['-c', SCRIPT, 'reaper', this.directory], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    // Losing the reaper loses a safety net, not the run.
    this.child.on('error', () => {});
    this.child.stdin?.on('error', () => {});
    this.child.unref();
    // A pipe keeps a process alive by itself.
    (this.child.stdin as Socket | null)?.unref();
  }

  watch(pid: number): void {
    this.pids.add(pid);
    this.child?.stdin?.write(`+ ${pid}\n`);
  }

  forget(pid: number): void {
    if (this.pids.delete(pid)) this.child?.stdin?.write(`- ${pid}\n`);
  }

  async close(): Promise<void> {
    process.off('exit', this.onExit);
    const child = this.child;
    if (child?.pid !== undefined && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin?.end();
      await ended;
    }
    await rm(this.directory, { recursive: true, force: true });
  }

  private killAll(): void {
    for (const pid of this.pids) signalGroup(pid, 'SIGKILL');
  }
}

/** Signals a process and its descendants; false when there is nobody left to signal. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    // Without process groups (Windows) the process alone is reached.
    return process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    return false;
  }
}
