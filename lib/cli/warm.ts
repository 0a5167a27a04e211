import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { COLD_STARTS } from '../advisor/cold-starts';
import { FleetError } from '../fleet/fleet-error';
import type { FleetComparison } from '../fleet/fleet-result';
import { FleetSimulator } from '../fleet/fleet-simulator';
import type { Command } from './command';
import { CommandError } from './command-error';
import { line, type Output } from './output';
import { dataOf } from './read-data';
import { readText } from './read-json';
import { profileOf } from './read-profile-file';
import { readCount } from './warm/read-amount';
import { isTrace, readTrace } from './warm/read-trace';
import { warmReport } from './warm/warm-report';
import { warmWorkload } from './warm/warm-workload';

const OPTIONS = {
  objective: { type: 'string', multiple: true },
  init: { type: 'string' },
  duration: { type: 'string' },
  memory: { type: 'string' },
  runtime: { type: 'string' },
  image: { type: 'boolean' },
  restore: { type: 'string' },
  reserved: { type: 'string' },
  arrivals: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Far more than two million invocations take. */
const MOST_BYTES = 256 * 1024 ** 2;

function read(file: string) {
  if (existsSync(file) && statSync(file).size > MOST_BYTES)
    throw new CommandError(
      'Trace',
      `${file} must have at most 256 MB, got ${Math.round(statSync(file).size / 1024 ** 2)} MB`,
      'cut the trace shorter',
    );
  const text = readText(file, 'Warm', 'the file');
  return isTrace(file, text) ? { trace: readTrace(file, text) } : { profile: profileOf(dataOf(text, file, 'Profile', 'profile'), file) };
}

function mistakeOf(error: unknown): unknown {
  if (!(error instanceof FleetError)) return error;
  return new CommandError('Warm', error.message, 'see serverless-ai warm --help');
}

/** What keeps a function's answers fast enough, and what each way costs. */
async function warm(args: readonly string[], output: Output): Promise<FleetComparison> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new CommandError('Arguments', `warm takes one profile or trace, got ${positionals.length}`, 'see serverless-ai warm --help');
  const { workload, initAssumed } = warmWorkload(read(file), values);
  const { seed, arrivals } = values;
  try {
    const comparison = FleetSimulator.compare(workload, {
      ...(seed !== undefined && { seed: readCount('--seed', seed) }),
      ...(arrivals !== undefined && { arrivals: readCount('--arrivals', arrivals) }),
    });
    const assumed = `the start is that of a function without code of its own (${COLD_STARTS.source}); measure yours and give --init`;
    const result = initAssumed ? { ...comparison, assumptions: [...comparison.assumptions, assumed] } : comparison;
    if (!output.json) line(output.out, warmReport(result));
    return result;
  } catch (error) {
    throw mistakeOf(error);
  }
}

export const WARM: Command = {
  summary: 'simulate what keeps a function warm: cold starts, latency and cost of each way, and the cheapest that does',
  usage: `<profile|trace> [--objective BOUND] [--init TIME] [--duration TIME] [--memory SIZE] [--runtime NAME] [--image] [--restore TIME]
    [--reserved N] [--arrivals N] [--seed N] [--json]
    --objective BOUND  p50<TIME, p99<TIME or cold<TIME, several apart by commas; else the latency of the profile
    --init TIME        start of a new environment, such as 3s: measure it; else that of a function without code
    --duration TIME    time in the handler, 80ms or 80ms..200ms where one of 100 takes longer; else the profile's or the trace's
    --memory SIZE      of the function; else the profile's
    --runtime NAME     such as python3.14: it decides whether SnapStart is possible; else the newest of the profile's language
    --image            the function is a container image
    --restore TIME     start of an environment that SnapStart restores
    --reserved N       reserved concurrency
    --arrivals N       requests that are drawn from a profile, 50000 unless told
    --seed N           the same seed gives the same numbers, 1 unless told
  a trace has one invocation a line, {"at": "2026-11-24T09:00:00Z", "durationMs": 80}, or CSV under a header at,durationMs`,
  run: warm,
};
