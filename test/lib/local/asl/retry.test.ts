import fc from 'fast-check';
import { delaySeconds, handles } from '../../../../lib/local/asl/retry';
import { SkipClock } from '../../../../lib/local/skip-clock';
import { answering, execution, fault, INVOKE, jsonata, jsonPath, run, START, succeeded, typesOf } from './machine';

test.each<[string[], string, boolean]>([
  [['A'], 'A', true],
  [['A'], 'B', false],
  [['B', 'A'], 'A', true],
  [['States.ALL'], 'A', true],
  [['States.ALL'], '', true],
  [['States.ALL'], 'States.Timeout', true],
  [['States.ALL'], 'States.QueryEvaluationError', true],
  [['States.ALL'], 'States.DataLimitExceeded', false],
  [['States.ALL'], 'States.Runtime', false],
  [['States.TaskFailed'], 'A', true],
  [['States.TaskFailed'], 'States.Timeout', false],
  [['States.TaskFailed'], 'States.DataLimitExceeded', false],
  [['States.TaskFailed'], 'States.Runtime', false],
  [['States.Timeout'], 'States.HeartbeatTimeout', true],
  [['States.HeartbeatTimeout'], 'States.Timeout', false],
  [['States.DataLimitExceeded'], 'States.DataLimitExceeded', true],
  [['States.Runtime'], 'States.Runtime', false],
])('%j handles %j: %s', (names, error, expected) => {
  expect(handles(names, error)).toBe(expected);
});

test.each<[object, number[]]>([
  [{}, [1, 2, 4, 8]],
  [{ IntervalSeconds: 3, BackoffRate: 1 }, [3, 3, 3]],
  [{ IntervalSeconds: 2, BackoffRate: 1.5 }, [2, 3, 4.5]],
  [{ IntervalSeconds: 4, BackoffRate: 10, MaxDelaySeconds: 60 }, [4, 40, 60, 60]],
  [{ JitterStrategy: 'NONE' }, [1, 2]],
])('%j waits %j seconds', (fields, delays) => {
  const retrier = { ErrorEquals: ['E'], ...fields };
  expect(delays.map((_, attempt) => delaySeconds(retrier, attempt, () => 0.5))).toEqual(delays);
});

test('full jitter lies between nothing and the whole delay', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
      const fields = { ErrorEquals: ['E'], IntervalSeconds: 2, MaxDelaySeconds: 100 };
      const whole = delaySeconds(fields, attempt, () => random);
      expect(delaySeconds({ ...fields, JitterStrategy: 'FULL' }, attempt, () => random)).toBeCloseTo(whole * random);
    }),
  );
});

const task = (fields: object) => jsonata({ T: { Type: 'Task', Resource: INVOKE, End: true, ...fields } });

test('a retry evaluates the arguments again, with its count in the context', async () => {
  const { tasks, requests } = answering(fault('E'), fault('E'), 'done');
  const machine = task({ Arguments: '{% $states.context.State.RetryCount %}', Retry: [{ ErrorEquals: ['E'] }] });
  const clock = new SkipClock(START);
  expect(await run(machine, {}, { tasks, clock })).toEqual(succeeded('done'));
  expect(requests.map(({ input }) => input)).toEqual([0, 1, 2]);
  expect(clock.now()).toBe(START + 3_000);
});

test('jitter uses the given random', async () => {
  const clock = new SkipClock(START);
  const machine = task({ Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 10, JitterStrategy: 'FULL' }] });
  await run(machine, {}, { ...answering(fault('E'), 'done'), clock, random: () => 0.25 });
  expect(clock.now()).toBe(START + 2_500);
});

test.each([
  [undefined, 4],
  [0, 1],
  [5, 6],
])('MaxAttempts %j makes %i calls', async (MaxAttempts, calls) => {
  const { tasks, requests } = answering(fault('E', 'why'));
  const machine = task({ Retry: [{ ErrorEquals: ['E'], MaxAttempts }] });
  expect(await run(machine, {}, { tasks })).toEqual({ status: 'FAILED', error: 'E', cause: 'why' });
  expect(requests).toHaveLength(calls);
});

