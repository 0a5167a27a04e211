import fc from 'fast-check';
import { MAX_HOLD_MS, type WarmingTarget } from '../../../lambda/contract/warming';
import { holdMs, type PingOutcome, type WarmingTools, warmAll, warmTarget } from '../../../lambda/warmer/warm-target';

const target = (environments: number, name = 'a'): WarmingTarget => ({
  functionArn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}:live`,
  environments,
  coldStartMs: 1_000,
});

/** Answers each round's pings from a list of environment ids; 'x' is a failed ping, a capital letter a cold start. */
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
    if (id === 'x') return { failed: 'TooManyRequestsException' };
    return { pong: { environmentId: id.toLowerCase(), coldStart: id !== id.toLowerCase(), ready: true } };
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
    rounds: 1,
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
      ? { failed: 'ResourceNotFoundException' }
      : { pong: { environmentId: id, coldStart: false, ready: true } };
  const reports = await warmAll([target(2, 'bad'), target(2, 'good')], { ...all, ping });
  expect(reports.map(({ distinct, failed }) => ({ distinct, failed }))).toEqual([
    { distinct: 0, failed: 2 },
    { distinct: 2, failed: 0 },
  ]);
});

test('the hold grows with pings and rounds, and stays below what targets allow', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 3 }), (environments, round) => {
      expect(holdMs(environments, round)).toBeLessThan(MAX_HOLD_MS);
      expect(holdMs(environments + 1, round)).toBeGreaterThanOrEqual(holdMs(environments, round));
      expect(holdMs(environments, round + 1)).toBeGreaterThanOrEqual(holdMs(environments, round));
    }),
  );
});
