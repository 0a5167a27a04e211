import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const TESTING = join(__dirname, '..', 'dist', 'testing', 'index.cjs');
const CHILD = join(__dirname, 'local-load.cjs');

/** What one local run took; the second group is there when executions ran. */
export interface LocalLoad {
  readonly loadMs: number;
  readonly startMs: number;
  readonly wallMs: number;
  /** MiB, at the highest. */
  readonly runner: number;
  readonly environments: number;
  readonly processes: number;
  readonly succeeded: number;
  readonly coldStarts: number;
}

/** A local run of what is shipped, in a process of its own. */
export function localRun(assembly: string, executions?: number): LocalLoad {
  const args = [CHILD, TESTING, assembly, ...(executions === undefined ? [] : [String(executions)])];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the local run failed: ${stderr}`);
  return JSON.parse(stdout) as LocalLoad;
}
