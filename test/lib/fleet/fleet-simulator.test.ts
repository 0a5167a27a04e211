import { Duration, Size } from 'aws-cdk-lib/core';
import { FleetPlan } from '../../../lib/fleet/fleet-plan';
import { type FleetComparison, FleetMechanism } from '../../../lib/fleet/fleet-result';
import { FleetSimulator } from '../../../lib/fleet/fleet-simulator';
import type { FleetWorkload } from '../../../lib/fleet/fleet-workload';
import { TrafficShape } from '../../../lib/workload/workload-profile';

const RARE: FleetWorkload = {
  init: Duration.seconds(3),
  duration: { typical: Duration.millis(80), worst: Duration.millis(200) },
  memory: Size.mebibytes(1024),
  traffic: { requestsPerMonth: 20_000 },
  objective: { p99: Duration.millis(500) },
};
const QUICK = { arrivals: 10_000 };

const compare = (change: Partial<FleetWorkload> = {}) => FleetSimulator.compare({ ...RARE, ...change }, QUICK);
const of = ({ results }: FleetComparison, mechanism: FleetMechanism) => results.find((result) => result.mechanism === mechanism)!;

describe('compare', () => {
  const comparison = compare();

  test('has every mechanism that is possible, the cheapest first', () => {
    expect(comparison.results.map(({ mechanism }) => mechanism).sort()).toEqual(
      [
        FleetMechanism.NOTHING,
        FleetMechanism.PING,
        FleetMechanism.PROVISIONED,
        FleetMechanism.PROVISIONED_AUTOSCALED,
        FleetMechanism.MANAGED_INSTANCES,
      ].sort(),
    );
    const costs = comparison.results.map(({ monthly }) => monthly);
    expect(costs).toEqual(costs.toSorted((one, other) => one - other));
  });

  test('names the cheapest that meets the objective, and why what costs less does not', () => {
    expect(comparison.best).toMatchObject({ mechanism: FleetMechanism.PING, plan: 'ping 1 environment every 5 min', meets: true });
    expect(comparison.summary).toMatch(
      /^The cheapest that meets the objective: ping 1 environment every 5 min \(\d+\.\d\d USD a month, .* cold starts, p99 .* ms\)\. What costs less does not: nothing costs .* USD, but its p99 is 3\.\d s where 500 ms are allowed \(.* % start cold\)\.$/,
    );
  });

  test('the best has fewer cold starts than nothing, and none is promised', () => {
    expect(of(comparison, FleetMechanism.NOTHING).coldShare).toBeGreaterThan(0.05);
    expect(comparison.best!.coldShare).toBeLessThan(0.01);
    expect(comparison.assumptions.join('\n')).toContain('observed, not promised');
  });

  test('is the same for the same seed, and another for another', () => {
    expect(compare()).toEqual(comparison);
    const other = FleetSimulator.compare(RARE, { ...QUICK, seed: 2 });
    expect(of(other, FleetMechanism.NOTHING).coldShare).not.toBe(of(comparison, FleetMechanism.NOTHING).coldShare);
  });

  test('without an objective none is the best', () => {
    const { best, summary, results } = compare({ objective: undefined });
    expect([best, summary]).toEqual([undefined, 'There is no objective, so no mechanism is called the best.']);
    expect(results.every(({ meets, shortfall }) => meets === undefined && shortfall === undefined)).toBe(true);
  });

  test('where the work itself takes too long, none meets it and the summary says so', () => {
    const { best, summary } = compare({ objective: { p50: Duration.millis(10) } });
    expect(best).toBeUndefined();
    expect(summary).toMatch(/^No mechanism meets the objective\. The fastest is .*its p50 is (79|8\d) ms where 10 ms are allowed/);
    expect(of(compare({ objective: { p50: Duration.millis(10) } }), FleetMechanism.MANAGED_INSTANCES).shortfall).toContain(
      'none starts cold, the work itself takes so long',
    );
  });

  test('an objective for starts alone is met where fewer than 1 of 100 requests wait longer', () => {
    const { best, results } = compare({ objective: { coldBudget: Duration.seconds(1) } });
    expect(results[0]).toMatchObject({ mechanism: FleetMechanism.NOTHING, meets: false });
    expect(results[0]!.shortfall).toContain('more than 1 % of the requests wait 3 s for a start where 1 s are allowed');
    expect(best!.coldShare).toBeLessThanOrEqual(0.01);
    expect(compare({ objective: { coldBudget: Duration.seconds(4) } }).best!.mechanism).toBe(FleetMechanism.NOTHING);
  });

  test('where few requests come, it says on how few the p99 rests', () => {
    expect(compare({ traffic: { requestsPerMonth: 100 } }).assumptions.join('\n')).toMatch(
      /there are \d+ requests only, so the p99 is that of the slowest \d+ of them/,
    );
  });

  test('hours without requests are not provisioned for', () => {
    const comparison = compare({ traffic: { requestsPerMonth: 20_000, activeHoursPerDay: 8 } });
    const scheduled = of(comparison, FleetMechanism.PROVISIONED_SCHEDULED);
    expect(scheduled.plan).toMatch(/^provision 1 environment from 0:00 to 8:00$/);
    expect(scheduled.monthly / of(comparison, FleetMechanism.PROVISIONED).monthly).toBeCloseTo(1 / 3, 1);
  });

  test('refused requests count against an objective', () => {
    const { results } = compare({
      traffic: { requestsPerMonth: 20_000_000 },
      duration: { typical: Duration.seconds(1) },
      objective: { p99: Duration.seconds(10) },
      reservedConcurrency: 5,
    });
    const nothing = results.find(({ mechanism }) => mechanism === FleetMechanism.NOTHING)!;
    expect(nothing.throttledShare).toBeGreaterThan(0.3);
    expect(nothing.shortfall).toMatch(/its p99 never comes where 10 s are allowed \(.*% are throttled\)/);
  });

  test('requests of a queue wait and are not refused', () => {
    const busy = {
      traffic: { requestsPerMonth: 10_000_000 },
      duration: { typical: Duration.seconds(1) },
      objective: { p99: Duration.seconds(60) },
      reservedConcurrency: 5,
    };
    const nothing = of(compare({ ...busy, queued: true }), FleetMechanism.NOTHING);
    expect(nothing.throttledShare).toBe(0);
    expect(nothing.p95Ms).toBeGreaterThan(1_000);
  });
});

