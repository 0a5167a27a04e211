import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** Makes a process print its own CPU time when it exits. */
const REPORTER_FILE = require.resolve('./report-cpu.cjs');

export interface Contender {
  readonly name: string;
  /** Arguments of `node`; the process reports its own CPU time when it exits. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Sample {
  readonly cpuMs: number;
  readonly rssKiB: number;
}

function runOnce({ name, args, env }: Contender): Sample {
  const { status, stderr } = spawnSync(process.execPath, ['--require', REPORTER_FILE, ...args], {
    encoding: 'utf8',
    env: { ...process.env, CDK_VALIDATION: 'false', ...env },
  });
  const [, cpu, rss] = /cpu ([\d.]+) rss (\d+)\s*$/.exec(stderr) ?? [];
  if (status !== 0 || cpu === undefined) throw new Error(`${name} failed:\n${stderr}`);
  return { cpuMs: Number(cpu), rssKiB: Number(rss) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Medians of interleaved runs: what slows the machine for a moment slows every contender alike. */
export function compare(contenders: readonly Contender[], rounds: number): Map<string, Sample> {
  const samples = new Map<string, Sample[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) runOnce(contender);
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) samples.get(contender.name)?.push(runOnce(contender));
  }
  return new Map(
    [...samples].map(([name, all]) => [
      name,
      { cpuMs: median(all.map(({ cpuMs }) => cpuMs)), rssKiB: median(all.map(({ rssKiB }) => rssKiB)) },
    ]),
  );
}

export function machine(): string {
  return `${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
}
