import type { TaskRequest } from '../../../../../lib/local/asl/task';
import { SkipClock } from '../../../../../lib/local/skip-clock';
import { answering, execution, fault, INVOKE, jsonata, jsonPath, run, START, succeeded, typesOf } from '../machine';

const branch = (name: string, fields: object) => ({ StartAt: name, States: { [name]: { End: true, ...fields } } });
const pass = (name: string, fields: object = {}) => branch(name, { Type: 'Pass', ...fields });
const task = (name: string, fields: object = {}) => branch(name, { Type: 'Task', Resource: INVOKE, ...fields });

test.each<[string, object, unknown]>([
  ['each branch gets the input', jsonPath({ P: { Type: 'Parallel', Branches: [pass('A'), pass('B')], End: true } }), [{ n: 1 }, { n: 1 }]],
  [
    'JSONPath shapes what goes in and out',
    jsonPath({
      P: {
        Type: 'Parallel',
        Parameters: { 'x.$': '$.n' },
        Branches: [pass('A'), pass('B')],
        ResultSelector: { 'first.$': '$[0].x' },
        ResultPath: '$.r',
        End: true,
      },
    }),
    { n: 1, r: { first: 1 } },
  ],
  [
    'JSONata shapes what goes in and out',
    jsonata({
      P: {
        Type: 'Parallel',
        Arguments: { x: '{% $states.input.n %}' },
        Branches: [pass('A', { Output: '{% $states.input.x + 1 %}' }), pass('B', { Output: 5 })],
        Output: '{% $sum($states.result) %}',
        End: true,
      },
    }),
    7,
  ],
])('%s', async (_, machine, output) => {
  expect(await run(machine, { n: 1 })).toEqual(succeeded(output));
});

test('branches run at the same time and answer in their order', async () => {
  const clock = new SkipClock(START);
  const wait = (name: string, Seconds: number) => branch(name, { Type: 'Wait', Seconds, Output: name });
  const machine = jsonata({ P: { Type: 'Parallel', Branches: [wait('slow', 30), wait('fast', 10)], End: true } });
  expect(await run(machine, {}, { clock })).toEqual(succeeded(['slow', 'fast']));
  expect(clock.now()).toBe(START + 30_000);
});

test('branches read outer variables and keep their own to themselves', async () => {
  const inner = (name: string) => ({
    StartAt: `${name}1`,
    States: {
      [`${name}1`]: { Type: 'Pass', Assign: { mine: name }, Next: `${name}2` },
      [`${name}2`]: { Type: 'Pass', Output: '{% $outer & $mine %}', End: true },
    },
  });
  const machine = jsonata({
    S: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'P' },
    P: { Type: 'Parallel', Branches: [inner('a'), inner('b')], Assign: { all: '{% $states.result %}' }, Next: 'Show' },
    Show: { Type: 'Pass', Output: '{% {"all": $all, "leaked": $mine} %}', End: true },
  });
  expect(await run(machine)).toEqual(succeeded({ all: ['oa', 'ob'] }));
});

describe('a branch that fails', () => {
  const failing = branch('F', { Type: 'Fail', Error: 'E', Cause: 'why', End: undefined });
  const sleeping = branch('W', { Type: 'Wait', Seconds: 1000 });

  test('fails the state with its error and stops the others at once', async () => {
    const clock = new SkipClock(START);
    const subject = execution(jsonata({ P: { Type: 'Parallel', Branches: [sleeping, failing], End: true } }), {}, { clock });
    expect(await subject.run()).toEqual({ status: 'FAILED', error: 'E', cause: 'why' });
    expect(clock.now()).toBe(START);
    expect(typesOf(subject)).toEqual([
      'ExecutionStarted',
      'ParallelStateEntered',
      'ParallelStateStarted',
      'WaitStateEntered',
      'FailStateEntered',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
  });

  test('aborts the signal of a sibling task', async () => {
    let sibling: TaskRequest | undefined;
    const tasks = (request: TaskRequest) => {
      if (request.stateName === 'Bad') return Promise.reject(fault('E'));
      sibling = request;
      return new Promise(() => undefined);
    };
    const machine = jsonata({ P: { Type: 'Parallel', Branches: [task('Hangs'), task('Bad')], End: true } });
    expect(await run(machine, {}, { tasks })).toMatchObject({ error: 'E' });
    expect(sibling?.signal.aborted).toBe(true);
  });

  test('is caught by the state around it', async () => {
    const machine = jsonPath({
      P: {
        Type: 'Parallel',
        Branches: [pass('A'), failing],
        Catch: [{ ErrorEquals: ['E'], ResultPath: '$.e', Next: 'Done' }],
        End: true,
      },
      Done: { Type: 'Succeed' },
    });
    expect(await run(machine, { n: 1 })).toEqual(succeeded({ n: 1, e: { Error: 'E', Cause: 'why' } }));
  });

  test('is retried together with the branches that succeeded', async () => {
    const { tasks, requests } = answering('a', fault('E'), 'a2', 'b2');
    const machine = jsonata({
      P: { Type: 'Parallel', Branches: [task('A'), task('B')], Retry: [{ ErrorEquals: ['E'] }], End: true },
    });
    expect(await run(machine, {}, { tasks })).toEqual(succeeded(['a2', 'b2']));
    expect(requests.map(({ stateName }) => stateName)).toEqual(['A', 'B', 'A', 'B']);
  });
});

test('the events of a branch follow one another, and the state goes on from its last branch', async () => {
  const subject = execution(jsonPath({ P: { Type: 'Parallel', Branches: [pass('A'), pass('B')], End: true } }));
  await subject.run();
  expect(subject.history.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
    [1, 0, 'ExecutionStarted'],
    [2, 0, 'ParallelStateEntered'],
    [3, 2, 'ParallelStateStarted'],
    [4, 3, 'PassStateEntered'],
    [5, 3, 'PassStateEntered'],
    [6, 4, 'PassStateExited'],
    [7, 5, 'PassStateExited'],
    [8, 7, 'ParallelStateSucceeded'],
    [9, 7, 'ParallelStateExited'],
    [10, 9, 'ExecutionSucceeded'],
  ]);
});