describe('SnapStart', () => {
  const possible = (change: Partial<FleetWorkload>) => of(compare(change), FleetMechanism.SNAP_START);

  test.each(['python3.12', 'java21', 'dotnet8'])('is possible on %s', (runtime) => {
    expect(possible({ runtime })).toMatchObject({ plan: 'SnapStart' });
  });

  test('is possible for a container image', () => expect(possible({ containerImage: true })).toBeDefined());

  test.each([
    ['nodejs24.x', /^SnapStart: it is on .*, not on nodejs24\.x$/],
    ['python3.11', /not on python3\.11$/],
    ['cobol', /^SnapStart: the runtime cobol is not known$/],
    [undefined, /^SnapStart: the runtime is not told$/],
  ])('is not possible on %s, which is said', (runtime, says) => {
    const { results, ruledOut } = compare({ runtime });
    expect(results.some(({ mechanism }) => mechanism === FleetMechanism.SNAP_START)).toBe(false);
    expect(ruledOut).toEqual([expect.stringMatching(says)]);
  });

  test('starts as fast as it restores, and costs a cache on Python and none on Java', () => {
    const [python, java] = [possible({ runtime: 'python3.13' }), possible({ runtime: 'java21', restore: Duration.millis(200) })];
    expect(python.p99Ms).toBeLessThan(1_500);
    expect(java.p99Ms).toBeLessThan(500);
    expect(java.estimate.lines.some(({ item }) => item.includes('SnapStart'))).toBe(false);
    expect(python.estimate.lines.map(({ item }) => item)).toEqual(expect.arrayContaining(['SnapStart cache', 'SnapStart restores']));
  });
});

describe('cost comes from the cost model', () => {
  const comparison = compare();

  test('starts of environments are billed, also those that pings start', () => {
    const nothing = of(comparison, FleetMechanism.NOTHING);
    const init = nothing.estimate.lines.find(({ item }) => item === 'Lambda init (arm64)')!;
    expect(init.quantity / (20_000 * 3)).toBeCloseTo(nothing.coldShare, 5);
    expect(of(comparison, FleetMechanism.PING).estimate.lines.map(({ item }) => item)).toEqual(
      expect.arrayContaining(['Lambda requests', 'Lambda duration (arm64)', 'EventBridge Scheduler invocations']),
    );
  });

  test('a provisioned environment of 1 GB for a month', () => {
    const line = of(comparison, FleetMechanism.PROVISIONED).estimate.lines.find(({ item }) =>
      item.startsWith('Lambda provisioned concurrency'),
    )!;
    expect(line.quantity).toBeCloseTo(730 * 3_600, 0);
  });

  test('target tracking has its two alarms', () => {
    const [plain, scaled] = [of(comparison, FleetMechanism.PROVISIONED), of(comparison, FleetMechanism.PROVISIONED_AUTOSCALED)];
    expect(scaled.monthly - plain.monthly).toBeCloseTo(0.2, 2);
  });
});

