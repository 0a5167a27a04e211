import { AwsDouble } from '../workflow/aws-double';
import { envelope, environmentOf, failureOf, newRun, sleep } from '../workflow/step-fixture';

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

function gate(): { open: () => void; passed: Promise<void> } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

test('a superseded attempt starts nothing more, and its late result changes nothing that was recorded', async () => {
  const run = newRun();
  const [frozen, reached] = [gate(), gate()];
  const started: string[] = [];
  const zombie = environmentOf(async (ctx) => {
    await ctx.run('first', async () => 'zombie first');
    await ctx.run('second', async () => {
      started.push('zombie second');
      reached.open();
      await frozen.passed;
      return 'zombie second';
    });
    return ctx.run('third', async () => {
      started.push('zombie third');
    });
  });
  const heir = environmentOf(async (ctx) => {
    const results: unknown[] = [];
    for (const name of ['first', 'second']) {
      results.push(
        await ctx.run(name, async () => {
          started.push(`heir ${name}`);
          return `heir ${name}`;
        }),
      );
    }
    return results;
  });
  const zombieCall = failureOf(zombie.handler(envelope({ run })));
  await reached.passed;
  const before = Date.now();
  await expect(heir.handler(envelope({ run, attempt: 1 }))).resolves.toEqual(['zombie first', 'heir second']);
  // It waited for the term of its predecessor, which might still have started something.
  expect(Date.now() - before).toBeGreaterThanOrEqual(1_000);
  frozen.open();
  expect(await zombieCall).toEqual({
    name: 'Step.LeaseLost',
    message: 'another attempt took the step over from attempt 0 of redrive 0',
  });
  expect(started).toEqual(['zombie second', 'heir second']);
  const second = (await aws.items(run)).filter((item) => item['sk']?.['S'] === 'result#second');
  expect(second).toEqual([expect.objectContaining({ value: { S: '"heir second"' } })]);
});

test('what a predecessor finishes during its last term is replayed, not done again', async () => {
  const run = newRun();
  const reached = gate();
  const started: string[] = [];
  const work = (who: string) =>
    environmentOf(async (ctx) =>
      ctx.run('work', async () => {
        started.push(who);
        reached.open();
        await sleep(200);
        return who;
      }),
    );
  const first = work('first').handler(envelope({ run }));
  await reached.passed;
  await expect(work('second').handler(envelope({ run, attempt: 1 }))).resolves.toBe('first');
  await expect(first).resolves.toBe('first');
  expect(started).toEqual(['first']);
});

test('a successor of an attempt that said it was done does not wait', async () => {
  const run = newRun();
  const { handler } = environmentOf(async (ctx) =>
    ctx.run('work', async () => {
      if (ctx.attempt === 0) throw new Error('once');
      return 'done';
    }),
  );
  await failureOf(handler(envelope({ run })));
  aws.reset();
  await expect(handler(envelope({ run, attempt: 1 }))).resolves.toBe('done');
  // A wait ends with a second look at what is recorded.
  expect(aws.sent('Query')).toHaveLength(1);
});

test('after its term a holder checks the lease once for all that starts together', async () => {
  const { handler } = environmentOf(async (ctx) => {
    await ctx.run('slow', () => sleep(1_050));
    await Promise.all(['a', 'b', 'c'].map((name) => ctx.run(name, async () => name)));
    await ctx.run('d', async () => 'd');
    return null;
  });
  await handler(envelope({ run: newRun() }));
  expect(aws.operations()).toEqual(['PutItem', 'GetItem', 'TransactWriteItems', 'PutItem']);
});

test('an earlier attempt that arrives late cannot take the step back', async () => {
  const run = newRun();
  const { handler } = environmentOf(async (ctx) => ctx.run('work', async () => ctx.step.attempt));
  await expect(handler(envelope({ run, attempt: 2 }))).resolves.toBe(2);
  expect(await failureOf(handler(envelope({ run, attempt: 1 })))).toEqual({
    name: 'Step.LeaseLost',
    message: 'another attempt took the step over from attempt 1 of redrive 0',
  });
  await expect(handler(envelope({ run, attempt: 0, redrive: 1 }))).resolves.toBe(2);
});

test('a repeated delivery of one attempt supersedes the one before', async () => {
  const run = newRun();
  const [frozen, reached] = [gate(), gate()];
  const step = (who: string, wait: Promise<void>) =>
    environmentOf(async (ctx) => {
      await ctx.run('first', async () => {
        reached.open();
        await wait;
        return who;
      });
      return ctx.run('next', async () => who);
    });
  const one = failureOf(step('one', frozen.passed).handler(envelope({ run, attempt: 1 })));
  await reached.passed;
  await expect(step('two', Promise.resolve()).handler(envelope({ run, attempt: 1 }))).resolves.toBe('two');
  frozen.open();
  expect(await one).toMatchObject({ name: 'Step.LeaseLost' });
});

test('a holder whose checks take longer than the term starts nothing', async () => {
  aws.fault = ({ operation }) => (operation === 'GetItem' ? { delayMs: 1_100 } : undefined);
  let started = false;
  const { handler } = environmentOf(async (ctx) => {
    await ctx.run('slow', () => sleep(1_050));
    await ctx.run('next', async () => {
      started = true;
    });
  });
  expect(await failureOf(handler(envelope({ run: newRun() })))).toEqual({
    name: 'Store.Unavailable',
    message: 'the lease could not be checked within 1000 ms',
  });
  expect(started).toBe(false);
}, 15_000);

test('the idempotency key of a sub-step is the same in every attempt and differs between sub-steps', async () => {
  const run = newRun();
  const keys: string[] = [];
  const { handler } = environmentOf(async (ctx) => {
    for (const name of ['a', 'b']) {
      await ctx.run(name, async ({ idempotencyKey }) => {
        keys.push(idempotencyKey);
        if (name === 'b' && ctx.attempt === 0) throw new Error('once');
      });
    }
  });
  await failureOf(handler(envelope({ run })));
  await handler(envelope({ run, attempt: 1 }));
  expect(keys).toHaveLength(3);
  expect(keys[1]).toBe(keys[2]);
  expect(keys[0]).not.toBe(keys[1]);
});

test('an attempt that only replays leaves nothing behind: no request follows its answer', async () => {
  const run = newRun();
  const { handler } = environmentOf(async (ctx) => ctx.run('only', async () => 'once'));
  await handler(envelope({ run }));
  aws.reset();
  await expect(handler(envelope({ run, attempt: 1 }))).resolves.toBe('once');
  const answered = aws.operations();
  await sleep(1_300);
  expect(aws.operations()).toEqual(answered);
});
