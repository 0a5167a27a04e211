import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { CommandError } from '../../../lib/cli/command-error';
import { ESTIMATE } from '../../../lib/cli/estimate';
import type { Estimate } from '../../../lib/cost/estimate';
import { Captured } from '../../e2e/captured-streams';

const FOLDER = mkdtempSync(join(tmpdir(), 'estimate-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const LAMBDA = { service: 'lambda', requests: 3_000_000, duration: '120 ms', memory: '1536 MB' };
const PROFILE = { duration: { typical: '200 ms' }, memory: '1 GB', traffic: { requestsPerMonth: 1_000_000 }, eventSource: 'http' };

function file(name: string, content: unknown): string {
  const path = join(FOLDER, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(...args: string[]): Promise<{ result: Estimate; printed: string }> {
  const [out, err] = [new Captured(), new Captured()];
  const result = (await ESTIMATE.run(args, { json: args.includes('--json'), out, err })) as Estimate;
  expect(err.text).toBe('');
  return { result, printed: stripVTControlCharacters(out.text) };
}

async function refused(...args: string[]): Promise<CommandError> {
  const error = await run(...args).catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandError)) throw new Error(`expected a CommandError, got ${String(error)}`);
  expect(error.message).not.toContain('\n');
  return error;
}

describe('a usage file', () => {
  test('--json prints nothing itself, and returns the estimate', async () => {
    const { result, printed } = await run(file('usage.json', { usages: [LAMBDA] }), '--free-tier', '--json');
    expect(printed).toBe('');
    expect(Object.keys(result).sort()).toEqual(['assumptions', 'idleFloor', 'lines', 'monthly', 'perRequest']);
    expect(result.monthly).toBeCloseTo(2.7333, 4);
    for (const line of result.lines)
      expect(Object.keys(line).sort()).toEqual(['amount', 'formula', 'idle', 'item', 'quantity', 'source', 'unit', 'unitPrice']);
  });

  test('YAML will do, and the terminal shows a table with what was taken for granted', async () => {
    const yaml = 'usages:\n  - service: natGateway\n    gigabytes: 100\nrequestsPerMonth: 1000\n';
    const { printed } = await run(file('usage.yaml', yaml));
    expect(printed).toMatch(/^NAT gateway \(idle too\) +1 gateway x 730 h +0\.045 per h +32\.85$/m);
    expect(printed).toMatch(/^monthly +37\.35 USD$/m);
    expect(printed).toMatch(/^idle floor +32\.85 USD$/m);
    expect(printed).toMatch(/^per request +0\.0045 USD$/m);
    expect(printed).toContain('- a month has 730 h');
  });

  test('hours of the month, prices of your own and a region of your own', async () => {
    const usages = file('nat.json', { usages: [{ service: 'natGateway' }] });
    const prices = file('prices.json', {
      region: 'eu-central-1',
      prices: [{ id: 'vpc.nat-gateway.hours', usd: 0.052, source: 'the list' }],
    });
    const { result } = await run(usages, '--prices', prices, '--month-hours', '720');
    expect(result.monthly).toBeCloseTo(720 * 0.052, 10);
    expect(result.lines[0]?.source).toBe('the list');
    expect(result.assumptions.join()).toContain('eu-central-1');
  });
});

describe('a profile', () => {
  test('is estimated on the target', async () => {
    const { result } = await run(file('profile.json', PROFILE), '--target', 'fargate', '--json');
    expect(result.lines.map(({ item }) => item)).toContain('application load balancer');
  });

  test('without a target, on the one that the advisor puts first', async () => {
    const { result } = await run(file('profile.json', PROFILE), '--json');
    expect(result.assumptions[0]).toMatch(/^it runs on [a-z-]+, which the advisor puts first$/);
  });
});

describe('says in one line what is wrong', () => {
  const usage = (entry: object) => file('bad.json', { usages: [{ ...LAMBDA, ...entry }] });

  test.each([
    [{ requests: -1 }, 'usages[0]: lambda.requests must be at least 0, got -1'],
    [{ requests: 1e30 }, 'usages[0]: lambda.requests is more than any account uses in a month, got 1e+30'],
    [{ requests: '5' }, 'usages[0]: lambda.requests must be a number, got "5"'],
    [{ memory: '64 MB' }, 'usages[0]: lambda.memory must be 128 to 10,240 MB, got 64'],
    [{ memory: '3 s' }, 'usages[0].memory must be a size, got the time "3 s"; write B, KB, MB, GB, TB, such as "8 GB"'],
    [{ duration: 5 }, 'usages[0].duration must be a time such as "90 s", got 5; a bare number has no unit'],
    [{ memmory: '1 GB' }, 'usages[0]: unknown field of lambda "memmory", did you mean memory'],
    [{ architecture: 'arm' }, 'usages[0]: lambda.architecture must be one of x86_64, arm64, got "arm"'],
    [{ service: 'lamda' }, 'usages[0]: unknown service "lamda", did you mean lambda'],
    [{ averaged: 'yes' }, 'usages[0]: lambda.averaged must be true or false, got "yes"'],
  ])('%j', async (entry, message) => {
    expect((await refused(usage(entry))).message).toBe(message);
  });

  test('a usage without what it needs', async () => {
    const { message } = await refused(file('bad.json', { usages: [{ service: 'lambda', requests: 1 }] }));
    expect(message).toBe('usages[0]: lambda.duration is missing; usages[0]: lambda.memory is missing');
  });

  test('a file that is none, is empty, or holds nothing of the kind', async () => {
    expect((await refused(join(FOLDER, 'none.json'))).message).toMatch(/none\.json is not a file$/);
    expect((await refused(file('empty.json', ' '))).message).toMatch(/is empty$/);
    expect((await refused(file('usages.json', { usages: [] }))).message).toMatch(/^a usage file is an object with a list of usages/);
    expect((await refused(file('half.json', '{"usages": ['))).message).toMatch(/is not JSON/);
    expect((await refused(file('usage.json', { usages: [LAMBDA], usage: 1 }))).message).toBe('unknown field "usage", did you mean usages');
  });

  test('a profile that lacks what the price depends on', async () => {
    const { message } = await refused(file('thin.json', { memory: '1 GB' }), '--target', 'fargate');
    expect(message).toBe('an estimate of fargate needs traffic.requestsPerMonth, duration.typical; add it to the profile');
  });

  test('an unknown target, region, price, number of hours', async () => {
    const profile = file('profile.json', PROFILE);
    expect((await refused(profile, '--target', 'lambda-zipp')).message).toBe('unknown target "lambda-zipp", did you mean lambda-zip');
    const region = await refused(profile, '--target', 'fargate', '--region', 'mars-1');
    expect(region.message).toMatch(/^no prices of the region "mars-1" ship, only of us-east-1; give prices of your own/);
    expect(region.allowed).toEqual(['us-east-1']);
    expect((await refused(profile, '--month-hours', 'x')).message).toBe('--month-hours must be a number, got "x"');
    const hours = await refused(profile, '--target', 'fargate', '--month-hours', '800');
    expect(hours.message).toBe('monthHours must be over 0 and at most 744, got 800');
    expect((await refused()).message).toBe('estimate takes one assembly, profile or usage file, got 0');
    expect((await refused(file('u.json', { usages: [LAMBDA] }), '--target', 'fargate')).fix).toBe('leave --target out');
  });

  test.each([
    [{ prices: [{ id: 'lambda.request', usd: 1 }] }, 'there is no price "lambda.request" to replace, did you mean lambda.requests'],
    [{ prices: [{ id: 'lambda.requests', usd: -1 }] }, 'the price lambda.requests must be a number of USD that is not negative, got -1'],
    [{ prices: [{ id: 'lambda.requests', us: 1 }] }, /prices\[0\]: unknown field "us", did you mean usd$/],
    [{ prices: [{ id: 'lambda.requests' }] }, /prices\[0\] says neither usd nor tiers nor freePerMonth of lambda\.requests$/],
    [{ prices: [{ id: 'lambda.requests', tiers: [{ upTo: 5 }] }] }, /prices\[0\]\.tiers\[0\] must have a number usd, got \{"upTo":5\}$/],
    [
      { prices: [{ id: 'lambda.requests', tiers: [{ upTo: 5, usd: 1 }] }] },
      'upTo of the tiers of lambda.requests must rise, and the last tier has none, got 5',
    ],
    [{ region: 5, prices: [] }, /region must be text, got 5$/],
    [{}, /there is no list of prices$/],
  ])('the price file %j', async (prices, message) => {
    const error = await refused(file('usage.json', { usages: [LAMBDA] }), '--prices', file('prices.json', prices));
    if (typeof message === 'string') expect(error.message).toBe(message);
    else expect(error.message).toMatch(message);
  });
});
