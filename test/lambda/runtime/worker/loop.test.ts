import type { ResponseRecord } from '../../../../lambda/contract/routing';
import { type Delivery, runLoop, type WorkerTools } from '../../../../lambda/runtime/worker/loop';

const job = (responseId = 'r-1', input: unknown = 'in') => JSON.stringify({ responseId, userId: 'ines', tenant: 'acme', input });

/** A queue, a bucket and an agent in memory that write down what happens. */
function bench(messages: (string | Partial<Delivery>)[], change: Partial<WorkerTools> = {}) {
  const events: string[] = [];
  const records = new Map<string, ResponseRecord>();
  const stop = new AbortController();
  const waiting = messages.map(
    (message, i): Delivery => ({
      receiptHandle: `m${i}`,
      body: job(`r-${i}`),
      receives: 1,
      ...(typeof message === 'string' ? { body: message } : message),
    }),
  );
  const tools: WorkerTools = {
    receive: async () => {
      const next = waiting.shift();
      if (!next) stop.abort();
      return next;
    },
    extend: async ({ receiptHandle }, seconds) => void events.push(`extend ${receiptHandle} ${seconds}`),
    remove: async ({ receiptHandle }) => void events.push(`remove ${receiptHandle}`),
    read: async (_userId, responseId) => records.get(responseId),
    write: async (userId, record) => {
      events.push(`write ${userId} ${record.responseId} ${record.status}`);
      records.set(record.responseId, record);
    },
    protect: async () => void events.push('protect'),
    unprotect: async () => void events.push('unprotect'),
    work: async (input) => `${input} done`,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
        if (signal?.aborted) resolve();
      }),
    now: Date.now,
    visibilitySeconds: 60,
    stopMs: 10_000,
    ...change,
  };
  return { events, records, stop, tools, run: () => runLoop(tools, stop.signal) };
}

