import type { TaskRequest } from '../../../../lib/local/asl/task';
import { SkipClock } from '../../../../lib/local/skip-clock';
import { answering, execution, fault, INVOKE, jsonata, jsonPath, run, START, succeeded, typesOf } from './machine';

const task = (fields: object = {}) => ({ Type: 'Task', Resource: INVOKE, End: true, ...fields });

test('the context object', async () => {
  const machine = jsonata({ W: { Type: 'Wait', Seconds: 2, Next: 'P' }, P: { Type: 'Pass', Output: '{% $states.context %}', End: true } });
  const { output } = await run(machine, { a: 1 }, { context: { Execution: { Extra: true }, State: { Own: 1 } } });
  expect(output).toEqual({
    Execution: {
      Id: 'arn:aws:states:eu-west-1:111122223333:execution:research:run-1',
      Input: { a: 1 },
      Name: 'run-1',
      RoleArn: 'arn:aws:iam::111122223333:role/research',
      StartTime: '2026-03-01T00:00:00.000Z',
      RedriveCount: 0,
      Extra: true,
    },
    StateMachine: { Id: 'arn:aws:states:eu-west-1:111122223333:stateMachine:research', Name: 'research' },
    State: { Name: 'P', EnteredTime: '2026-03-01T00:00:02.000Z', Own: 1 },
  });
});

test('events begin and end with the execution, and are told as they happen', async () => {
  const told: string[] = [];
  const subject = execution(jsonata({ S: { Type: 'Succeed' } }), { a: 1 }, { onEvent: ({ type }) => told.push(type) });
  expect(subject.status).toBe('RUNNING');
  await subject.run();
  expect(subject.status).toBe('SUCCEEDED');
  expect(told).toEqual(typesOf(subject));
  expect(subject.history).toEqual([
    {
      id: 1,
      previousEventId: 0,
      timestamp: new Date(START),
      type: 'ExecutionStarted',
      executionStartedEventDetails: {
        input: '{"a":1}',
        inputDetails: { truncated: false },
        roleArn: 'arn:aws:iam::111122223333:role/research',
      },
    },
    {
      id: 2,
      previousEventId: 0,
      timestamp: new Date(START),
      type: 'SucceedStateEntered',
      stateEnteredEventDetails: { name: 'S', input: '{"a":1}', inputDetails: { truncated: false } },
    },
    {
      id: 3,
      previousEventId: 2,
      timestamp: new Date(START),
      type: 'SucceedStateExited',
      stateExitedEventDetails: { name: 'S', output: '{"a":1}', outputDetails: { truncated: false } },
    },
    {
      id: 4,
      previousEventId: 3,
      timestamp: new Date(START),
      type: 'ExecutionSucceeded',
      executionSucceededEventDetails: { output: '{"a":1}', outputDetails: { truncated: false } },
    },
  ]);
});

test('an execution runs once', async () => {
  const subject = execution(jsonata({ S: { Type: 'Succeed' } }));
  await subject.run();
  await expect(subject.run()).rejects.toThrow('the execution has been started already: use redrive()');
});

test('later changes to the input object change nothing', async () => {
  const input = { a: 1 };
  const subject = execution(jsonata({ W: { Type: 'Wait', Seconds: 1, End: true } }), input);
  const result = subject.run();
  input.a = 2;
  expect(await result).toEqual(succeeded({ a: 1 }));
});

test('TimeoutSeconds of the machine ends everything', async () => {
  const clock = new SkipClock(START);
  const machine = jsonata({ W: { Type: 'Wait', Seconds: 100, End: true } }, { TimeoutSeconds: 60 });
  const subject = execution(machine, {}, { clock });
  expect(await subject.run()).toEqual({ status: 'TIMED_OUT', error: 'States.Timeout' });
  expect(clock.now()).toBe(START + 60_000);
  expect(typesOf(subject).slice(-2)).toEqual(['WaitStateAborted', 'ExecutionTimedOut']);
});

test('a machine that ends in time leaves no timer behind', async () => {
  const clock = new SkipClock(START);
  await run(jsonata({ W: { Type: 'Wait', Seconds: 1, End: true } }, { TimeoutSeconds: 60 }), {}, { clock });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(clock.now()).toBe(START + 1_000);
});

