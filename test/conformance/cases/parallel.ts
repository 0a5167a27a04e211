import { ASL, type ConformanceCase, FUNCTION, GUIDE, jsonata, jsonPath } from '../conformance-case';

const section = `${GUIDE}/state-parallel.html`;
const branch = (states: Readonly<Record<string, object>>) => ({ StartAt: Object.keys(states)[0], States: states });
const pass = (name: string, fields: object = {}) => branch({ [name]: { Type: 'Pass', ...fields, End: true } });
const both = (fields: object, ...Branches: readonly object[]) => jsonPath({ X: { Type: 'Parallel', Branches, ...fields, End: true } });
const slow = branch({ Slow: { Type: 'Wait', Seconds: 60, End: true } });
const failing = branch({ F: { Type: 'Fail', Error: 'E', Cause: 'why' } });

export const CASES: readonly ConformanceCase[] = [
  {
    title: 'every branch gets the input and the results are a list in their order',
    section,
    definition: both({}, branch({ W: { Type: 'Wait', Seconds: 5, End: true } }), pass('B', { Result: 'b' })),
    input: { a: 1 },
    expect: { output: [{ a: 1 }, 'b'], history: [{ type: 'ParallelStateExited', timestamp: '2026-01-01T00:00:05.000Z' }] },
  },
  {
    title: 'the events of a parallel state',
    section,
    definition: both({}, pass('A')),
    expect: {
      output: [{}],
      events: [
        'ExecutionStarted',
        'ParallelStateEntered',
        'ParallelStateStarted',
        'PassStateEntered',
        'PassStateExited',
        'ParallelStateSucceeded',
        'ParallelStateExited',
        'ExecutionSucceeded',
      ],
    },
  },
  {
    title: 'Parameters, ResultSelector, ResultPath and OutputPath',
    section,
    definition: both(
      {
        InputPath: '$.in',
        Parameters: { 'x.$': '$.a' },
        ResultSelector: { 'first.$': '$[0].x', 'n.$': 'States.ArrayLength($)' },
        ResultPath: '$.r',
        OutputPath: '$.r',
      },
      pass('A'),
      pass('B'),
    ),
    input: { in: { a: 7 } },
    expect: { output: { first: 7, n: 2 } },
  },
  {
    title: 'JSONata: Arguments and Output',
    section,
    definition: jsonata({
      X: {
        Type: 'Parallel',
        Arguments: { x: '{% $states.input.a %}' },
        Branches: [pass('A'), pass('B', { Output: 2 })],
        Output: '{% $states.result[0].x + $states.result[1] %}',
        End: true,
      },
    }),
    input: { a: 1 },
    expect: { output: 3 },
  },
  {
    title: 'a branch that fails stops the others at once and fails the state with its error',
    section,
    definition: both({}, slow, failing),
    expect: {
      error: 'E',
      cause: 'why',
      history: [{ type: 'ParallelStateFailed' }, { type: 'ExecutionFailed', timestamp: '2026-01-01T00:00:00.000Z' }],
    },
  },
  {
    title: 'the error of a branch is caught at the state',
    section,
    definition: jsonPath({
      X: { Type: 'Parallel', Branches: [slow, failing], Catch: [{ ErrorEquals: ['E'], ResultPath: '$.e', Next: 'S' }], End: true },
      S: { Type: 'Succeed' },
    }),
    input: { a: 1 },
    expect: { output: { a: 1, e: { Error: 'E', Cause: 'why' } } },
  },
  {
    title: 'an error caught inside a branch does not reach the others',
    section,
    definition: both(
      {},
      branch({
        T: { Type: 'Task', Resource: FUNCTION, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'R' }], End: true },
        R: { Type: 'Pass', Result: 'recovered', End: true },
      }),
      pass('B', { Result: 'b' }),
    ),
    mocks: { f: [{ throw: { Error: 'E', Cause: '' } }] },
    expect: { output: ['recovered', 'b'] },
  },
  {
    title: 'variables of a branch end with it, those from outside are read in it',
    section: `${GUIDE}/workflow-variables.html`,
    definition: jsonPath({
      A: { Type: 'Pass', Assign: { outer: 1 }, Next: 'X' },
      X: {
        Type: 'Parallel',
        Branches: [
          branch({
            B: { Type: 'Pass', Assign: { inner: 2 }, Next: 'C' },
            C: { Type: 'Pass', Parameters: { 'o.$': '$outer', 'i.$': '$inner' }, End: true },
          }),
        ],
        End: true,
      },
    }),
    expect: { output: [{ o: 1, i: 2 }] },
  },
  {
    title: 'parallel states within each other',
    section,
    definition: both({}, branch({ Y: { Type: 'Parallel', Branches: [pass('A'), pass('B')], End: true } }), pass('C')),
    input: 1,
    expect: { output: [[1, 1], 1] },
  },
  ...(
    [
      ['no branch', both({}), ['/States/X/Branches']],
      [
        'a branch that leads out of itself',
        both({}, branch({ A: { Type: 'Pass', Next: 'X' } })),
        ['/States/X/Branches[0]/States/A/Next', '/States/X/Branches[0]/States'],
      ],
      ['a state name that comes twice', both({}, pass('A'), pass('A')), ['/States/X/Branches[1]/States/A']],
      [
        'an inner variable with the name of an outer one',
        jsonPath({
          A: { Type: 'Pass', Assign: { v: 1 }, Next: 'X' },
          X: { Type: 'Parallel', Branches: [pass('B', { Assign: { v: 2 } })], End: true },
        }),
        ['/States/X/Branches[0]/States/B/Assign/v'],
      ],
    ] as const
  ).map(([title, definition, refused]) => ({
    title: `refused: ${title}`,
    section: `${ASL}#parallel-state`,
    definition,
    expect: { refused },
  })),
];
