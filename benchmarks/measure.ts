import { spawnSync } from 'node:child_process';

/** Makes a process print its own CPU time when it exits. */
const REPORTER_FILE = require.resolve('./report-cpu.cjs');

export interface Contender {
  readonly name: string;
  /** Arguments of `node`. The process has to end its error output with `cpu MILLISECONDS rss KIBIBYTES`. */
  readonly args: readonly string[];
  /** Variables of the next run. */
  readonly env?: () => Readonly<Record<string, string>>;
}

export interface Sample {
  readonly cpuMs: number;
  readonly rssMiB: number;
  readonly wallMs: number;
}

/** Arguments under which a process reports its whole life, the start of Node included. */
export function wholeProcess(...args: string[]): string[] {
  return ['--require', REPORTER_FILE, ...args];
}

/** Medians by contender. */
export class Comparison {
  constructor(private readonly samples: ReadonlyMap<string, readonly Sample[]>) {}

  of(name: string): Sample {
    const samples = this.samples.get(name);
    if (samples === undefined) throw new Error(`nothing was measured of ${name}`);
    return {
      cpuMs: median(samples.map(({ cpuMs }) => cpuMs)),
      rssMiB: median(samples.map(({ rssMiB }) => rssMiB)),
      wallMs: median(samples.map(({ wallMs }) => wallMs)),
    };
  }
}

/** Medians of interleaved runs: what slows the machine for a moment slows every contender alike. */
export function compare(contenders: readonly Contender[], rounds: number): Comparison {
  const samples = new Map<string, Sample[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) runOnce(contender);
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) samples.get(contender.name)?.push(runOnce(contender));
  }
  return new Comparison(samples);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('there is no median of nothing');
  return (low + high) / 2;
}

function runOnce({ name, args, env }: Contender): Sample {
  const variables = { ...process.env, NODE_OPTIONS: '', CDK_VALIDATION: 'false', ...env?.() };
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: variables });
  const wallMs = performance.now() - started;
  const [, cpu, rss] = /cpu ([\d.]+) rss (\d+)\s*$/.exec(stderr) ?? [];
  if (status !== 0 || cpu === undefined) throw new Error(`${name} failed:\n${stderr}`);
  return { cpuMs: Number(cpu), rssMiB: Number(rss) / 1_024, wallMs };
}
