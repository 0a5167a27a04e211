import { Health } from '../../../lambda/entrypoint/health';

test('busy from the first request to the last, and the time is that of the change', async () => {
  let now = 1_000_400;
  const health = new Health(() => now);
  expect(health.report()).toEqual({ status: 'Healthy', time_of_last_update: 1_000 });
  now = 2_000_000;
  let finish: (() => void)[] = [];
  const work = () => health.during(() => new Promise<void>((resolve) => finish.push(resolve)));
  const both = [work(), work()];
  now = 3_000_000;
  expect(health.report()).toEqual({ status: 'HealthyBusy', time_of_last_update: 2_000 });
  finish[0]?.();
  await both[0];
  expect(health.report()).toEqual({ status: 'HealthyBusy', time_of_last_update: 2_000 });
  finish[1]?.();
  await both[1];
  now = 4_000_000;
  expect(health.report()).toEqual({ status: 'Healthy', time_of_last_update: 3_000 });
  finish = [];
});

test('a failed request ends too', async () => {
  const health = new Health();
  await expect(health.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(health.report().status).toBe('Healthy');
});
