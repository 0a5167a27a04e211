import fc from 'fast-check';
import { SkipClock } from '../../../lib/local/skip-clock';

const START = 1_000_000;
const real = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test('a long sleep takes no time at all', async () => {
  const clock = new SkipClock(START);
  const begun = performance.now();
  await clock.sleep(3 * 86_400_000);
  expect(clock.now()).toBe(START + 3 * 86_400_000);
  expect(performance.now() - begun).toBeLessThan(500);
});

test('time is told in whole milliseconds, whatever jitter makes of delays', async () => {
  const clock = new SkipClock(START);
  await clock.sleep(0.3);
  expect(clock.now()).toBe(START + 1);
});

test('sleepers wake in the order of their time, those of one time in the order they came', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 }), async (delays) => {
      const clock = new SkipClock(START);
      const woken: [number, number][] = [];
      await Promise.all(delays.map((delay, index) => clock.sleep(delay).then(() => woken.push([clock.now() - START, index]))));
      const expected = delays.map((delay, index): [number, number] => [delay, index]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      expect(woken).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

test('what a sleeper does on waking comes before the next jump', async () => {
  const clock = new SkipClock(START);
  const log: string[] = [];
  const first = clock.sleep(10).then(async () => {
    await clock.sleep(5);
    log.push('nested 15');
  });
  await Promise.all([first, clock.sleep(20).then(() => log.push('20'))]);
  expect(log).toEqual(['nested 15', '20']);
});

test('while real work is in flight time does not jump', async () => {
  const clock = new SkipClock(START);
  let fired = false;
  const timeout = clock.sleep(60_000).then(() => {
    fired = true;
  });
  await clock.busy(real(30));
  expect(fired).toBe(false);
  expect(clock.now()).toBeGreaterThanOrEqual(START + 29);
  expect(clock.now()).toBeLessThan(START + 60_000);
  await timeout;
  expect(clock.now()).toBe(START + 60_000);
});

test('while real work is in flight time runs as it does for everyone', async () => {
  const clock = new SkipClock(START);
  const work = clock.busy(real(80));
  await clock.sleep(20);
  expect(clock.now()).toBeGreaterThanOrEqual(START + 20);
  expect(clock.now()).toBeLessThan(START + 79);
  await work;
});

test('work that overlaps counts until the last of it is done', async () => {
  const clock = new SkipClock(START);
  const sleeper = clock.sleep(10_000).then(() => clock.now());
  await Promise.all([clock.busy(real(10)), clock.busy(real(40))]);
  expect(clock.now()).toBeLessThan(START + 10_000);
  expect(await sleeper).toBe(START + 10_000);
});

test('work that fails is over too', async () => {
  const clock = new SkipClock(START);
  await expect(clock.busy(Promise.reject(new Error('no')))).rejects.toThrow('no');
  const before = clock.now();
  await clock.sleep(1000);
  expect(clock.now()).toBe(before + 1000);
});

test('an aborted sleep rejects with the reason and holds nothing back', async () => {
  const clock = new SkipClock(START);
  const controller = new AbortController();
  const sleeping = clock.sleep(50, controller.signal);
  controller.abort(new Error('left'));
  await expect(sleeping).rejects.toThrow('left');
  await expect(clock.sleep(50, controller.signal)).rejects.toThrow('left');
  await clock.sleep(10);
  expect(clock.now()).toBe(START + 10);
});

test('it starts now unless told otherwise', () => {
  expect(Math.abs(new SkipClock().now() - Date.now())).toBeLessThan(1000);
});
