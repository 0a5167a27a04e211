import { type ConformanceCase, FUNCTION, GUIDE, jsonata, jsonPath } from '../conformance-case';

const section = `${GUIDE}/concepts-error-handling.html#error-handling-fallback-states`;
const names = `${GUIDE}/concepts-error-handling.html#error-handling-error-representation`;
const after = { S: { Type: 'Succeed' }, S2: { Type: 'Pass', Result: 'second', End: true } };
const catching = (Catch: readonly object[], fields: object = {}, states: object = {}) =>
  jsonPath({
    T: { Type: 'Task', Resource: FUNCTION, Catch, End: true, ...fields },
    ...Object.fromEntries(
      Object.entries({ ...after, ...states }).filter(([name]) => Catch.some((catcher) => (catcher as { Next?: string }).Next === name)),
    ),
  });
const failing = (name: string, Cause = 'why') => ({ f: [{ throw: { Error: name, Cause } }] });
const all = { ErrorEquals: ['States.ALL'], Next: 'S' };

export const CASES: readonly ConformanceCase[] = [
  {
    title: 'the error output is the input of the next state',
    section,
    definition: catching([all]),
    input: { a: 1 },
    mocks: failing('E'),
    expect: {
      output: { Error: 'E', Cause: 'why' },
      events: [
        'ExecutionStarted',
        'TaskStateEntered',
        'LambdaFunctionScheduled',
        'LambdaFunctionStarted',
        'LambdaFunctionFailed',
        'TaskStateExited',
        'SucceedStateEntered',
        'SucceedStateExited',
        'ExecutionSucceeded',
      ],
    },
  },
  {
    title: 'ResultPath puts the error output into the input',
    section,
    definition: catching([{ ...all, ResultPath: '$.info.error' }]),
    input: { a: 1 },
    mocks: failing('E'),
    expect: { output: { a: 1, info: { error: { Error: 'E', Cause: 'why' } } } },
  },
  {
    title: 'ResultPath null keeps the input',
    section,
    definition: catching([{ ...all, ResultPath: null }]),
    input: { a: 1 },
    mocks: failing('E'),
    expect: { output: { a: 1 } },
  },
  {
    title: 'OutputPath of the state does not apply to what a catcher hands on',
    section,
    definition: catching([{ ...all, ResultPath: '$.e' }], { OutputPath: '$.nothing' }),
    input: { a: 1 },
    mocks: failing('E'),
    expect: { output: { a: 1, e: { Error: 'E', Cause: 'why' } } },
  },
  {
    title: 'ResultPath of a catcher goes into the raw input',
    section,
    definition: catching([{ ...all, ResultPath: '$.e' }], { InputPath: '$.a' }),
    input: { a: 1 },
    mocks: failing('E'),
    expect: { output: { a: 1, e: { Error: 'E', Cause: 'why' } } },
  },
  {
    title: 'the first catcher that names the error is taken',
    section,
    definition: catching([
      { ErrorEquals: ['A', 'E'], Next: 'S2' },
      { ErrorEquals: ['E'], Next: 'S' },
    ]),
    mocks: failing('E'),
    expect: { output: 'second' },
  },
  {
    title: 'an error that no catcher names fails the execution',
    section,
    definition: catching([{ ErrorEquals: ['Other'], Next: 'S' }]),
    mocks: failing('E'),
    expect: { error: 'E', cause: 'why' },
  },
  {
    title: 'error names are compared exactly',
    section,
    definition: catching([{ ErrorEquals: ['e', 'E.*', 'E '], Next: 'S' }]),
    mocks: failing('E'),
    expect: { error: 'E', cause: 'why' },
  },
  {
    title: 'retries come before catchers',
    section,
    definition: catching([all], { Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }] }),
    mocks: { f: [{ throw: { Error: 'E', Cause: 'first' } }, { throw: { Error: 'F', Cause: 'second' } }] },
    expect: { output: { Error: 'F', Cause: 'second' } },
  },
  {
    title: 'a catcher assigns variables from the error output',
    section: `${GUIDE}/workflow-variables.html`,
    definition: catching(
      [{ ErrorEquals: ['E'], Assign: { 'why.$': '$.Cause' }, ResultPath: null, Next: 'V' }],
      {},
      { V: { Type: 'Pass', Parameters: { 'v.$': '$why', 'in.$': '$' }, End: true } },
    ),
    input: 1,
    mocks: failing('E'),
    expect: { output: { v: 'why', in: 1 } },
  },
  {
    title: 'JSONata: Output and Assign of a catcher see the error output',
    section,
    definition: jsonata({
      T: {
        Type: 'Task',
        Resource: FUNCTION,
        Catch: [
          {
            ErrorEquals: ['E'],
            Output: '{% $states.errorOutput.Cause & $states.input.a %}',
            Assign: { name: '{% $states.errorOutput.Error %}' },
            Next: 'P',
          },
        ],
        End: true,
      },
      P: { Type: 'Pass', Output: { in: '{% $states.input %}', name: '{% $name %}' }, End: true },
    }),
    input: { a: '!' },
    mocks: failing('E'),
    expect: { output: { in: 'why!', name: 'E' } },
  },
  ...(['States.Runtime', 'States.DataLimitExceeded'] as const).map((name) => ({
    title: `States.ALL does not catch ${name}`,
    section: names,
    definition: catching([all]),
    mocks: failing(name),
    expect: { error: name, cause: 'why' },
  })),
  {
    title: 'States.TaskFailed does not catch States.Timeout',
    section: names,
    definition: catching([{ ErrorEquals: ['States.TaskFailed'], Next: 'S' }], { TimeoutSeconds: 1 }),
    mocks: { f: [{ sleep: 9, return: 0 }] },
    expect: { error: 'States.Timeout' },
  },
  {
    title: 'States.Timeout is caught by its name',
    section: names,
    definition: catching([{ ErrorEquals: ['States.Timeout'], Next: 'S2' }], { TimeoutSeconds: 1 }),
    mocks: { f: [{ sleep: 9, return: 0 }] },
    expect: { output: 'second' },
  },
  {
    title: 'a catcher may lead back to its state',
    section,
    definition: jsonPath({
      T: { Type: 'Task', Resource: FUNCTION, Catch: [{ ErrorEquals: ['E'], ResultPath: '$.e', Next: 'T' }], End: true },
    }),
    input: {},
    mocks: { f: [{ throw: { Error: 'E', Cause: '' } }, { return: 'done' }] },
    expect: { output: 'done' },
  },
  {
    title: 'a result that is too large is States.DataLimitExceeded',
    section: names,
    definition: jsonPath({ T: { Type: 'Task', Resource: FUNCTION, End: true } }),
    mocks: { f: [{ return: 'x'.repeat(262_144) }] },
    expect: {
      error: 'States.DataLimitExceeded',
      cause: `The state/task '${FUNCTION}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    },
  },
  ...(
    [
      ['without Next', [{ ErrorEquals: ['E'] }], ['/States/T/Catch[0]/Next']],
      ['to a state that is not there', [{ ErrorEquals: ['E'], Next: 'Nowhere' }], ['/States/T/Catch[0]/Next']],
      ['with States.ALL among others', [{ ErrorEquals: ['States.ALL', 'E'], Next: 'S' }], ['/States/T/Catch[0]/ErrorEquals']],
      ['with States.ALL before others', [all, { ErrorEquals: ['E'], Next: 'S' }], ['/States/T/Catch[0]/ErrorEquals']],
      ['with a ResultPath that is no reference path', [{ ...all, ResultPath: '$.a[*]' }], ['/States/T/Catch[0]/ResultPath']],
      ['with a field of JSONata', [{ ...all, Output: 1 }], ['/States/T/Catch[0]/Output']],
    ] as const
  ).map(([title, Catch, refused]) => ({ title: `refused: a catcher ${title}`, section, definition: catching(Catch), expect: { refused } })),
];
