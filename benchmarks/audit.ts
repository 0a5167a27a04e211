import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { build } from 'esbuild';
import { readAssembly } from '../lib/template/read-assembly';
import { buildServices } from './audit-app';
import { compare } from './measure';
import type { Figure } from './report';

const SIZES = [50, 500, 5_000] as const;
/** cdk-nag and CDK's own validation take seconds at this size, and more at the next. */
const PEER_SIZE = 500;
const CONTENDERS = join(__dirname, 'audit-contenders.ts');
const MOST_ROUNDS = 5;

/** The bundle lies outside of the project. */
const env = () => ({ NODE_PATH: join(__dirname, '..', 'node_modules') });

/** The rules over an assembly that was read, against what else judges the same app, and how the time grows with the app. */
export async function auditTimes(rounds: number): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'audit-benchmark-'));
  try {
    const script = await bundle(directory);
    const sizes = SIZES.map((asked) => synthesized(directory, asked));
    const contenders = sizes.flatMap(({ asked, assembly }) => [
      { name: `audit ${asked}`, args: [script, 'audit', assembly], env },
      ...(asked === PEER_SIZE ? ['nag', 'cdk'].map((name) => ({ name, args: [script, name, assembly, String(asked)], env })) : []),
    ]);
    const result = compare(contenders, Math.min(rounds, MOST_ROUNDS));
    const [small, middle, large] = sizes.map(({ asked, resources }) => ({ resources, ms: result.of(`audit ${asked}`).cpuMs })) as [
      Run,
      Run,
      Run,
    ];
    const what = ({ resources }: Run) => `audit of ${resources.toLocaleString('en-US')} resources once read, CPU`;
    const peer = (name: string) => ({ ours: middle.ms, theirs: result.of(name).cpuMs, unit: 'ms' });
    return [
      { what: what(small), peer: '', ours: small.ms, unit: 'ms' },
      { what: what(middle), peer: '', ours: middle.ms, unit: 'ms', bar: 1_000 },
      { what: what(middle), peer: 'cdk-nag, AwsSolutions', ...peer('nag'), bar: 1 },
      { what: what(middle), peer: "CDK's own validation, with its start", ...peer('cdk'), bar: 1 },
      { what: what(large), peer: '', ours: large.ms, unit: 'ms' },
      {
        what: `audit for each of ${large.resources.toLocaleString('en-US')} resources, CPU`,
        peer: `each of ${middle.resources}`,
        ours: perResource(large),
        theirs: perResource(middle),
        unit: 'µs',
        bar: 1,
      },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Run {
  readonly resources: number;
  readonly ms: number;
}

const perResource = ({ ms, resources }: Run): number => (ms * 1_000) / resources;

async function bundle(directory: string): Promise<string> {
  const outfile = join(directory, 'contenders.cjs');
  await build({
    entryPoints: [CONTENDERS],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}

function synthesized(directory: string, asked: number): { asked: number; assembly: string; resources: number } {
  const app = new App({ outdir: join(directory, String(asked)) });
  buildServices(app, asked);
  const assembly = app.synth().directory;
  const resources = readAssembly(assembly).reduce((sum, { template }) => sum + Object.keys(template.Resources ?? {}).length, 0);
  return { asked, assembly, resources };
}
