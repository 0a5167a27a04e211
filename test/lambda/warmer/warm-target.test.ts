import fc from 'fast-check';
import { MAX_HOLD_MS, MAX_PINGS_AT_ONCE, type WarmingReport, type WarmingTarget } from '../../../lambda/contract/warming';
import { holdMs, learnedHoldMs } from '../../../lambda/warmer/hold';
import { type PingOutcome, type WarmingTools, warmAll, warmTarget } from '../../../lambda/warmer/warm-target';

const target = (environments: number, name = 'a'): WarmingTarget => ({
  functionArn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}:live`,
  environments,
  coldStartMs: 1_000,
});

/** Answers each round's pings from a list of environment ids: 'x' is refused, 'f' fails, 'z' is not ready, a capital letter is a cold start. */
function tools(...rounds: string[]) {
  const sent: { round: number; holdUntil: number }[] = [];
  const failures: (readonly string[])[] = [];
  let round = 0;
  let now = 1_000;
  const answers = rounds.map((text) => [...text]);
  const ping = async (_target: WarmingTarget, _id: string, holdUntil: number): Promise<PingOutcome> => {
    while (answers[round]?.length === 0) {
      round += 1;
      now += 5_000;
    }
    sent.push({ round, holdUntil });
    const id = answers[round]?.shift() ?? '?';
    if (id === 'x') return { failed: 'TooManyRequestsException', invoked: false };
    if (id === 'f') return { failed: 'function error', version: '1', invoked: true };
    return {
      pong: { environmentId: id.toLowerCase(), coldStart: id !== id.toLowerCase(), ready: id !== 'z' },
      version: '1',
      invoked: true,
    };
  };
  let serial = 0;
  const all: WarmingTools = {
    prepare: async () => {
      // Loading a client takes time, which must not come out of the hold.
      now += 60_000;
    },
    ping,
    now: () => now,
    newId: () => String(serial++),
    onFailure: (_target, reasons) => failures.push(reasons),
    lags: new Map(),
  };
  return { all, sent, failures };
}

test('pings that land in distinct environments need one round, and share one hold', async () => {
  const { all, sent } = tools('ABc');
  expect(await warmTarget(target(3), all)).toEqual({
    functionArn: target(3).functionArn,
    asked: 3,
    distinct: 3,
    cold: 2,
    failed: 0,
    notReady: 0,
    rounds: 1,
    pings: 3,
  });
  expect(new Set(sent.map(({ holdUntil }) => holdUntil)).size).toBe(1);
});

test('a top-up round sends all pings again, not the missing ones alone', async () => {
  const { all, sent } = tools('aab', 'abC');
  expect(await warmTarget(target(3), all)).toMatchObject({ distinct: 3, cold: 1, rounds: 2 });
  expect(sent.filter(({ round }) => round === 1)).toHaveLength(3);
});

test('a top-up round holds to a new moment', async () => {
  const { all, sent } = tools('aa', 'ab');
  await warmTarget(target(2), all);
  expect(sent[2]!.holdUntil).toBeGreaterThan(sent[0]!.holdUntil);
});

test('three rounds at most', async () => {
  const { all, sent } = tools('aa', 'aa', 'aa', 'aa');
  expect(await warmTarget(target(2), all)).toMatchObject({ asked: 2, distinct: 1, rounds: 3 });
  expect(sent).toHaveLength(6);
});

test('failed pings are counted with their reasons, and nothing is sent into the shortage', async () => {
  const { all, sent, failures } = tools('axx');
  expect(await warmTarget(target(3), all)).toMatchObject({ distinct: 1, failed: 2, rounds: 1 });
  expect(sent).toHaveLength(3);
  expect(failures).toEqual([['TooManyRequestsException', 'TooManyRequestsException']]);
});

test('pings that the service refused were no invocations of the target, and those that failed in it were', async () => {
  expect(await warmTarget(target(4), tools('axfx').all)).toMatchObject({ distinct: 1, failed: 3, pings: 2 });
});

test('environments in which onWarm has not succeeded are told, and counted once', async () => {
  expect(await warmTarget(target(3), tools('zza', 'zab').all)).toMatchObject({ distinct: 3, notReady: 1, rounds: 2, pings: 6 });
});

test('an alias that moves leaves environments behind, which count no more', async () => {
  const answers = ['a1', 'b1', 'b1', 'c2', 'd1', 'e2', 'c2', 'e2', 'g2'];
  const ping: WarmingTools['ping'] = async () => {
    const [environmentId, version] = [...answers.shift()!] as [string, string];
    return { pong: { environmentId, coldStart: false, ready: true }, version, invoked: true };
  };
  // Round 1 finds two of version 1; round 2 two of version 2, which the alias points to by then; round 3 all three of it.
  expect(await warmTarget(target(3), { ...tools().all, ping })).toMatchObject({ distinct: 3, rounds: 3, pings: 9 });
});

test('whatever is answered, at most three pings are sent for each environment, and none after a round that failed', async () => {
  const outcome = fc.record({
    id: fc.integer({ min: 0, max: 9 }),
    version: fc.integer({ min: 1, max: 2 }),
    fate: fc.integer({ min: 0, max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.array(outcome, { minLength: 24, maxLength: 24 }), async (environments, answers) => {
      const sent: boolean[] = [];
      const ping: WarmingTools['ping'] = async () => {
        const { id, version, fate } = answers[sent.length]!;
        sent.push(fate === 0);
        if (fate === 0) return { failed: 'ServiceException', invoked: false };
        return { pong: { environmentId: `${version}.${id}`, coldStart: fate === 1, ready: true }, version: String(version), invoked: true };
      };
      const report = await warmTarget(target(environments), { ...tools().all, ping });
      expect(sent.length).toBe(report.rounds * environments);
      expect(report.rounds).toBeLessThanOrEqual(3);
      expect(report.pings + report.failed).toBe(sent.length);
      expect(sent.slice(0, -environments)).not.toContain(true);
      if (report.rounds < 3 && report.failed === 0) expect(report.distinct).toBeGreaterThanOrEqual(environments);
    }),
    { numRuns: 300 },
  );
});

describe('environments as Lambda gives them, on a clock of their own', () => {
  /** A call takes an idle environment or starts one; a process sends its calls one after the other, `gapMs` apart. */
  async function warmed(environments: number, gapMs: number, coldStartMs: number, others = 0): Promise<WarmingReport> {
    return (await rounds(1, environments, gapMs, coldStartMs, others))[0]!.report;
  }

  /** Several runs of one warmer, with the longest time that each held an environment. */
  async function rounds(runs: number, environments: number, gapMs: number, coldStartMs: number, others = 0) {
    const freeAt: number[] = [];
    let now = 0;
    let due = 0;
    let held = 0;
    const ping: WarmingTools['ping'] = async (_target, _id, holdUntil) => {
      due += gapMs;
      const at = due;
      let index = freeAt.findIndex((free) => free <= at);
      const coldStart = index < 0;
      if (coldStart) index = freeAt.push(0) - 1;
      const started = at + (coldStart ? coldStartMs : 0);
      const heldMs = Math.min(Math.max(holdUntil - started, 0), MAX_HOLD_MS);
      held = Math.max(held, heldMs);
      freeAt[index] = started + Math.max(heldMs, 1);
      now = Math.max(now, freeAt[index]!);
      return { pong: { environmentId: String(index), coldStart, ready: true, heldMs }, version: '1', invoked: true };
    };
    const clock = () => {
      due = now;
      return now;
    };
    const all = { ...tools().all, ping, now: clock };
    const found: { readonly report: WarmingReport; readonly held: number }[] = [];
    for (let run = 0; run < runs; run += 1) {
      held = 0;
      found.push({ report: await warmTarget(target(environments), all, environments + others), held });
    }
    return found;
  }

  test.each([1, 5, 20, 50, 90])(
    '%i pings that leave 15 ms apart, warm or cold, need one round: the last is sent before the first is free',
    async (n) => {
      expect(await warmed(n, 15, 400)).toMatchObject({ distinct: n, cold: n, rounds: 1 });
      expect(await warmed(n, 15, 0)).toMatchObject({ distinct: n, rounds: 1 });
    },
  );

  test('as many as a schedule may have need one round in a process that has a core for them', async () => {
    expect(await warmed(MAX_PINGS_AT_ONCE, 3.5, 0)).toMatchObject({ distinct: MAX_PINGS_AT_ONCE, rounds: 1 });
  });

  test('pings to other targets leave through the same process, so they lengthen the hold', async () => {
    expect(await warmed(20, 60, 0, 60)).toMatchObject({ distinct: 20, rounds: 1 });
    expect((await warmed(20, 60, 0)).rounds).toBeGreaterThan(1);
  });

  test('a warmer that has seen how fast its pings arrive holds them no longer than about twice that, and still finds all', async () => {
    const [first, second, third] = await rounds(3, 20, 2, 400);
    expect(first).toMatchObject({ report: { distinct: 20, cold: 20, rounds: 1 } });
    expect(second).toMatchObject({ report: { distinct: 20, cold: 0, rounds: 1 }, held: holdMs(20, 1) - 2 });
    expect(third).toMatchObject({ report: { distinct: 20, cold: 0, rounds: 1 }, held: 100 + 2 * 40 - 2 });
  });

  test('one environment is not held at all', async () => {
    expect((await rounds(2, 1, 2, 0)).map(({ held }) => held)).toEqual([0, 0]);
  });

  test('a process that is too slow is topped up, and gives up after three rounds', async () => {
    expect(await warmed(10, 100, 0)).toMatchObject({ distinct: 10, rounds: 2 });
    const hopeless = await warmed(100, 100, 0);
    expect(hopeless).toMatchObject({ rounds: 3, pings: 300, failed: 0 });
    expect(hopeless.distinct).toBeLessThan(100);
  });
});

test('a client that loads slowly takes nothing from the hold', async () => {
  const { all, sent } = tools('AB');
  await warmAll([target(2)], all);
  expect(sent[0]!.holdUntil).toBe(1_000 + 60_000 + holdMs(2, 1));
});

test('nothing to warm is no ping', async () => {
  const { all, sent } = tools();
  expect(await warmTarget(target(0), all)).toMatchObject({ asked: 0, distinct: 0, rounds: 0 });
  expect(sent).toEqual([]);
});

test('one target that fails leaves the others alone', async () => {
  const { all } = tools();
  const ping: WarmingTools['ping'] = async ({ functionArn }, id) =>
    functionArn.includes(':bad:')
      ? { failed: 'ResourceNotFoundException', invoked: false }
      : { pong: { environmentId: id, coldStart: false, ready: true }, invoked: true };
  const reports = await warmAll([target(2, 'bad'), target(2, 'good')], { ...all, ping });
  expect(reports.map(({ distinct, failed }) => ({ distinct, failed }))).toEqual([
    { distinct: 0, failed: 2 },
    { distinct: 2, failed: 0 },
  ]);
});

test('what was learned is forgotten when a round finds too few, or starts environments, whose pings tell nothing', async () => {
  const { all } = tools('ab', 'aa', 'bc', 'aB');
  const learned: (number | undefined)[] = [];
  for (let run = 0; run < 3; run += 1) {
    await warmTarget(target(2), all);
    learned.push(all.lags.get(target(2).functionArn));
  }
  // A wrapper that does not say how long it held is taken to have been met at the last moment.
  expect(learned).toEqual([holdMs(2, 1), undefined, undefined]);
});

test('a learned hold is never longer than one that knows nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MAX_PINGS_AT_ONCE }), fc.option(fc.nat(10_000), { nil: undefined }), (pings, lag) => {
      expect(learnedHoldMs(pings, lag)).toBeLessThanOrEqual(holdMs(pings, 1));
      if (lag !== undefined) expect(learnedHoldMs(pings, lag)).toBeGreaterThanOrEqual(Math.min(lag, holdMs(pings, 1)));
    }),
  );
});

test('the hold grows with pings and rounds, and stays below what targets allow', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MAX_PINGS_AT_ONCE }), fc.integer({ min: 1, max: 3 }), (environments, round) => {
      expect(holdMs(environments, round)).toBeLessThan(MAX_HOLD_MS);
      expect(holdMs(environments + 1, round)).toBeGreaterThanOrEqual(holdMs(environments, round));
      expect(holdMs(environments, round + 1)).toBeGreaterThanOrEqual(holdMs(environments, round));
    }),
  );
});