beforeEach(() => {
  jest.useFakeTimers();
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(console, level as 'info').mockImplementation(() => {});
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test('the result is written before the message is deleted, under protection', async () => {
  const { events, records, run } = bench(['', {}].slice(1));
  await run();
  expect(events).toEqual(['protect', 'write ines r-0 succeeded', 'remove m0', 'unprotect']);
  expect(records.get('r-0')).toMatchObject({ status: 'succeeded', output: 'in done' });
});

test('the handler sees the input and who asked', async () => {
  const work = jest.fn(async () => undefined);
  const { records, run } = bench([{ receives: 3 }], { work });
  await run();
  expect(work).toHaveBeenCalledWith('in', {
    responseId: 'r-0',
    userId: 'ines',
    tenant: 'acme',
    attempt: 3,
    signal: expect.any(AbortSignal),
  });
  expect(records.get('r-0')).toMatchObject({ output: null });
});

test('jobs are worked on one after the other', async () => {
  let running = 0;
  let most = 0;
  const work: WorkerTools['work'] = async () => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
  };
  const { events, run } = bench([{}, {}, {}], { work });
  await run();
  expect(most).toBe(1);
  expect(events.filter((event) => event.startsWith('remove'))).toEqual(['remove m0', 'remove m1', 'remove m2']);
});

test('a second delivery of a finished job does not run it again', async () => {
  const work = jest.fn(async () => 'once');
  const { events, run } = bench([{ body: job('same') }, { body: job('same') }], { work });
  await run();
  expect(work).toHaveBeenCalledTimes(1);
  expect(events.filter((event) => event.startsWith('remove'))).toHaveLength(2);
});

test('a job that failed for good and was sent again from the dead-letter queue runs', async () => {
  const { records, run } = bench([{ body: job('r-9') }]);
  records.set('r-9', { status: 'failed', responseId: 'r-9', at: '', error: 'Error' });
  await run();
  expect(records.get('r-9')?.status).toBe('succeeded');
});

test('a long job keeps its message by heartbeat, three times per timeout', async () => {
  const { events, run } = bench([{}], { work: () => new Promise((resolve) => setTimeout(resolve, 100_000)) });
  const running = run();
  await jest.advanceTimersByTimeAsync(100_000);
  await running;
  expect(events.filter((event) => event === 'extend m0 60')).toHaveLength(4);
  expect(events.at(-2)).toBe('remove m0');
  await jest.advanceTimersByTimeAsync(600_000);
  expect(events.filter((event) => event.startsWith('extend'))).toHaveLength(4);
});

describe('a failing job', () => {
  const failing = async () => {
    throw new RangeError('secret detail');
  };

  test.each([
    [1, 5],
    [2, 10],
    [4, 40],
    [5, 60],
  ])('on receive %i is left for redelivery after %i s, and never deleted', async (receives, seconds) => {
    const { events, run } = bench([{ receives }], { work: failing });
    await run();
    expect(events).toContain(`extend m0 ${seconds}`);
    expect(events.some((event) => event.startsWith('remove'))).toBe(false);
    expect(events.at(-1)).toBe('unprotect');
  });

  test.each([
    [4, false],
    [5, true],
  ])('on receive %i the caller learns of it: %s', async (receives, told) => {
    const { records, run } = bench([{ receives }], { work: failing });
    await run();
    expect(records.has('r-0')).toBe(told);
    if (told) expect(records.get('r-0')).toMatchObject({ status: 'failed', error: 'RangeError' });
    expect(JSON.stringify([...records])).not.toContain('secret detail');
  });

  test('does not stop the worker', async () => {
    const work = jest.fn(async () => 'ok').mockRejectedValueOnce(new Error('first'));
    const { events, run } = bench([{}, {}], { work });
    await run();
    expect(events).toContain('remove m1');
  });
});

test('a result that cannot be written leaves the message', async () => {
  const { events, run } = bench([{}], {
    write: async () => {
      throw new Error('bucket gone');
    },
  });
  await run();
  expect(events).toEqual(['protect', 'extend m0 5', 'unprotect']);
});

test.each([
  '',
  'null',
  '[]',
  '{"responseId":"r"}',
  '{"responseId":7,"userId":"u"}',
  '{"responseId":"../x","userId":"u"}',
  '{"responseId":"r","userId":""}',
])('a message that is no job, %s, runs nothing and goes on to the dead-letter queue', async (body) => {
  const work = jest.fn();
  const { events, run } = bench([body], { work });
  await run();
  expect(work).not.toHaveBeenCalled();
  expect(events).toEqual(['extend m0 0']);
});

test('a queue that fails is asked again with growing pauses, not in a loop', async () => {
  const times: number[] = [];
  const { run, stop } = bench([], {
    receive: async () => {
      times.push(Date.now());
      if (times.length === 9) stop.abort();
      throw new Error('down');
    },
  });
  const running = run();
  await jest.advanceTimersByTimeAsync(300_000);
  await running;
  expect(times.slice(1).map((time, i) => (time - times[i]!) / 1_000)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
});

test('protection that fails does not fail the job', async () => {
  const refuse = async () => {
    throw new Error('agent down');
  };
  const { events, run } = bench([{}], { protect: refuse, unprotect: refuse });
  await run();
  expect(events).toContain('remove m0');
});

describe('losing the message', () => {
  test('a heartbeat that fails for a whole timeout ends the job, which then touches nothing', async () => {
    const events: string[] = [];
    let signal: AbortSignal | undefined;
    const { run, events: others } = bench([{}], {
      extend: async () => {
        events.push('extend');
        throw new Error('receipt handle expired');
      },
      work: (_input, context) => {
        signal = context.signal;
        return new Promise(() => {});
      },
    });
    const running = run();
    await jest.advanceTimersByTimeAsync(60_000);
    await running;
    expect(events).toHaveLength(3);
    expect(signal?.aborted).toBe(true);
    expect(others).toEqual(['protect', 'unprotect']);
  });

  test('one that recovers in time does not', async () => {
    let beats = 0;
    const { run, events } = bench([{}], {
      extend: async () => {
        beats += 1;
        if (beats < 3) throw new Error('throttled');
      },
      work: () => new Promise((resolve) => setTimeout(resolve, 70_000)),
    });
    const running = run();
    await jest.advanceTimersByTimeAsync(70_000);
    await running;
    expect(events).toContain('remove m0');
  });
});

describe('the stop', () => {
  test('a message that arrives after it is given back unstarted', async () => {
    const work = jest.fn();
    const { events, run, stop, tools } = bench([{}], { work });
    const receive = tools.receive;
    Object.assign(tools, {
      receive: async () => {
        stop.abort();
        return receive();
      },
    });
    await run();
    expect(work).not.toHaveBeenCalled();
    expect(events).toEqual(['extend m0 0']);
  });

  test('a job that ends in time is finished, and no other is taken', async () => {
    const { events, run, stop } = bench([{}, {}], { work: () => new Promise((resolve) => setTimeout(resolve, 5_000)) });
    const running = run();
    await jest.advanceTimersByTimeAsync(1_000);
    stop.abort();
    await jest.advanceTimersByTimeAsync(5_000);
    await running;
    expect(events).toEqual(['protect', 'write ines r-0 succeeded', 'remove m0', 'unprotect']);
  });

  test.each([
    ['listens to its signal', true],
    ['does not listen', false],
  ])('a job that takes too long and %s is given back within the stop time', async (_what, listens) => {
    const { events, run, stop } = bench([{ receives: 5 }], {
      work: (_input, { signal }) =>
        new Promise((_, reject) => {
          if (listens) signal.addEventListener('abort', () => reject(signal.reason));
        }),
    });
    let end = 0;
    const running = run().then(() => {
      end = Date.now();
    });
    await jest.advanceTimersByTimeAsync(1_000);
    const stopped = Date.now();
    stop.abort();
    await jest.advanceTimersByTimeAsync(60_000);
    await running;
    expect(end - stopped).toBe(10_000);
    expect(events).toEqual(['protect', 'extend m0 0', 'unprotect']);
  });

  test('an idle worker ends after its poll', async () => {
    const { run, stop } = bench([], { receive: () => new Promise((resolve) => setTimeout(resolve, 10_000, undefined)) });
    const running = run();
    stop.abort();
    await jest.advanceTimersByTimeAsync(10_000);
    await expect(running).resolves.toBeUndefined();
  });
});
