import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compare } from './measure';
import type { Figure } from './report';

const SOURCE = join(__dirname, '..', 'lambda', 'runtime', 'keep-warm.ts');
const CALLER = join(__dirname, 'call-handler.cjs');
const CALLS = 2_000_000;
const NANOSECONDS = 1e6 / CALLS;

/** What `keepWarm` adds to an event that is no ping, and to the bundle of a function. */
export async function keepWarmCalls(rounds: number): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'keep-warm-benchmark-'));
  try {
    const bundle = join(directory, 'keep-warm.js');
    await build({ entryPoints: [SOURCE], outfile: bundle, bundle: true, minify: true, platform: 'node', target: 'node20', format: 'cjs' });
    const contenders = ['bare', 'byHand', 'keepWarm'].map((name) => ({ name, args: [CALLER, name, String(CALLS), bundle] }));
    const result = compare(contenders, rounds);
    const [bare, byHand, ours] = contenders.map(({ name }) => result.of(name).cpuMs * NANOSECONDS) as [number, number, number];
    const what = 'an event through keepWarm, CPU';
    return [
      { what, peer: 'the bare handler', ours, theirs: bare, unit: 'ns', bar: 1.2 },
      { what, peer: 'an async wrapper by hand', ours, theirs: byHand, unit: 'ns', bar: 1 },
      { what: 'keepWarm in a bundle', peer: '', ours: statSync(bundle).size, unit: 'bytes', bar: 2_048 },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
