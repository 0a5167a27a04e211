import { Duration } from 'aws-cdk-lib/core';
import { ManualClock } from '../../../lib/local/manual-clock';

const START = 1_000_000;
const real = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test('time stands still until it is told to go on', async () => {
  const clock = new ManualClock(START);
  let woken = false;
  const sleep = clock.sleep(10).then(() => (woken = true));
  await real(30);
  expect([clock.now(), woken]).toEqual([START, false]);
  await clock.advance(9);
  expect([clock.now(), woken]).toEqual([START + 9, false]);
  await clock.advance(1);
  await sleep;
  expect(clock.now()).toBe(START + 10);
});

test('everyone within the span wakes in order and at their own time, with what that sets off', async () => {
  const clock = new ManualClock(START);
  const log: [string, number][] = [];
  const say = (what: string) => log.push([what, clock.now() - START]);
  void clock.sleep(20).then(() => say('twenty'));
  void clock.sleep(10).then(async () => {
    say('ten');
    await clock.sleep(5);
    say('fifteen');
    await clock.sleep(100);
    say('never');
  });
  await clock.advance(Duration.millis(50));
  expect(log).toEqual([
    ['ten', 10],
    ['fifteen', 15],
    ['twenty', 20],
  ]);
  expect(clock.now()).toBe(START + 50);
});

test('it waits for the work that it set off, while which time runs', async () => {
  const clock = new ManualClock(START);
  let done = false;
  void clock.sleep(10).then(() => clock.busy(real(50).then(() => (done = true))));
  await clock.advance(10);
  expect(done).toBe(true);
  expect(clock.now()).toBeGreaterThanOrEqual(START + 50);
});

test('a sleep that is aborted is nobody to wait for', async () => {
  const clock = new ManualClock(START);
  const control = new AbortController();
  const sleep = clock.sleep(10, control.signal);
  control.abort(new Error('gone'));
  await expect(sleep).rejects.toThrow('gone');
  await clock.advance(20);
  expect(clock.now()).toBe(START + 20);
});

test.each([[-1], [Number.NaN], [Number.POSITIVE_INFINITY]])('%d is no time span', async (ms) => {
  await expect(new ManualClock(START).advance(ms)).rejects.toThrow(`a time span must be 0 or more milliseconds, got ${ms}`);
});