test('each retrier counts for itself, and the first that lists the error decides', async () => {
  const { tasks, requests } = answering(fault('A'), fault('B'), fault('A'), fault('B'), fault('B'));
  const Retry = [
    { ErrorEquals: ['A'], MaxAttempts: 2 },
    { ErrorEquals: ['B'], MaxAttempts: 1 },
    { ErrorEquals: ['States.ALL'], MaxAttempts: 9 },
  ];
  expect(await run(task({ Retry }), {}, { tasks })).toMatchObject({ error: 'B' });
  expect(requests).toHaveLength(4);
});

test('leaving a state forgets its retries', async () => {
  const machine = jsonata({
    T: { Type: 'Task', Resource: INVOKE, Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }], Next: 'Again' },
    Again: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = "more" %}', Next: 'T' }], Default: 'Done' },
    Done: { Type: 'Succeed' },
  });
  expect(await run(machine, {}, answering(fault('E'), 'more', fault('E'), 'done'))).toEqual(succeeded('done'));
});

test('an expression that fails is retried and caught like any error', async () => {
  const { tasks, requests } = answering(fault('unused'));
  const machine = jsonata({
    T: {
      Type: 'Task',
      Resource: INVOKE,
      Arguments: '{% $states.context.State.RetryCount < 2 ? $error("early") : $states.input.missing %}',
      Retry: [{ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.Error %}', Next: 'Done' }],
      End: true,
    },
    Done: { Type: 'Succeed' },
  });
  expect(await run(machine, {}, { tasks })).toEqual(succeeded('States.QueryEvaluationError'));
  expect(requests).toEqual([]);
});

describe('Catch', () => {
  const caught = (catcher: object, language: object = {}) =>
    jsonPath({
      T: {
        Type: 'Task',
        Resource: INVOKE,
        Catch: [
          { ErrorEquals: ['Other'], Next: 'Wrong' },
          { ...catcher, Next: 'Show' },
        ],
        End: true,
        ...language,
      },
      Wrong: { Type: 'Fail' },
      Show: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% {"in": $states.input, "v": $v} %}', End: true },
    });
  const all = { ErrorEquals: ['States.ALL'] };
  const inJsonata = { QueryLanguage: 'JSONata' };
  const error = { Error: 'E', Cause: 'why' };

  test.each<[string, object, object]>([
    ['JSONPath: the error', caught(all), { in: error }],
    ['JSONPath: ResultPath into the raw input', caught({ ...all, ResultPath: '$.e' }, { InputPath: '$.a' }), { in: { a: 1, e: error } }],
    ['JSONPath: ResultPath null', caught({ ...all, ResultPath: null }), { in: { a: 1 } }],
    ['JSONPath: Assign from the error', caught({ ...all, ResultPath: null, Assign: { 'v.$': '$.Cause' } }), { in: { a: 1 }, v: 'why' }],
    ['JSONata: the error', caught(all, inJsonata), { in: error }],
    [
      'JSONata: Output and Assign',
      caught(
        { ...all, Output: '{% [$states.input.a, $states.errorOutput.Error] %}', Assign: { v: '{% $states.errorOutput.Cause %}' } },
        inJsonata,
      ),
      { in: [1, 'E'], v: 'why' },
    ],
  ])('%s', async (_, machine, output) => {
    expect(await run(machine, { a: 1 }, answering(fault('E', 'why')))).toEqual(succeeded(output));
  });

  test('comes after the retries', async () => {
    const { tasks, requests } = answering(fault('E'));
    const machine = caught({ ...all, ResultPath: null }, { Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }] });
    expect(await run(machine, {}, { tasks })).toMatchObject({ status: 'SUCCEEDED' });
    expect(requests).toHaveLength(2);
  });

  test('that fails itself is not caught again', async () => {
    const machine = caught({ ...all, ResultPath: '$.a.b' });
    expect(await run(machine, { a: 'text' }, answering(fault('E')))).toMatchObject({ error: 'States.ReferencePathConflict' });
  });

  test('does not take States.Runtime', async () => {
    const machine = caught(all, { Parameters: { 'x.$': '$.missing' } });
    expect(await run(machine)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('leaves the state by its exit', async () => {
    const subject = execution(caught(all), {}, answering(fault('E')));
    await subject.run();
    expect(typesOf(subject).slice(4, 7)).toEqual(['TaskFailed', 'TaskStateExited', 'PassStateEntered']);
  });
});
