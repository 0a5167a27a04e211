import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Stack } from 'aws-cdk-lib/core';
import type { WarmingReport } from '../../../lambda/contract/warming';
import type { LocalRunner } from '../../../lib/local/local-runner';
import { until } from '../../lib/local/lambda/local-functions';
import { runSmall, stopAll } from '../../lib/local/small-app';
import { EVERY, pidsOf, release, Workshop, warm } from './warm-stack';

jest.setTimeout(120_000);

/** Schedules fire when the test says so. */
const MANUAL = { time: 'manual' } as const;
const rows: string[][] = [];
let shop: Workshop;

beforeAll(async () => {
  shop = await Workshop.open();
});
afterAll(async () => {
  await stopAll();
  shop.close();
  const headings = [
    'what keeps it warm',
    'asked',
    'distinct',
    'cold',
    'failed',
    'rounds',
    'environments',
    'requests at once',
    'cold among them',
  ];
  const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => cell.padEnd(widths[column]!)).join('  ');
  console.log([headings, ...rows].map(line).join('\n'));
});

function record(what: string, report: Partial<WarmingReport>, environments: number, requests: number, cold: number): void {
  const { asked, distinct, cold: started, failed, rounds } = report;
  rows.push([what, ...[asked, distinct, started, failed, rounds, environments, requests, cold].map((value) => String(value ?? '-'))]);
}

/** The same function, pinged once by the schedule itself. */
function pingedOnce(stack: Stack): void {
  const input = ScheduleTargetInput.fromObject({ keepWarm: { id: 'naive', holdUntil: 0 } });
  const target = new LambdaInvoke(shop.target(stack, 'Naive'), { input, retryAttempts: 0 });
  new Schedule(stack, 'Once', { schedule: ScheduleExpression.rate(EVERY), target });
}

/** Lets the schedules fire once, and what they call come to its end; what the warmer reports. */
async function scheduled(local: LocalRunner): Promise<WarmingReport[]> {
  await local.advance(EVERY);
  await local.settled();
  return local.function('Warm/Warmer').invocations.at(-1)!.result as WarmingReport[];
}

describe('a schedule', () => {
  let local: LocalRunner;
  let reports: WarmingReport[];
  beforeAll(async () => {
    local = await runSmall((stack) => {
      shop.keepWarm(stack, { One: { environments: 1 }, Five: { environments: 5 } });
      pingedOnce(stack);
    }, MANUAL);
    reports = await scheduled(local);
  });
  afterAll(stopAll);

  test.each([
    ['One', 1, 0],
    ['Five', 5, 1],
  ])('keeps environments of %s warm: %i requests at once meet no cold start', async (id, count, index) => {
    const target = local.function(id);
    const report = reports[index]!;
    expect(report).toMatchObject({ asked: count, distinct: count, cold: count, failed: 0, notReady: 0 });
    const warmed = pidsOf(target);
    expect(new Set(warmed).size).toBe(count);
    const { answers, cold } = await shop.requestsAtOnce(target, count);
    record(`barrier, ${count}`, report, warmed.length, count, cold);
    expect(cold).toBe(0);
    expect(new Set(answers)).toEqual(new Set(warmed));
    expect(target.coldStarts).toBe(count);
  });

  test('that sends one ping keeps one environment: of 5 requests at once, 4 meet a cold start', async () => {
    const target = local.function('Naive');
    const warmed = pidsOf(target);
    expect(warmed).toHaveLength(1);
    const { answers, cold } = await shop.requestsAtOnce(target, 5);
    record('one ping, 5', {}, warmed.length, 5, cold);
    expect(cold).toBe(4);
    expect(new Set(answers).size).toBe(5);
  });

  test('finds all environments warm the next time; its metrics arrive, and those of the target count requests alone', async () => {
    const target = local.function('Five');
    const [, report] = await scheduled(local);
    expect(report).toMatchObject({ distinct: 5, cold: 0, failed: 0 });
    expect(target.coldStarts).toBe(5);

    const ours = local.metrics().filter(({ dimensions }) => dimensions['FunctionName'] === `${target.name}:live`);
    const values = (name: string) => ours.filter((datum) => datum.name === name).map(({ values: [value] }) => value!);
    expect(new Set(ours.map(({ namespace }) => namespace))).toEqual(new Set(['ServerlessAi/Warming']));
    expect([values('Asked'), values('Distinct'), values('Cold'), values('Failed')]).toEqual([
      [5, 5],
      [5, 5],
      [5, 0],
      [0, 0],
    ]);
    const requests = 1 + 5 + 5;
    expect(local.metrics().filter(({ name }) => name === 'Orders')).toHaveLength(requests);
    const pings = values('Pings').reduce((sum, value) => sum + value, 0);
    expect(target.invocations.length - pings).toBe(5);
  });
});

