import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../lib/cli/main';
import type { FleetComparison } from '../../../lib/fleet/fleet-result';
import { Captured } from '../../e2e/captured-streams';

const folder = mkdtempSync(join(tmpdir(), 'warm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function warm(...args: string[]) {
  const [out, err] = [new Captured(), new Captured()];
  const exit = await main(['warm', ...args], { out, err });
  return { exit, out: out.text, err: err.text };
}

const profile = file(
  'rare.yaml',
  `duration: { typical: 80 ms, worst: 200 ms }
memory: 1 GB
traffic: { requestsPerMonth: 20000 }
latency: { p99: 500 ms }
constraints: { language: python }
`,
);
const QUICK = ['--arrivals', '5000', '--init', '3s'];

const minutes = (count: number) => new Date(Date.UTC(2026, 10, 24) + count * 60_000).toISOString();
const hourly = Array.from({ length: 30 }, (_, index) => minutes(60 * index));
const csv = file('trace.csv', ['at,durationMs', ...hourly.map((at) => `${at},80`)].join('\n'));
const lines = file('trace.jsonl', hourly.map((at) => JSON.stringify({ at, durationMs: 80 })).join('\n'));
const numbers = file('trace.ndjson', hourly.map((at) => JSON.stringify({ at: Date.parse(at), durationMs: 80 })).join('\n'));
const NEEDED = ['--memory', '1GB', '--init', '2s'];

test('a profile gets its mechanisms as a table, the cheapest that meets its latency, and what was taken for granted', async () => {
  const { exit, out } = await warm(profile, ...QUICK);
  expect(exit).toBe(0);
  expect(out).toMatch(/^mechanism +cold +refused +p50 +p95 +p99 +environments +USD a month +meets$/m);
  expect(out).toMatch(/^nothing +\d.*no$/m);
  expect(out).toMatch(/^ping 1 environment every 5 min +0\.\d+ %.*yes$/m);
  expect(out).toMatch(/^SnapStart /m);
  expect(out).toMatch(/^The cheapest that meets the objective: ping 1 environment every 5 min/m);
  expect(out).toContain('observed, not promised');
});

test('--json prints the comparison alone, the same each time', async () => {
  const [one, other] = [await warm(profile, ...QUICK, '--json'), await warm(profile, ...QUICK, '--json')];
  expect(one.out).toBe(other.out);
  const { best, results } = JSON.parse(one.out) as FleetComparison;
  expect(best).toMatchObject({ mechanism: 'ping', meets: true, monthly: expect.any(Number), p99Ms: expect.any(Number) });
  expect(results.map(({ monthly }) => monthly)).toEqual(results.map(({ monthly }) => monthly).toSorted((a, b) => a - b));
  const reseeded = await warm(profile, ...QUICK, '--json', '--seed', '2');
  expect(reseeded.out).not.toBe(one.out);
});

test('--objective goes before the latency of the profile', async () => {
  const { out } = await warm(profile, ...QUICK, '--objective', 'p99<10s, cold<5s', '--json');
  expect((JSON.parse(out) as FleetComparison).best!.mechanism).toBe('nothing');
});

test('without --init the start is that of a function without code, which is said', async () => {
  const { out } = await warm(profile, '--arrivals', '1000');
  expect(out).toContain('measure yours and give --init');
});

test('a trace in CSV, in lines of JSON and in milliseconds gives the same', async () => {
  const outs = await Promise.all([csv, lines, numbers].map((path) => warm(path, ...NEEDED, '--objective', 'p99<500ms', '--json')));
  const [first] = outs;
  expect(outs.map(({ out }) => out)).toEqual([first!.out, first!.out, first!.out]);
  const { results, best } = JSON.parse(first!.out) as FleetComparison;
  expect(results[0]).toMatchObject({ mechanism: 'nothing', requests: 30, coldShare: 1, p50Ms: 2_080 });
  expect(best!.mechanism).toBe('ping');
});

test('a profile of steps takes as long as its steps', async () => {
  const steps =
    'steps: [{ name: a, duration: 40 ms, memory: 1 GB }, { name: b, duration: 60 ms, memory: 512 MB }]\ntraffic: { requestsPerMonth: 20000 }\n';
  const { out } = await warm(file('steps.yaml', steps), ...QUICK, '--json');
  expect((JSON.parse(out) as FleetComparison).results.map(({ p50Ms }) => p50Ms)).toContain(100);
});

test('the trace of the examples has quiet hours, for which nothing is provisioned by the clock', async () => {
  const { exit, out } = await warm(join(__dirname, '../../../examples/traces/office-hours.csv'), ...NEEDED, '--objective', 'p99<500ms');
  expect(exit).toBe(0);
  expect(out).toMatch(/^provision \d+ environments? from \d+:00 to \d+:00 /m);
  expect(out).toMatch(/^The cheapest that meets the objective: /m);
});

test('a trace without durations takes --duration', async () => {
  const bare = file('bare.csv', ['at', ...hourly].join('\n'));
  const { out } = await warm(bare, ...NEEDED, '--duration', '50ms..90ms', '--json');
  expect((JSON.parse(out) as FleetComparison).results[0]!.p50Ms).toBeGreaterThan(2_040);
  expect(await warm(bare, ...NEEDED)).toMatchObject({
    exit: 1,
    err: 'error Warm: the trace has no durations, so the workload must state its duration; see serverless-ai warm --help\n',
  });
});

describe('a mistake is named with its code', () => {
  const json = (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');

  test.each([
    [
      'unsorted',
      json({ at: 5 }, { at: 3 }),
      /^error Trace: \S+ line 2 comes before the one above it, got 3; sort the trace by time; a line is /,
    ],
    [
      'no time',
      json({ at: 'noon' }, { at: 3 }),
      /^error Trace: \S+ line 1 has no time: at must be an ISO time or milliseconds, got "noon"/,
    ],
    ['negative', json({ at: 1, durationMs: -5 }, { at: 3 }), /line 1 must have a durationMs of 0 or more, got -5/],
    ['a word as duration', json({ at: 1, durationMs: 'long' }, { at: 3 }), /line 1 must have a durationMs of 0 or more, got "long"/],
    ['one only', json({ at: 1 }), /must hold at least two invocations, got 1/],
    ['empty', '', /must hold at least two invocations, got 0/],
    ['some durations', json({ at: 1, durationMs: 5 }, { at: 3 }), /has durationMs on 1 of 2 lines; give it on all of them or on none/],
    ['half a line', '{"at": 1}\n{"at": ', /line 2 is not JSON: /],
    ['one moment', json({ at: 1, durationMs: 5 }, { at: 1, durationMs: 5 }), /^error Warm: the trace must span some time/],
  ])('a trace: %s', async (name, content, message) => {
    const { exit, err } = await warm(file(`${name.replaceAll(' ', '-')}.jsonl`, content), ...NEEDED);
    expect(exit).toBe(1);
    expect(err).toMatch(message);
  });

  test('a trace in CSV with an empty column', async () => {
    const { err } = await warm(file('empty.csv', 'at,durationMs\n1,5\n2,\n'), ...NEEDED);
    expect(err).toContain('has durationMs on 1 of 2 lines');
  });

  test.each([
    [
      ['--objective', 'p98<5s'],
      'error Objective: --objective must be p50, p99, cold with a bound, got "p98<5s"; such as --objective "p99<500ms"',
    ],
    [['--objective', 'p99<5'], 'error Amount: --objective must be a time such as "90 s", got "5"'],
    [['--init', '-3s'], 'error Option: '],
    [['--init=-3s'], 'error Amount: --init must not be negative, got "-3s"'],
    [['--seed', 'x'], 'error Amount: --seed must be a whole number of at least 1, got "x"'],
    [['--arrivals', '3'], 'error Warm: arrivals must be from 100 to 2000000, got 3; see serverless-ai warm --help'],
    [['--memory', '1 s'], 'error Amount: --memory must be a size, got the time "1 s"'],
  ])('%j', async (options, message) => {
    const { exit, err } = await warm(profile, ...options);
    expect({ exit, starts: err.startsWith(message) ? message : err }).toEqual({ exit: 1, starts: message });
  });

  test.each([
    [[], 'error Arguments: warm takes one profile or trace, got 0'],
    [['/no/such/file'], 'error Warm: the file /no/such/file is not a file'],
  ])('%j', async (args, message) => {
    const { exit, err } = await warm(...args);
    expect({ exit, starts: err.startsWith(message) ? message : err }).toEqual({ exit: 1, starts: message });
  });

  test('a profile that is none is told of as a profile', async () => {
    const { err } = await warm(file('bad.yaml', 'memry: 1 GB\n'));
    expect(err).toMatch(/^error Profile: .*memry is no field of a profile; did you mean memory/);
  });

  test('what the profile leaves out is named', async () => {
    const { err } = await warm(file('half.yaml', 'memory: 1 GB\n'));
    expect(err).toMatch(/^error Warm: a simulation needs traffic, duration; add it to the workload/);
  });

  test('memory that no function has is refused, with its bounds', async () => {
    const { exit, err } = await warm(profile, '--memory', '64 MB');
    expect({ exit, err }).toEqual({
      exit: 1,
      err: 'error Warm: memory must be from 128 to 10240 MB, got 64 MB; see serverless-ai warm --help\n',
    });
  });
});
