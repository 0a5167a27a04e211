import { parseArgs } from 'node:util';
import { WorkloadAdvisor } from '../advisor/workload-advisor';
import { CostError } from '../cost/cost-error';
import { CostModel } from '../cost/cost-model';
import type { Estimate } from '../cost/estimate';
import type { EstimateOptions } from '../cost/estimate-options';
import { readUsages } from '../cost/read-usage';
import { ComputeTarget } from '../workload/compute-target';
import { near } from '../workload/near';
import { readProfile } from '../workload/read-profile';
import type { Command } from './command';
import { CommandError } from './command-error';
import { estimateReport } from './estimate/estimate-report';
import { estimateTarget, isDirectory, isTemplate } from './estimate/estimate-target';
import { readPrices } from './estimate/read-prices';
import { line, type Output } from './output';
import { readData } from './read-data';
import { profileError } from './read-profile-file';

const OPTIONS = {
  target: { type: 'string' },
  'free-tier': { type: 'boolean', default: false },
  region: { type: 'string' },
  'month-hours': { type: 'string' },
  prices: { type: 'string' },
  load: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

interface Given {
  readonly target?: string | undefined;
  readonly 'free-tier': boolean;
  readonly region?: string | undefined;
  readonly 'month-hours'?: string | undefined;
  readonly prices?: string | undefined;
  readonly load?: string | undefined;
}

function optionsOf(given: Given): EstimateOptions {
  const own = given.prices === undefined ? undefined : readPrices(given.prices);
  const region = given.region ?? own?.region;
  const hours = given['month-hours'];
  return {
    freeTier: given['free-tier'],
    ...(region !== undefined && { region }),
    ...(own !== undefined && { prices: own.prices }),
    ...(hours !== undefined && { monthHours: monthHours(hours) }),
  };
}

function monthHours(text: string): number {
  const hours = Number(text);
  if (text.trim() === '' || !Number.isFinite(hours))
    throw new CommandError('Estimate', `--month-hours must be a number, got ${JSON.stringify(text)}`);
  return hours;
}

function targetNamed(name: string): ComputeTarget {
  const targets: readonly string[] = Object.values(ComputeTarget);
  if (targets.includes(name)) return name as ComputeTarget;
  const meant = near(name, targets);
  const help = meant === undefined ? `it is one of ${targets.join(', ')}` : `did you mean ${meant}`;
  throw new CommandError('Target', `unknown target ${JSON.stringify(name)}, ${help}`, undefined, undefined, targets);
}

function estimateUsageFile(value: unknown, options: EstimateOptions, target: string | undefined): Estimate {
  if (target !== undefined)
    throw new CommandError('Target', 'a usage file says what it uses, so it takes no --target', 'leave --target out');
  const { usages, requestsPerMonth } = readUsages(value);
  return CostModel.estimateUsage([...usages], { ...options, ...(requestsPerMonth !== undefined && { requestsPerMonth }) });
}

function estimateProfileFile(value: unknown, file: string, options: EstimateOptions, target: string | undefined): Estimate {
  const { profile, problems } = readProfile(value);
  if (profile === undefined) throw profileError(file, problems);
  if (target !== undefined) return CostModel.estimate(profile, targetNamed(target), options);
  const [first] = WorkloadAdvisor.recommend(profile).targets.filter(({ fits, comparisonOnly }) => fits && !comparisonOnly);
  if (first === undefined)
    throw new CommandError('Target', 'no target fits this profile as it is', 'name one with --target to see what it would cost');
  const estimate = CostModel.estimate(profile, first.target, options);
  return { ...estimate, assumptions: [`it runs on ${first.target}, which the advisor puts first`, ...estimate.assumptions] };
}

function isUsageFile(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'usages' in value;
}

function estimateFile(file: string, given: Given): Estimate {
  const options = optionsOf(given);
  const value = isDirectory(file) ? undefined : readData(file, 'Estimate', 'the file');
  if (value === undefined || isTemplate(value)) {
    if (given.target !== undefined)
      throw new CommandError('Target', 'an assembly says what runs where, so it takes no --target', 'leave --target out');
    return estimateTarget(file, given.load, options);
  }
  if (given.load !== undefined)
    throw new CommandError('Load', `--load says what is asked of an assembly, and ${file} is none`, 'leave --load out');
  return isUsageFile(value) ? estimateUsageFile(value, options, given.target) : estimateProfileFile(value, file, options, given.target);
}

/** What a workload costs in a month. */
async function estimate(args: readonly string[], output: Output): Promise<Estimate> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new CommandError(
      'Arguments',
      `estimate takes one assembly, profile or usage file, got ${positionals.length}`,
      'see serverless-ai estimate --help',
    );
  try {
    const result = estimateFile(file, values);
    if (!output.json) line(output.out, estimateReport(result));
    return result;
  } catch (error) {
    if (!(error instanceof CostError)) throw error;
    throw new CommandError('Estimate', error.message, undefined, undefined, error.allowed);
  }
}

export const ESTIMATE: Command = {
  summary: 'what a synthesized app or a workload costs in a month, line by line',
  usage: `<cdk.out|template|profile|usage file> [--load FILE] [--target TARGET] [--free-tier] [--region REGION] [--month-hours HOURS] [--prices FILE] [--json]
    --load FILE         what a month asks of an assembly: {"requestsPerMonth": 100000, "resources": [{"resource": "Chat/Function", "duration": "2 s"}]}
    --target TARGET     where a profile runs, such as lambda-zip or fargate; else what the advisor puts first
    --free-tier         the free tiers of the account count
    --region REGION     prices of us-east-1 ship; another region needs --prices
    --month-hours HOURS hours of a month, 730 unless told
    --prices FILE       prices of your own: {"region": "eu-central-1", "prices": [{"id": "lambda.requests", "usd": 0.0000002}]}, ids as in docs/prices.md
  a usage file is {"usages": [{"service": "lambda", "requests": 1000000, "duration": "200 ms", "memory": "1 GB"}]}
  --json prints {monthly, idleFloor, perRequest, lines: [{item, formula, quantity, unit, unitPrice, amount, idle, source}], assumptions}`,
  run: estimate,
};
