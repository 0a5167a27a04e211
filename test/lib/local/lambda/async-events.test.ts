import type { FailureRecord } from '../../../../lib/local/lambda/async-events';
import type { DeadLetter } from '../../../../lib/local/lambda/async-outcome';
import { SkipClock } from '../../../../lib/local/skip-clock';
import { arnOf, LocalFunctions, until } from './local-functions';

jest.setTimeout(60_000);

/** Remembers the sleeps that it skips, short ones of throttled events left out. */
class RecordingClock extends SkipClock {
  readonly slept: number[] = [];

  override sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms >= 60_000) this.slept.push(ms);
    return super.sleep(ms, signal);
  }
}

describe('asynchronous invocation', () => {
  const functions = new LocalFunctions();
  const clock = new RecordingClock();
  const letters: { target: string; letter: DeadLetter }[] = [];
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
        functions.spec('flaky', { onFailure, onSuccess: { $LATEST: 'arn:done' } }),
        functions.spec('hopeless', { onFailure, aliases: { live: '1', quiet: '1' }, retryAttempts: { live: 1 } }),
        functions.spec('buried', { onFailure, deadLetterArn: 'arn:dead', retryAttempts: { $LATEST: 0 } }),
        functions.spec('old', { onFailure, maximumEventAgeMs: { $LATEST: 100_000 } }),
        functions.spec('single', { reservedConcurrency: 1 }),
        functions.spec('off', { reservedConcurrency: 0, onFailure }),
        functions.spec('java', { runtime: 'java21', onFailure }),
      ],
      {
        clock,
        onAsyncFailure: (destination, record) => void delivered.push({ destination, record }),
        onDeadLetter: (target, letter) => void letters.push({ target, letter }),
      },
    );
  });

  beforeEach(() => {
    clock.slept.length = 0;
    delivered.length = 0;
    letters.length = 0;
  });

  afterAll(() => functions.close());

  test('is accepted at once and retried after a minute', async () => {
    expect(await send('flaky', { fail: 1 })).toMatchObject({ statusCode: 202, payload: Buffer.alloc(0) });
    await functions.lambda.settled();
    expect(functions.lambda.invocations('flaky')).toBe(2);
    expect(clock.slept).toEqual([60_000]);
    expect(delivered).toMatchObject([
      {
        destination: 'arn:done',
        record: {
          requestContext: { condition: 'Success', approximateInvokeCount: 2 },
          responseContext: { statusCode: 200, executedVersion: '$LATEST' },
          responsePayload: 2,
        },
      },
    ]);
    expect(letters).toEqual([]);
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
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
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

  test('goes to the dead-letter queue as it was sent, with the reason beside it', async () => {
    const { requestId } = await send('buried', { fail: 100 });
    await functions.lambda.settled();
    const attributes = { RequestID: requestId, ErrorCode: '200', ErrorMessage: 'call 1' };
    expect(letters).toEqual([
      { target: 'arn:dead', letter: { functionArn: `${arnOf('buried')}:$LATEST`, body: '{"fail":100}', attributes } },
    ]);
    expect(delivered).toMatchObject([{ destination: 'arn:queue', record: { requestContext: { approximateInvokeCount: 1 } } }]);
  });

  test('is given up at its maximum age, before the second retry', async () => {
    await send('old', { fail: 100 });
    await functions.lambda.settled();
    expect(clock.slept).toEqual([60_000, 120_000]);
    expect(delivered).toMatchObject([{ record: { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 } } }]);
  });

  test('is given up at its maximum age when there is never room for it', async () => {
    const other = new LocalFunctions();
    other.code({ 'index.mjs': 'export const handler = async () => 1;' });
    const records: FailureRecord[] = [];
    const spec = other.spec('crowded', { onFailure: { $LATEST: 'arn:queue' }, maximumEventAgeMs: { $LATEST: 60_000 } });
    const waiting = new RecordingClock();
    await other.start([spec], { concurrency: 0, clock: waiting, onAsyncFailure: (_, record) => void records.push(record) });
    const started = waiting.now();
    await other.lambda.invoke({ functionName: 'crowded', payload: '', invocationType: 'Event' });
    await other.lambda.settled();
    expect(records).toMatchObject([{ requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 } }]);
    expect(waiting.now() - started).toBeGreaterThanOrEqual(60_000);
    await other.close();
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
    expect(delivered).toEqual([]);
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
