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
  const functions = new LocalFunctions();
  const reserved = (units: number, more = {}) => functions.spec('f', { reservedConcurrency: units, ...more });

  afterAll(() => functions.close());

  test('gives back once', () => {
    const concurrency = new Concurrency(10, [reserved(1)], Date.now);
    const { release } = concurrency.acquire('f', '$LATEST');
    release();
    release();
    concurrency.acquire('f', '$LATEST');
    expect(() => concurrency.acquire('f', '$LATEST')).toThrow('Rate Exceeded.');
  });

  test('tells those who wait, unless they give up', async () => {
    const concurrency = new Concurrency(10, [reserved(1)], Date.now);
    const { release } = concurrency.acquire('f', '$LATEST');
    const waiting = concurrency.freed(new AbortController().signal);
    const abort = new AbortController();
    const leaving = concurrency.freed(abort.signal);
    abort.abort(new Error('closing'));
    await expect(leaving).rejects.toThrow('closing');
    release();
    await expect(waiting).resolves.toBeUndefined();
  });

  const reasonOf = (call: () => unknown) => {
    try {
      call();
      return 'none';
    } catch (error) {
      return (error as { detail: { Reason: string } }).detail.Reason;
    }
  };

  test.each([
    ['a function that reserves some', reserved(2), 20, 'ReservedFunctionInvocationRateLimitExceeded'],
    ['the account', functions.spec('f'), 30, 'FunctionInvocationRateLimitExceeded'],
  ] as const)('%s takes ten requests a second for each unit', (_, spec, requests, reason) => {
    let now = 0;
    const concurrency = new Concurrency(3, [spec], () => now);
    const call = () => concurrency.acquire('f', '$LATEST').release();
    for (let index = 0; index < requests; index += 1) call();
    expect(reasonOf(call)).toBe(reason);
    // What comes from the queue of asynchronous events does not count.
    expect(reasonOf(() => concurrency.acquire('f', '$LATEST', false).release())).toBe('none');
    now += 1000 / requests;
    expect(reasonOf(call)).toBe('none');
    expect(reasonOf(call)).toBe(reason);
  });

  test('what is provisioned goes first and leaves the rest of what is reserved to on-demand', () => {
    const spec = reserved(3, { aliases: { live: '2' }, provisioned: { live: 2 } });
    const concurrency = new Concurrency(10, [spec], Date.now);
    expect([1, 2, 3].map(() => concurrency.acquire('f', '2').provisioned)).toEqual([true, true, false]);
    expect(reasonOf(() => concurrency.acquire('f', '2'))).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
    expect(reasonOf(() => concurrency.acquire('f', '$LATEST'))).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
  });

  test('what is provisioned is taken from the pool that functions share', () => {
    const specs = [functions.spec('f', { aliases: { live: '1' }, provisioned: { live: 2 } }), functions.spec('other')];
    const concurrency = new Concurrency(3, specs, Date.now);
    concurrency.acquire('other', '$LATEST');
    expect(reasonOf(() => concurrency.acquire('other', '$LATEST'))).toBe('ConcurrentInvocationLimitExceeded');
    expect(concurrency.acquire('f', '1').provisioned).toBe(true);
  });
});
