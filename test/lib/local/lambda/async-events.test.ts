import type { Clock } from '../../../../lib/local/clock';
import type { FailureRecord } from '../../../../lib/local/lambda/async-events';
import { arnOf, LocalFunctions, until } from './local-functions';

jest.setTimeout(60_000);

/** A clock whose sleeps pass at once and are remembered. */
class SkippingClock implements Clock {
  readonly slept: number[] = [];
  private time = Date.parse('2026-01-01T00:00:00Z');

  now(): number {
    return this.time;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.slept.push(ms);
    this.time += ms;
  }
}

describe('asynchronous invocation', () => {
  const functions = new LocalFunctions();
  const clock = new SkippingClock();
  const delivered: { destination: string; record: FailureRecord }[] = [];
  const send = (functionName: string, event: unknown, qualifier?: string) =>
    functions.lambda.invoke({ functionName, qualifier, payload: JSON.stringify(event), invocationType: 'Event' });

  beforeAll(async () => {
    functions.code({
      'index.mjs': `
        let calls = 0;
        export const handler = async ({ fail = 0, ms = 0 }) => {
          calls += 1;
          await new Promise((resolve) => setTimeout(resolve, ms));
          if (calls <= fail) throw new Error('call ' + calls);
          return calls;
        };`,
    });
    const onFailure = { $LATEST: 'arn:queue', live: 'arn:live-queue' };
    await functions.start(
      [
        functions.spec('flaky', { onFailure }),
        functions.spec('hopeless', { onFailure, aliases: { live: '1', quiet: '1' }, retryAttempts: { live: 1 } }),
        functions.spec('single', { reservedConcurrency: 1 }),
        functions.spec('off', { reservedConcurrency: 0, onFailure }),
        functions.spec('java', { runtime: 'java21', onFailure }),
      ],
      { clock, onAsyncFailure: (destination, record) => void delivered.push({ destination, record }) },
    );
  });

  beforeEach(() => {
    clock.slept.length = 0;
    delivered.length = 0;
  });

  afterAll(() => functions.close());

  test('is accepted at once and retried after a minute', async () => {
    expect(await send('flaky', { fail: 1 })).toMatchObject({ statusCode: 202, payload: Buffer.alloc(0) });
    await functions.lambda.settled();
    expect(functions.lambda.invocations('flaky')).toBe(2);
    expect(clock.slept).toEqual([60_000]);
    expect(delivered).toEqual([]);
  });

  test('goes to the on-failure destination after two retries', async () => {
    const { requestId } = await send('hopeless', { fail: 100 });
    await functions.lambda.settled();
    expect(clock.slept).toEqual([60_000, 120_000]);
    expect(delivered).toEqual([
      {
        destination: 'arn:queue',
        record: {
          version: '1.0',
          timestamp: new Date(clock.now()).toISOString(),
          requestContext: {
            requestId,
            functionArn: `${arnOf('hopeless')}:$LATEST`,
            condition: 'RetriesExhausted',
            approximateInvokeCount: 3,
          },
          requestPayload: { fail: 100 },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: expect.objectContaining({ errorType: 'Error', errorMessage: 'call 3' }),
        },
      },
    ]);
  });

  test('uses retries and destination of the qualifier that was invoked', async () => {
    await send('hopeless', { fail: 100 }, 'live');
    await functions.lambda.settled();
    expect(clock.slept).toEqual([60_000]);
    expect(delivered).toMatchObject([{ destination: 'arn:live-queue', record: { requestContext: { approximateInvokeCount: 2 } } }]);
  });

  test('is dropped without a trace where the qualifier has no destination', async () => {
    await send('hopeless', { fail: 100 }, 'quiet');
    await functions.lambda.settled();
    expect(clock.slept).toEqual([60_000, 120_000]);
    expect(delivered).toEqual([]);
  });

  test('waits for concurrency without using up its retries', async () => {
    const warned: Error[] = [];
    const warn = (warning: Error) => warned.push(warning);
    process.on('warning', warn);
    await Promise.all(Array.from({ length: 20 }, () => send('single', { ms: 20 })));
    await functions.lambda.settled();
    process.off('warning', warn);
    expect(functions.lambda.invocations('single')).toBe(20);
    expect(warned).toEqual([]);
    expect(clock.slept).toEqual([]);
  });

  test('of a function that is switched off goes to the destination without an attempt', async () => {
    await send('off', { a: 1 });
    await functions.lambda.settled();
    expect(delivered).toMatchObject([
      { destination: 'arn:queue', record: { requestContext: { approximateInvokeCount: 0 }, requestPayload: { a: 1 } } },
    ]);
    expect(delivered[0]!.record.responsePayload).toBeUndefined();
  });

  test('of a function that cannot run here ends at the destination too', async () => {
    await send('java', {});
    await functions.lambda.settled();
    expect(delivered).toMatchObject([{ destination: 'arn:queue', record: { requestContext: { condition: 'RetriesExhausted' } } }]);
  });

  test('refuses an unknown function at once', async () => {
    await expect(send('nowhere', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('is dropped when the service closes', async () => {
    const other = new LocalFunctions();
    other.code({ 'index.mjs': 'export const handler = async () => { throw new Error("no"); };' });
    await other.start([other.spec('failing')]);
    await other.lambda.invoke({ functionName: 'failing', payload: '', invocationType: 'Event' });
    await until(() => other.lambda.environments('failing').some(({ state }) => state === 'idle'));
    // Now the first retry is a minute away, by the real clock.
    await other.close();
    expect(other.lambda.invocations('failing')).toBe(1);
  });
});
