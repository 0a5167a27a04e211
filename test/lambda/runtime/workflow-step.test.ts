import { AwsDouble } from '../workflow/aws-double';
import { envelope, environmentOf, failureOf, newRun, timeout } from '../workflow/step-fixture';

let aws: AwsDouble;
beforeAll(async () => {
  aws = await AwsDouble.start();
});
afterAll(() => aws.stop());
beforeEach(() => {
  aws.reset();
  jest.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

describe('checkpoints', () => {
  test('a new checkpoint is exactly one request, and a first attempt reads nothing', async () => {
    const { handler } = environmentOf(async (ctx) => ctx.run('search', async () => ({ hits: 3 })));
    await expect(handler(envelope({ run: newRun() }))).resolves.toEqual({ hits: 3 });
    expect(aws.operations()).toEqual(['PutItem']);
  });

  test('a retry replays finished sub-steps and runs only the rest', async () => {
    const run = newRun();
    const calls: string[] = [];
    let broken = true;
    const { handler } = environmentOf(async (ctx) => {
      const first = await ctx.run('first', async () => {
        calls.push('first');
        return { at: calls.length };
      });
      const second = await ctx.run('second', async () => {
        calls.push('second');
        if (broken) throw new Error('provider down');
        return 'done';
      });
      return { first, second, attempt: ctx.attempt };
    });
    expect(await failureOf(handler(envelope({ run })))).toEqual({ name: 'Error', message: 'provider down' });
    broken = false;
    aws.reset();
    await expect(handler(envelope({ run, attempt: 1 }))).resolves.toEqual({ first: { at: 1 }, second: 'done', attempt: 1 });
    expect(calls).toEqual(['first', 'second', 'second']);
    expect(aws.operations()).toEqual(['UpdateItem', 'Query', 'PutItem']);
    const [query] = aws.sent('Query');
    expect(query).toMatchObject({ ConsistentRead: true });
  });

  test('a redrive replays as well', async () => {
    const run = newRun();
    let calls = 0;
    const { handler } = environmentOf(async (ctx) => ctx.run('once', async () => ++calls));
    await handler(envelope({ run }));
    await expect(handler(envelope({ run, redrive: 1 }))).resolves.toBe(1);
    expect(calls).toBe(1);
  });

  test.each([
    ['null', null],
    ['a string', 'text'],
    ['an empty string', ''],
    ['zero', 0],
    ['false', false],
    ['a list', [1, [2], { three: 3 }]],
    ['an object', { a: { b: ['c'] } }],
    ['nothing', undefined],
  ])('%s is recorded and replayed as what it is', async (_, value) => {
    const run = newRun();
    const seen: unknown[] = [];
    const { handler } = environmentOf(async (ctx) => {
      seen.push(await ctx.run('value', async () => value));
      return null;
    });
    await handler(envelope({ run }));
    await handler(envelope({ run, attempt: 1 }));
    expect(seen).toEqual([value, value]);
  });

  test('results of one step do not leak into another step, run or state machine', async () => {
    const run = newRun();
    let calls = 0;
    const { handler } = environmentOf(async (ctx) => ctx.run('count', async () => ++calls));
    const other = envelope({ run, attempt: 1 });
    await handler(envelope({ run }));
    await handler(envelope({ run, id: 'Research[1]', attempt: 1 }));
    await handler(envelope({ run: newRun(), attempt: 1 }));
    await handler({ ...other, workflow: { ...other.workflow, executionArn: other.workflow.executionArn.replace(':Flow:', ':Other:') } });
    expect(calls).toBe(4);
  });

  test('concurrent sub-steps that become ready together share one transaction', async () => {
    const { handler } = environmentOf(async (ctx) =>
      Promise.all(Array.from({ length: 30 }, (_, n) => ctx.run(`source ${n}`, async () => n))),
    );
    await expect(handler(envelope({ run: newRun() }))).resolves.toEqual(Array.from({ length: 30 }, (_, n) => n));
    expect(aws.operations()).toEqual(['TransactWriteItems']);
  });

  test('more than 100 results take two transactions', async () => {
    const { handler } = environmentOf(async (ctx) => {
      await Promise.all(Array.from({ length: 101 }, (_, n) => ctx.run(`source ${n}`, async () => n)));
      return null;
    });
    await handler(envelope({ run: newRun() }));
    expect(aws.operations().sort()).toEqual(['PutItem', 'TransactWriteItems']);
  });

  test('a cancelled transaction falls back to single writes, and the recorded result wins', async () => {
    const run = newRun();
    const one = environmentOf(async (ctx) => Promise.all(['a', 'b'].map((name) => ctx.run(name, async () => `first ${name}`))));
    const two = environmentOf(async (ctx) => Promise.all(['b', 'c'].map((name) => ctx.run(name, async () => `second ${name}`))));
    await one.handler(envelope({ run }));
    aws.reset();
    await expect(two.handler(envelope({ run }))).resolves.toEqual(['first b', 'second c']);
    expect(aws.operations()).toEqual(['TransactWriteItems', 'PutItem', 'PutItem']);
  });

  test('the loser of a race adopts the recorded result', async () => {
    const run = newRun();
    const winner = environmentOf(async (ctx) => ctx.run('vote', async () => 'winner'));
    const loser = environmentOf(async (ctx) => ctx.run('vote', async () => 'loser'));
    await winner.handler(envelope({ run }));
    await expect(loser.handler(envelope({ run }))).resolves.toBe('winner');
    expect(await aws.items(run)).toHaveLength(1);
  });

  test('two sub-steps of one name are refused by name', async () => {
    const { handler } = environmentOf(async (ctx) => {
      await ctx.run('same', async () => 1);
      return ctx.run('same', async () => 2);
    });
    expect(await failureOf(handler(envelope({ run: newRun() })))).toEqual({
      name: 'Step.DuplicateSubStep',
      message: 'two sub-steps of one attempt are named "same"; give each its own name',
    });
  });

  test.each([
    ['a Date', new Date(0), 'result of x.value must be JSON, got a Date; return plain data'],
    ['a Map', new Map(), 'result of x.value must be JSON, got a Map; return plain data'],
    ['NaN', Number.NaN, 'result of x.value must be JSON, got NaN'],
    ['a function', () => 1, 'result of x.value must be JSON, got a function'],
    ['a bigint', 1n, 'result of x.value must be JSON, got a bigint'],
    ['bytes', new Uint8Array(2), 'result of x.value must be JSON, got a Uint8Array; return plain data'],
  ])('fails when a sub-step returns %s', async (_, value, message) => {
    const { handler } = environmentOf(async (ctx) => ctx.run('x', async () => ({ value })));
    expect(await failureOf(handler(envelope({ run: newRun() })))).toEqual({ name: 'Step.InvalidResult', message });
  });

  test('results live as long as the store keeps them, and expired ones are as good as deleted', async () => {
    const run = newRun();
    const at = Date.now();
    let calls = 0;
    const { handler } = environmentOf(async (ctx) => ctx.run('x', async () => ++calls));
    await handler(envelope({ run }));
    const [item] = await aws.items(run);
    expect(Number(item?.['expiresAt']?.['N'])).toBeGreaterThanOrEqual(Math.floor(at / 1000) + 3600);
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => at + 3_700_000);
    try {
      await expect(handler(envelope({ run, attempt: 1 }))).resolves.toBe(2);
    } finally {
      clock.mockRestore();
    }
  });

  test('a step reads every page of its results', async () => {
    const run = newRun();
    let calls = 0;
    const { handler } = environmentOf(
      async (ctx) => {
        const sizes = [];
        for (let n = 0; n < 5; n++) {
          const text = await ctx.run(`page ${n}`, async () => {
            calls++;
            return 'x'.repeat(300_000);
          });
          sizes.push(text.length);
        }
        return sizes;
      },
      { inlineResultBytes: 340_000 },
    );
    await handler(envelope({ run }));
    aws.reset();
    await expect(handler(envelope({ run, attempt: 1 }))).resolves.toEqual(Array(5).fill(300_000));
    expect(calls).toBe(5);
    expect(aws.operations().filter((operation) => operation === 'Query').length).toBeGreaterThan(1);
  });
});

describe('claim checks', () => {
  test('a large sub-step result goes to S3 first and is replayed from there', async () => {
    const run = newRun();
    const large = 'x'.repeat(40_000);
    const { handler } = environmentOf(async (ctx) => (await ctx.run('large', async () => large)).length);
    await handler(envelope({ run }));
    expect(aws.calls.map(({ service, operation }) => `${service} ${operation}`).slice(0, 2)).toEqual(['s3 PUT', 'dynamodb PutItem']);
    await expect(handler(envelope({ run, attempt: 1 }))).resolves.toBe(40_000);
  });

  test.each([
    [100, false],
    [99, true],
  ])('a result of 100 bytes with %i bytes allowed inline: by claim check %s', async (maxInlineBytes, checked) => {
    const text = 'x'.repeat(98);
    const { handler } = environmentOf(async () => text);
    const result = await handler(envelope({ run: newRun(), maxInlineBytes }));
    if (checked) expect(result).toEqual({ $claimCheck: expect.objectContaining({ bucket: 'workflow-bucket', bytes: 100 }) });
    else expect(result).toBe(text);
  });

  test('exposed fields stay readable beside the claim check, and the next step sees the whole', async () => {
    const run = newRun();
    const whole = { verdict: 'good', pages: ['x'.repeat(1_000)] };
    const producer = environmentOf(async () => whole);
    const result = await producer.handler(envelope({ run, maxInlineBytes: 0, expose: ['verdict', 'absent'] }));
    expect(result).toEqual({ verdict: 'good', $claimCheck: expect.any(Object) });
    const consumer = environmentOf(async (_, input) => input);
    await expect(consumer.handler(envelope({ run, input: result }))).resolves.toEqual(whole);
    await expect(consumer.handler(envelope({ run, input: { branches: [result, result], n: 1 } }))).resolves.toEqual({
      branches: [whole, whole],
      n: 1,
    });
  });

  test('fails when the exposed fields are too large to travel', async () => {
    const { handler } = environmentOf(async () => ({ summary: 'x'.repeat(5_000) }));
    expect(await failureOf(handler(envelope({ run: newRun(), maxInlineBytes: 10, expose: ['summary'] })))).toEqual({
      name: 'Step.InvalidResult',
      message: 'the exposed fields summary must be at most 4096 bytes together, got 5014; expose smaller ones',
    });
  });

  test('fails when the object is missing, changed or elsewhere', async () => {
    const { handler } = environmentOf(async (_, input) => input);
    const produce = environmentOf(async () => 'content');
    const result = (await produce.handler(envelope({ run: newRun(), maxInlineBytes: 0 }))) as { $claimCheck: Record<string, unknown> };
    const claim = result.$claimCheck;
    const call = (changes: object) => failureOf(handler(envelope({ run: newRun(), input: { $claimCheck: { ...claim, ...changes } } })));
    expect(await call({ key: 'gone' })).toEqual({
      name: 'ClaimCheck.Broken',
      message: 'claim check s3://workflow-bucket/gone is missing or not readable',
    });
    expect((await call({ sha256: '0'.repeat(64) })).message).toMatch(/must hold 9 bytes with sha256 0{64}, got 9 bytes with [0-9a-f]{64}$/);
    expect(await call({ bucket: 'foreign' })).toEqual({
      name: 'ClaimCheck.Broken',
      message: `claim check s3://foreign/${claim['key']} is outside the workflow's bucket workflow-bucket`,
    });
    expect(await call({ sha256: 'short' })).toMatchObject({ name: 'Step.InvalidInput' });
  });
});

describe('bad input', () => {
  test.each<[string, unknown, string]>([
    ['no object', 'text', 'event must be a step envelope, got "text"'],
    ['nothing', undefined, 'event must be a step envelope, got nothing'],
    [
      'an empty object',
      {},
      'step envelope is malformed: workflow must be an object, got nothing; step must be an object, got nothing; input is missing',
    ],
    [
      'wrong fields',
      { ...envelope({ run: 'r' }), step: { id: '', attempt: -1, redrive: 0.5, maxInlineBytes: 1, expose: 'x' } },
      'step envelope is malformed: step.id must be a non-empty string, got ""; step.attempt must be a whole number of at least 0, got -1; ' +
        'step.redrive must be a whole number of at least 0, got 0.5; step.expose must be a list of field names, got "x"',
    ],
  ])('fails when the event is %s', async (_, event, message) => {
    const { handler } = environmentOf(async () => null);
    expect(await failureOf(handler(event))).toEqual({ name: 'Step.InvalidInput', message });
  });

  test('what parse throws is a Step.InvalidInput', async () => {
    const { handler } = environmentOf(async (_, input: number) => input, {
      parse: (input) => {
        if (typeof input !== 'number') throw new Error('input must be a number');
        return input;
      },
    });
    await expect(handler(envelope({ run: newRun(), input: 7 }))).resolves.toBe(7);
    expect(await failureOf(handler(envelope({ run: newRun(), input: 'x' })))).toEqual({
      name: 'Step.InvalidInput',
      message: 'input must be a number',
    });
  });
});

describe('faults of the store', () => {
  test('a throttled table is retried by the client and nothing is lost', async () => {
    let throttled = 2;
    aws.fault = ({ operation }) => (operation === 'PutItem' && throttled-- > 0 ? { error: 'ThrottlingException' } : undefined);
    const { handler } = environmentOf(async (ctx) => ctx.run('x', async () => 1));
    const run = newRun();
    await expect(handler(envelope({ run }))).resolves.toBe(1);
    expect(await aws.items(run)).toHaveLength(1);
  });

  test('fails with Store.Unavailable when the table keeps throttling', async () => {
    aws.fault = ({ operation }) => (operation === 'PutItem' ? { error: 'ProvisionedThroughputExceededException' } : undefined);
    const { handler } = environmentOf(async (ctx) => ctx.run('x', async () => 1));
    expect(await failureOf(handler(envelope({ run: newRun() }), timeout(60_000)))).toEqual({
      name: 'Store.Unavailable',
      message: 'cannot record x in table workflow-store: fault',
    });
  }, 60_000);

  test('a defect of the deployment keeps its own name', async () => {
    aws.fault = () => ({ error: 'AccessDeniedException', message: 'not authorized' });
    const { handler } = environmentOf(async (ctx) => ctx.run('x', async () => 1));
    expect(await failureOf(handler(envelope({ run: newRun() })))).toEqual({ name: 'AccessDeniedException', message: 'not authorized' });
  });
});
