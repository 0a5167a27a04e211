import { pause } from '../../../lambda/runtime/workflow-clock';
import { AwsDouble } from '../workflow/aws-double';
import { envelope, environmentOf, failureOf, newRun, sleep, timeout } from '../workflow/step-fixture';

let aws: AwsDouble;
beforeAll(async () => {
  aws = await AwsDouble.start();
});
afterAll(() => aws.stop());
beforeEach(() => {
  aws.reset();
  for (const level of ['warn', 'error'] as const) jest.spyOn(console, level).mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

const aborted = (signal: AbortSignal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

/** What Step Functions does with a step: calls it again while it continues. */
async function drive(call: (attempt: number) => Promise<unknown>): Promise<{ result: unknown; attempts: number }> {
  for (let attempt = 0; ; attempt++) {
    try {
      return { result: await call(attempt), attempts: attempt + 1 };
    } catch (error) {
      if ((error as Error).name !== 'Workflow.Continue') throw error;
    }
  }
}

test('10 s of checkpointed work in a function of 3 s continues to the end, and nothing that finished runs again', async () => {
  const run = newRun();
  const finished: number[] = [];
  const attempts: number[] = [];
  const { handler } = environmentOf(async (ctx) => {
    attempts.push(ctx.attempt);
    let sum = 0;
    for (let n = 0; n < 20; n++) {
      sum += await ctx.run(`part ${n}`, async ({ signal }) => {
        await pause(500, signal);
        finished.push(n);
        return n;
      });
    }
    return sum;
  });
  const { result, attempts: calls } = await drive((attempt) => handler(envelope({ run, attempt }), timeout(3_000)));
  expect(result).toBe(190);
  expect(finished).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(calls).toBeGreaterThanOrEqual(4);
  // Continuations are not retries.
  expect(new Set(attempts)).toEqual(new Set([0]));
  const results = (await aws.items(run)).filter((item) => String(item['sk']?.['S']).startsWith('result#'));
  expect(results).toHaveLength(20);
}, 30_000);

test('a sub-step that does not fit is Step.NoProgress by name', async () => {
  const { handler } = environmentOf(async (ctx) =>
    ctx.run('slow', ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))),
  );
  const started = Date.now();
  expect(await failureOf(handler(envelope({ run: newRun() }), timeout(3_000)))).toEqual({
    name: 'Step.NoProgress',
    message: expect.stringMatching(
      /^sub-step "slow" does not fit in the (2250|22[0-4]\d) ms that the function's timeout leaves for it; split it or raise the timeout$/,
    ),
  });
  expect(Date.now() - started).toBeLessThan(3_000);
  expect(aws.operations()).toEqual([]);
});

test('the environment is reused after a continuation, and the late result never reaches the table', async () => {
  const run = newRun();
  const late: string[] = [];
  const { handler, exits } = environmentOf(
    async (ctx) => {
      await ctx.run('quick', async () => 1);
      return ctx.run('slow', async ({ signal }) => {
        if (ctx.step.attempt > 0) return 'in time';
        await aborted(signal);
        await sleep(100);
        late.push(signal.aborted ? 'aborted' : 'running');
        return 'late';
      });
    },
    { marginMs: 1_500 },
  );
  // Aborted after 1.5 s; the function settles within the grace time.
  expect(await failureOf(handler(envelope({ run }), timeout(3_000)))).toMatchObject({ name: 'Workflow.Continue' });
  await expect(handler(envelope({ run, attempt: 1 }), timeout(5_000))).resolves.toBe('in time');
  await sleep(300);
  expect(late).toEqual(['aborted']);
  expect(exits).toEqual([]);
  const slow = (await aws.items(run)).filter((item) => item['sk']?.['S'] === 'result#slow');
  expect(slow).toEqual([expect.objectContaining({ value: { S: '"in time"' } })]);
});

test('work that ignores its signal ends the environment after the error is reported, and the next invocation runs nothing', async () => {
  const run = newRun();
  let calls = 0;
  const { handler, exits } = environmentOf(async (ctx) => {
    calls++;
    await ctx.run('quick', async () => 1);
    return ctx.run('deaf', async ({ signal }) => {
      await aborted(signal);
      await sleep(1_500);
      return 'late';
    });
  });
  expect(await failureOf(handler(envelope({ run }), timeout(2_000)))).toMatchObject({ name: 'Workflow.Continue' });
  expect(exits).toEqual([]);
  expect(await failureOf(handler(envelope({ run, attempt: 1 })))).toEqual({
    name: 'Error',
    message: 'environment is ending: deaf ignores its abort signal',
  });
  expect(exits).toEqual([1]);
  expect(calls).toBe(1);
  await sleep(1_200);
  expect(exits).toEqual([1, 1]);
  const items = await aws.items(run);
  expect(items.map((item) => item['sk']?.['S']).sort()).toEqual(['lease', 'result#quick']);
  // Its successor has to wait for the term: this attempt could not promise to start nothing more.
  expect(items.find((item) => item['sk']?.['S'] === 'lease')).toMatchObject({ released: { BOOL: false }, continuations0: { N: '1' } });
});

test('a step that swallows the interruption continues all the same', async () => {
  const run = newRun();
  const { handler } = environmentOf(async (ctx) => {
    const names = ['a', 'b'];
    await ctx.run('before', async () => 1);
    return Promise.allSettled(
      names.map((name) =>
        ctx.run(name, ({ signal }) => (ctx.step.attempt > 0 ? name : aborted(signal).then(() => Promise.reject(new Error('aborted'))))),
      ),
    );
  });
  expect(await failureOf(handler(envelope({ run }), timeout(2_000)))).toMatchObject({ name: 'Workflow.Continue' });
  await expect(handler(envelope({ run, attempt: 1 }), timeout(5_000))).resolves.toEqual([
    { status: 'fulfilled', value: 'a' },
    { status: 'fulfilled', value: 'b' },
  ]);
});

test('a sub-step that states more time than is left waits for the next invocation while its siblings finish', async () => {
  const run = newRun();
  const { handler } = environmentOf(async (ctx) =>
    Promise.all([
      ctx.run('short', async () => {
        await sleep(200);
        return 'short';
      }),
      ctx.run('long', async () => 'long', { needsMs: 3_000 }),
    ]),
  );
  expect(await failureOf(handler(envelope({ run }), timeout(2_000)))).toMatchObject({ name: 'Workflow.Continue' });
  await expect(handler(envelope({ run, attempt: 1 }), timeout(20_000))).resolves.toEqual(['short', 'long']);
});

test('work outside of sub-steps that does not end is Step.NoProgress once all results are old', async () => {
  const run = newRun();
  const { handler } = environmentOf(async (ctx) => {
    await ctx.run('quick', async () => 1);
    if (ctx.signal.aborted) return 'never';
    await sleep(3_000);
    return 'late';
  });
  expect(await failureOf(handler(envelope({ run }), timeout(2_000)))).toMatchObject({ name: 'Workflow.Continue' });
  const second = environmentOf(async (ctx) => {
    await ctx.run('quick', async () => 2);
    await sleep(3_000);
  });
  expect(await failureOf(second.handler(envelope({ run, attempt: 1 }), timeout(2_000)))).toEqual({
    name: 'Step.NoProgress',
    message: expect.stringMatching(/^the work outside of sub-steps does not fit in the \d+ ms/),
  });
});

test('a step without sub-steps has all the time of its function', async () => {
  const { handler, exits } = environmentOf(async () => {
    await sleep(550);
    return 'done';
  });
  await expect(handler(envelope({ run: newRun() }), timeout(600))).resolves.toBe('done');
  expect(exits).toEqual([]);
});

test('a sub-step that was not awaited still ends before the handler returns', async () => {
  const run = newRun();
  const { handler } = environmentOf(async (ctx) => {
    void ctx.run('forgotten', async () => {
      await sleep(100);
      return 1;
    });
    return 'done';
  });
  await expect(handler(envelope({ run }))).resolves.toBe('done');
  expect((await aws.items(run)).map((item) => item['sk']?.['S'])).toEqual(['result#forgotten']);
});

test('fails when a sub-step that was not awaited fails', async () => {
  const { handler } = environmentOf(async (ctx) => {
    void ctx.run('forgotten', async () => {
      await sleep(20);
      throw new Error('lost');
    });
    return 'done';
  });
  expect(await failureOf(handler(envelope({ run: newRun() })))).toEqual({ name: 'Error', message: 'lost' });
});

test('nothing starts after the step has ended', async () => {
  let later: Promise<unknown> | undefined;
  let started = false;
  const { handler } = environmentOf(async (ctx) => {
    later = sleep(50).then(() =>
      ctx.run('too late', async () => {
        started = true;
      }),
    );
    later.catch(() => {});
    return 'done';
  });
  await handler(envelope({ run: newRun() }));
  expect(await failureOf(later!)).toEqual({ name: 'Error', message: 'sub-step "too late" cannot start, because its step has ended' });
  expect(started).toBe(false);
});

test('parallel sub-steps of a failing step are recorded for its retry', async () => {
  const run = newRun();
  let slow = 0;
  const { handler } = environmentOf(async (ctx) =>
    Promise.all([
      ctx.run('slow', async () => {
        slow++;
        await sleep(200);
        return 'slow';
      }),
      ctx.run('flaky', async () => {
        if (ctx.attempt === 0) throw new Error('flaky');
        return 'flaky';
      }),
    ]),
  );
  expect(await failureOf(handler(envelope({ run })))).toEqual({ name: 'Error', message: 'flaky' });
  await expect(handler(envelope({ run, attempt: 1 }))).resolves.toEqual(['slow', 'flaky']);
  expect(slow).toBe(1);
});

test('a terminal failure does not wait for its siblings', async () => {
  const run = newRun();
  const { handler, exits } = environmentOf(async (ctx) =>
    Promise.all([ctx.run('sibling', ({ signal }) => pause(10_000, signal)), ctx.run('wrong', async () => ({ at: new Date() }))]),
  );
  const before = Date.now();
  expect(await failureOf(handler(envelope({ run }), timeout(60_000)))).toMatchObject({ name: 'Step.InvalidResult' });
  expect(Date.now() - before).toBeLessThan(2_000);
  expect(exits).toEqual([]);
});

describe('throttled models', () => {
  const throttled = (name: string, more: object = {}) => Object.assign(new Error('slow down'), { name, ...more });

  test.each(['ThrottlingException', 'Model.Throttled'])('%s is retried inside the sub-step', async (name) => {
    let calls = 0;
    const { handler } = environmentOf(async (ctx) =>
      ctx.run(
        'model',
        async () => {
          if (++calls < 3) throw throttled(name);
          return calls;
        },
        { retry: { baseDelayMs: 5 } },
      ),
    );
    await expect(handler(envelope({ run: newRun() }))).resolves.toBe(3);
    expect(aws.operations()).toEqual(['PutItem']);
  });

  test('the time that the provider asks for is respected', async () => {
    const at: number[] = [];
    const { handler } = environmentOf(async (ctx) =>
      ctx.run(
        'model',
        async () => {
          at.push(performance.now());
          if (at.length === 1) throw throttled('Model.Throttled', { retryAfter: 0.3 });
        },
        { retry: { baseDelayMs: 1 } },
      ),
    );
    await handler(envelope({ run: newRun() }));
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(295);
  });

  test('fails with Model.Throttled, its cause kept, when the time is over and nothing was recorded', async () => {
    const cause = throttled('ThrottlingException', { retryAfter: 60 });
    const { handler } = environmentOf(async (ctx) =>
      ctx.run('model', async () => {
        throw cause;
      }),
    );
    const error: Error = await handler(envelope({ run: newRun() }), timeout(5_000)).then(
      () => new Error('succeeded'),
      (reason) => reason,
    );
    expect(error).toMatchObject({ name: 'Model.Throttled', message: 'slow down', cause });
  });

  test('continues when the time is over and something was recorded', async () => {
    const { handler } = environmentOf(async (ctx) => {
      await ctx.run('first', async () => 1);
      await ctx.run('model', async () => {
        throw throttled('ThrottlingException', { retryAfter: 60 });
      });
    });
    expect(await failureOf(handler(envelope({ run: newRun() }), timeout(5_000)))).toMatchObject({ name: 'Workflow.Continue' });
  });

  test('not retried when the step says so', async () => {
    let calls = 0;
    const { handler } = environmentOf(async (ctx) =>
      ctx.run(
        'model',
        async () => {
          calls++;
          throw throttled('ThrottlingException');
        },
        { retry: false },
      ),
    );
    expect(await failureOf(handler(envelope({ run: newRun() })))).toEqual({ name: 'Model.Throttled', message: 'slow down' });
    expect(calls).toBe(1);
  });
});
