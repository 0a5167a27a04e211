import { Concurrency } from '../../../../lib/local/lambda/concurrency';
import { LocalFunctions } from './local-functions';

jest.setTimeout(60_000);

const THROTTLED = { name: 'TooManyRequestsException', status: 429, message: 'Rate Exceeded.' };

describe('concurrency', () => {
  const functions = new LocalFunctions();

  beforeAll(async () => {
    functions.code({
      'index.mjs': `export const handler = async ({ ms = 0 }) => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        return process.pid;
      };`,
    });
    await functions.start(
      [functions.spec('shared'), functions.spec('two', { reservedConcurrency: 2 }), functions.spec('off', { reservedConcurrency: 0 })],
      { concurrency: 6 },
    );
  });

  afterAll(() => functions.close());

  test('calls at the same time run in environments of their own, which are reused', async () => {
    const first = await Promise.all([1, 2, 3].map(() => functions.call('shared', { ms: 300 })));
    const pids = new Set(first.map(({ value }) => value));
    expect(pids.size).toBe(3);
    const again = await functions.call('shared');
    expect(pids).toContain(again.value);
    expect(functions.lambda.coldStarts('shared')).toBe(3);
  });

  test('reserved concurrency bounds a function', async () => {
    const held = [functions.call('two', { ms: 500 }), functions.call('two', { ms: 500 })];
    await expect(functions.call('two')).rejects.toMatchObject({
      ...THROTTLED,
      detail: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' },
    });
    await Promise.all(held);
    expect((await functions.call('two')).statusCode).toBe(200);
  });

  test('reserved concurrency of zero switches a function off', async () => {
    await expect(functions.call('off')).rejects.toMatchObject(THROTTLED);
  });

  test('functions without it share what the others leave', async () => {
    // 6 in the account, 2 of them reserved.
    const held = [1, 2, 3, 4].map(() => functions.call('shared', { ms: 500 }));
    await expect(functions.call('shared')).rejects.toMatchObject({
      ...THROTTLED,
      detail: { Reason: 'ConcurrentInvocationLimitExceeded', Type: 'User' },
    });
    expect((await functions.call('two')).statusCode).toBe(200);
    await Promise.all(held);
  });
});

describe('the count', () => {
  const spec = new LocalFunctions().spec('f', { reservedConcurrency: 1 });

  test('gives back once', () => {
    const concurrency = new Concurrency(10, [spec]);
    const release = concurrency.acquire('f');
    release();
    release();
    concurrency.acquire('f');
    expect(() => concurrency.acquire('f')).toThrow('Rate Exceeded.');
  });

  test('tells those who wait, unless they give up', async () => {
    const concurrency = new Concurrency(10, [spec]);
    const release = concurrency.acquire('f');
    const waiting = concurrency.freed(new AbortController().signal);
    const abort = new AbortController();
    const leaving = concurrency.freed(abort.signal);
    abort.abort(new Error('closing'));
    await expect(leaving).rejects.toThrow('closing');
    release();
    await expect(waiting).resolves.toBeUndefined();
  });
});