describe('a trace', () => {
  const hour = 3_600_000;
  const trace = { at: Array.from({ length: 48 }, (_, index) => index * hour), durations: new Array<number>(48).fill(50) };
  const traced = (change: Partial<FleetWorkload> = {}): FleetWorkload => ({
    init: Duration.seconds(2),
    memory: Size.mebibytes(1024),
    trace,
    ...change,
  });

  test('is played as it is: one request an hour is always cold', () => {
    const { requests, coldShare, p50Ms } = FleetSimulator.simulate(traced(), FleetPlan.nothing());
    expect({ requests, coldShare, p50Ms }).toEqual({ requests: 48, coldShare: 1, p50Ms: 2_050 });
  });

  test('with pings none is, since the schedule was there before', () => {
    expect(FleetSimulator.simulate(traced(), FleetPlan.ping({ environments: 1 })).coldShare).toBe(0);
  });

  test.each([
    [[], undefined, 'the trace must hold at least two invocations, got none'],
    [[5, 5], undefined, 'the trace must span some time, got invocations of one moment only'],
    [[5, 3], undefined, 'at[1] must not be before the one it follows, got 3 after 5; sort the trace'],
    [[5, Number.NaN], undefined, 'at[1] must be a finite number of milliseconds, got NaN'],
    [[1, 2], [1], 'the trace must hold as many durations as invocations, got 1 and 2'],
    [[1, 2], [1, -4], 'durations[1] must be 0 or more milliseconds, got -4'],
    [[1, 2], undefined, 'the trace has no durations, so the workload must state its duration'],
  ])('that is %j with durations %j is refused', (at, durations, message) => {
    expect(() => FleetSimulator.compare(traced({ trace: { at, durations } }))).toThrow(message);
  });
});

describe('what cannot be simulated is refused by name', () => {
  test.each<[string, Partial<FleetWorkload>, string]>([
    ['traffic', { traffic: undefined }, 'a simulation needs traffic; add it to the workload'],
    ['duration', { duration: undefined }, 'a simulation needs duration; add it to the workload'],
    ['no requests', { traffic: { requestsPerMonth: 0 } }, 'traffic.requestsPerMonth must be more than 0 and at most 1000000000000, got 0'],
    [
      'a day of 25 hours',
      { traffic: { requestsPerMonth: 5, activeHoursPerDay: 25 } },
      'traffic.activeHoursPerDay must be more than 0 and at most 24, got 25',
    ],
    ['too little memory', { memory: Size.mebibytes(64) }, 'memory must be from 128 to 10240 MB, got 64 MB'],
    [
      'a worst time that is better',
      { duration: { typical: Duration.millis(80), worst: Duration.millis(20) } },
      'duration.worst must be at least duration.typical, got 20 and 80 ms',
    ],
    ['half a unit', { reservedConcurrency: 0.5 }, 'reservedConcurrency must be a whole number of at least 1, got 0.5'],
    [
      'a lifetime that ends before it begins',
      { idleLifetime: { shortest: Duration.minutes(9), longest: Duration.minutes(5) } },
      'idleLifetime.shortest must be at most idleLifetime.longest, got 540000 and 300000 ms',
    ],
  ])('%s', (_name, change, message) => {
    expect(() => compare(change)).toThrow(message);
  });

  test.each([
    [() => FleetPlan.provisioned(0), 'environments must be a whole number of at least 1, got 0'],
    [
      () => FleetPlan.ping({ environments: 1, every: Duration.seconds(30) }),
      'every must be at least 1 min, got 30000 ms; a schedule is no faster',
    ],
    [() => FleetPlan.autoscaled({ min: 3, max: 2 }), 'max must be a whole number of at least 3, got 2'],
    [() => FleetPlan.autoscaled({ min: 1, max: 2, targetUtilization: 1 }), 'targetUtilization must be more than 0 and less than 1, got 1'],
    [
      () => FleetPlan.scheduled({ environments: 1, hours: { from: 3, to: 25 } }),
      'hours must be two different hours from 0 to 24, got 3 and 25',
    ],
  ])('a plan that cannot be', (plan, message) => {
    expect(plan).toThrow(message);
  });

  test('too many arrivals', () => {
    expect(() => FleetSimulator.compare(RARE, { arrivals: 1e9 })).toThrow('arrivals must be from 100 to 2000000, got 1000000000');
  });
});

describe('shapes of traffic', () => {
  test.each([TrafficShape.STEADY, TrafficShape.BURSTY, TrafficShape.SPIKY])('%s brings as many requests as the profile says', (shape) => {
    const { requests, estimate } = FleetSimulator.simulate(
      { ...RARE, traffic: { requestsPerMonth: 1_000_000, shape } },
      FleetPlan.nothing(),
      { arrivals: 50_000 },
    );
    expect(requests).toBeGreaterThan(15_000);
    expect(estimate.lines.find(({ item }) => item === 'Lambda requests')!.quantity).toBeCloseTo(1_000_000, 0);
  });

  test('the same requests in bursts have more cold starts than at a steady rate', () => {
    const cold = (shape: TrafficShape) =>
      FleetSimulator.simulate({ ...RARE, traffic: { requestsPerMonth: 500_000, shape } }, FleetPlan.nothing(), { arrivals: 50_000 })
        .coldShare;
    expect(cold(TrafficShape.SPIKY)).toBeGreaterThan(2 * cold(TrafficShape.STEADY));
  });
});
