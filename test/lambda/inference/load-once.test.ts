import { loadOnce } from '../../../lambda/inference/load-once';

test('concurrent callers share one load, later ones its result', async () => {
  const load = jest.fn(async () => ({ loaded: true }));
  const once = loadOnce(load);
  const [first, second] = await Promise.all([once(), once()]);
  expect(first).toBe(second);
  expect(await once()).toBe(first);
  expect(load).toHaveBeenCalledTimes(1);
});

test('a failed load is tried again', async () => {
  const load = jest.fn<Promise<number>, []>().mockRejectedValueOnce(new Error('away')).mockResolvedValueOnce(1);
  const once = loadOnce(load);
  await expect(once()).rejects.toThrow('away');
  await expect(once()).resolves.toBe(1);
});