test('20 environments are warm after at most three rounds', async () => {
  const local = await runSmall((stack) => shop.keepWarm(stack, { Target: { environments: 20 } }), MANUAL);
  const target = local.function('Target');
  const [report] = await scheduled(local);
  expect(report).toMatchObject({ asked: 20, distinct: 20, cold: 20, failed: 0 });
  const { answers, cold } = await shop.requestsAtOnce(target, 20);
  record('barrier, 20', report!, pidsOf(target).length, 20, cold);
  expect(cold).toBe(0);
  expect(new Set(answers).size).toBe(20);
  await stopAll();
});

describe('five environments', () => {
  let local: LocalRunner;
  beforeAll(async () => {
    local = await runSmall((stack) => shop.keepWarm(stack, { Target: { environments: 5 } }), MANUAL);
  });
  afterAll(stopAll);

  test('are four when a ping is throttled, which ends the round; the next round makes up for it', async () => {
    const target = local.function('Target');
    local.faults.inject({ at: 'before:lambda.Invoke', kind: 'throttle', function: 'Warm/Warmer', nth: 3 });
    const report = await warm(local);
    expect(report).toMatchObject({ asked: 5, distinct: 4, cold: 4, failed: 1, rounds: 1, pings: 4 });
    expect(local.calls({ service: 'lambda', operation: 'Invoke', function: 'Warm/Warmer' })).toHaveLength(5);
    const warmed = pidsOf(target);
    const { cold } = await shop.requestsAtOnce(target, 5);
    record('barrier, 5, one ping throttled', report, warmed.length, 5, cold);
    expect({ warmed: warmed.length, cold }).toEqual({ warmed: 4, cold: 1 });
    expect(await warm(local)).toMatchObject({ distinct: 5, cold: 0, failed: 0, rounds: 1 });
  });

  test('are four when one dies of its ping', async () => {
    const target = local.function('Target');
    local.faults.inject({ at: 'function.Target', kind: 'kill', nth: 2 });
    const report = await warm(local);
    expect(report).toMatchObject({ asked: 5, distinct: 4, failed: 1, rounds: 1, pings: 5 });
    const warmed = pidsOf(target);
    const { cold } = await shop.requestsAtOnce(target, 5);
    record('barrier, 5, one environment dies', report, warmed.length, 5, cold);
    expect({ warmed: warmed.length, cold }).toEqual({ warmed: 4, cold: 1 });
  });

  test('are warm beside one that is busy, which is left alone', async () => {
    const target = local.function('Target');
    const meeting = shop.meeting();
    const request = target.invoke({ meet: meeting, of: 2 });
    await until(() => target.environments.some(({ state }) => state === 'busy'));
    const busy = target.environments.find(({ state }) => state === 'busy')!;
    const before = target.invocations.length;
    const report = await warm(local);
    expect(report).toMatchObject({ asked: 5, distinct: 5, cold: 1, failed: 0 });
    expect(target.invocations.slice(before).map(({ environmentId }) => environmentId)).not.toContain(busy.id);
    release(meeting);
    expect(await request).toBe(busy.pid);
    const warmed = pidsOf(target);
    const { cold } = await shop.requestsAtOnce(target, 6);
    record('barrier, 5, one busy', report, warmed.length, 6, cold);
    expect({ warmed: warmed.length, cold }).toEqual({ warmed: 6, cold: 0 });
  });
});

test('a request during a hold is served by another environment before the hold ends, from what the reservation leaves', async () => {
  const gate = join(shop.directory, 'gate');
  const props = { environments: 5, reservedConcurrentExecutions: 6, environment: { GATE: gate } };
  const local = await runSmall((stack) => shop.keepWarm(stack, { Target: props }), MANUAL);
  const target = local.function('Target');
  const round = warm(local);
  // Every ping is held until the gate opens, which is after all that follows.
  const busy = () => target.environments.filter(({ state }) => state === 'busy').length;
  await until(() => busy() === 5);
  const held = pidsOf(target);

  expect(held).not.toContain(await target.invoke({ meet: shop.meeting(), of: 1 }));
  const meeting = shop.meeting();
  const last = target.invoke({ meet: meeting, of: 2 });
  await until(() => busy() === 6);
  await expect(target.invoke({ meet: meeting, of: 2 })).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  release(meeting);
  expect(held).not.toContain(await last);
  const pings = target.invocations.filter(({ event }) => (event as { keepWarm?: unknown }).keepWarm !== undefined);
  expect(pings.map(({ durationMs }) => durationMs)).toEqual([undefined, undefined, undefined, undefined, undefined]);

  writeFileSync(gate, '');
  const report = await round;
  expect(report).toMatchObject({ distinct: 5, cold: 5, failed: 0, rounds: 1 });
  const { cold } = await shop.requestsAtOnce(target, 6);
  record('barrier, 5 of 6 reserved, requests meanwhile', report, 6, 6, cold);
  expect(cold).toBe(0);
  await stopAll();
});