test('stop ends a running execution, and nothing catches it', async () => {
  const machine = jsonata({ T: task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S' }] }), S: { Type: 'Succeed' } });
  let seen: AbortSignal | undefined;
  const tasks = ({ signal }: TaskRequest) => {
    seen = signal;
    subject.stop('Enough', 'by hand');
    return new Promise(() => undefined);
  };
  const subject = execution(machine, {}, { tasks });
  expect(await subject.run()).toEqual({ status: 'ABORTED', error: 'Enough', cause: 'by hand' });
  expect(seen?.aborted).toBe(true);
  expect(typesOf(subject).slice(-2)).toEqual(['TaskStateAborted', 'ExecutionAborted']);
});

describe('limits', () => {
  const most = 262_144;
  const large = 'x'.repeat(most - 2);
  const catchAll = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S' }] };
  const tooLarge = (name: string) => ({
    status: 'FAILED',
    error: 'States.DataLimitExceeded',
    cause: `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  });

  test('256 KiB of input, and not a byte more', async () => {
    expect(await run(jsonata({ S: { Type: 'Succeed' } }), large)).toEqual(succeeded(large));
    expect(() => execution(jsonata({ S: { Type: 'Succeed' } }), `${large}x`)).toThrow('States.DataLimitExceeded');
  });

  test.each<[string, unknown]>([
    ['bytes', `${large}x`],
    ['characters of several bytes', 'é'.repeat(most / 2)],
  ])('256 KiB of result, counted in %s; States.ALL does not catch it', async (_, result) => {
    const machine = jsonata({ T: task(catchAll), S: { Type: 'Succeed' } });
    expect(await run(machine, {}, answering(large))).toMatchObject({ status: 'SUCCEEDED' });
    expect(await run(machine, {}, answering(result))).toEqual(tooLarge('lambda'));
  });

  test.each<[string, object]>([
    ['arguments', task({ Arguments: '{% $states.input & "x" %}' })],
    ['output', task({ Output: '{% [$states.input, $states.input] %}' })],
    ['variables', task({ Output: 1, Assign: { v: '{% $states.input & "x" %}' } })],
    [
      'joined branches',
      { Type: 'Parallel', Branches: ['A', 'B'].map((StartAt) => ({ StartAt, States: { [StartAt]: { Type: 'Succeed' } } })), End: true },
    ],
  ])('256 KiB of %s', async (_, state) => {
    expect(await run(jsonata({ T: state }), large, answering('ok'))).toEqual(tooLarge('T'));
  });

  test('25,000 events end the execution, and nothing catches it', async () => {
    const loop = {
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Choice', Choices: [{ Variable: '$.never', IsPresent: true, Next: 'C' }], Default: 'A' },
      C: { Type: 'Succeed' },
    };
    const branch = { StartAt: 'A', States: loop };
    const machine = jsonPath({ P: { Type: 'Parallel', Branches: [branch], ...catchAll, End: true }, S: { Type: 'Succeed' } });
    const subject = execution(machine);
    const result = await subject.run();
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(result.cause).toContain('The execution reached the maximum number of history events (25000).');
    expect(subject.history).toHaveLength(25_000);
    expect(subject.history.at(-1)?.type).toBe('ExecutionFailed');
    await expect(subject.redrive()).rejects.toThrow('the execution cannot be redriven: its history is full');
  });
});

test('query languages mix state by state', async () => {
  const machine = jsonPath({
    A: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% {"n": $states.input.a * 2} %}', Next: 'B' },
    B: { Type: 'Pass', Parameters: { 'm.$': 'States.MathAdd($.n, 1)' }, Next: 'C' },
    C: task({ QueryLanguage: 'JSONata', Arguments: '{% $states.input.m %}' }),
  });
  expect(await run(machine, { a: 3 })).toEqual(succeeded(7));
});

test('a thousand states are a moment', async () => {
  const states = Object.fromEntries(
    Array.from({ length: 1000 }, (_, n) => [`S${n}`, n === 999 ? { Type: 'Succeed' } : { Type: 'Pass', Next: `S${n + 1}` }]),
  );
  expect(await run(jsonata(states), { a: 1 })).toEqual(succeeded({ a: 1 }));
});

test('a defect of the interpreter is not an error of the execution', async () => {
  const subject = execution(
    jsonata({ W: { Type: 'Wait', Seconds: 1, End: true } }),
    {},
    {
      clock: { now: () => START, sleep: () => Promise.reject(new TypeError('defect')) },
    },
  );
  await expect(subject.run()).rejects.toThrow('defect');
  expect(subject.status).toBe('FAILED');
});

test('an error without a name still fails', async () => {
  expect(await run(jsonata({ T: task() }), {}, answering(fault('')))).toEqual({ status: 'FAILED' });
});
