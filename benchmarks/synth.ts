import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileTwin } from './compile-twin';
import { compare, wholeProcess } from './measure';
import type { Figure } from './report';

const ROOT = join(__dirname, '..');
const LIBRARY = join(ROOT, 'dist', 'lib', 'index.js');
const APP = join(__dirname, 'synth-app.cjs');

/** One whole process that synthesizes the reference stack: through this library against the same stack written by hand. */
export function synth(rounds: number): Figure[] {
  const assemblies = mkdtempSync(join(tmpdir(), 'synth-benchmark-'));
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));
  // An assembly of its own for each run, or the second run would find its assets staged.
  let runs = 0;
  const env = () => {
    runs += 1;
    return { CDK_CONTEXT_JSON: JSON.stringify(context), CDK_OUTDIR: join(assemblies, String(runs)) };
  };
  try {
    const twin = compileTwin();
    const result = compare(
      [
        { name: 'library', args: wholeProcess(APP, LIBRARY, 'ReferenceStack', '{}'), env },
        { name: 'twin', args: wholeProcess(APP, twin, 'ReferenceTwinStack', JSON.stringify({ dist: join(ROOT, 'dist') })), env },
      ],
      rounds,
    );
    const [library, byHand] = [result.of('library'), result.of('twin')];
    const what = 'synth of the reference stack';
    return [
      { what: `${what}, CPU`, peer: 'the same stack by hand', ours: library.cpuMs, theirs: byHand.cpuMs, unit: 'ms', bar: 1.05 },
      { what: `${what}, memory`, peer: 'the same stack by hand', ours: library.rssMiB, theirs: byHand.rssMiB, unit: 'MiB', bar: 1.1 },
    ];
  } finally {
    rmSync(assemblies, { recursive: true, force: true });
  }
}
