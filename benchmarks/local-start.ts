import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { ReferenceStack } from '../lib/reference/reference-stack';
import { localRun } from './local-child';
import { median } from './measure';
import type { Figure } from './report';

const ROOT = join(__dirname, '..');
const BAR_MS = 2_000;

/** From an assembly to a stack that answers: the reference stack, with everything in it. */
export function localStart(rounds: number): Figure[] {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const directory = mkdtempSync(join(tmpdir(), 'start-benchmark-'));
  try {
    const app = new App({ outdir: join(directory, 'out'), context });
    new ReferenceStack(app, 'ServerlessAi');
    const assembly = app.synth().directory;
    const runs = Array.from({ length: rounds }, () => localRun(assembly));
    return [
      { what: 'require of the testing entry', peer: '', ours: median(runs.map(({ loadMs }) => loadMs)), unit: 'ms' },
      { what: 'start of the reference stack', peer: '', ours: median(runs.map(({ startMs }) => startMs)), unit: 'ms', bar: BAR_MS },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
