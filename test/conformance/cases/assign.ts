import { ASL, type ConformanceCase, FUNCTION, GUIDE, INVOKE, jsonata, jsonPath } from '../conformance-case';

const section = `${GUIDE}/workflow-variables.html`;
const report = (...names: string[]) => ({
  Type: 'Pass',
  Output: Object.fromEntries(names.map((name) => [name, `{% $${name} %}`])),
  End: true,
});
const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });

export const CASES: readonly ConformanceCase[] = [
  {
    title: 'a variable is there in the states that follow, however the output changes',
    section,
    definition: jsonata({
      Set: { Type: 'Pass', Assign: { make: 'Infiniti', year: 2006, list: [1, { a: null }] }, Next: 'Change' },
      Change: { Type: 'Pass', Output: 'gone', Next: 'Report' },
      Report: report('make', 'year', 'list'),
    }),
    expect: { output: { make: 'Infiniti', year: 2006, list: [1, { a: null }] } },
  },
  {
    title: 'assignments are parallel: each sees the values from before the state',
    section: `${section}#variable-evaluation-order`,
    definition: jsonata({
      Set: { Type: 'Pass', Assign: { x: 3, a: 6 }, Next: 'Swap' },
      Swap: { Type: 'Pass', Assign: { x: '{% $a %}', nextX: '{% $x %}' }, Output: { seen: '{% $x %}' }, Next: 'Report' },
      Report: { Type: 'Pass', Output: { x: '{% $x %}', nextX: '{% $nextX %}', seen: '{% $states.input.seen %}' }, End: true },
    }),
    expect: { output: { x: 6, nextX: 3, seen: 3 } },
  },
  {
    title: 'the exited event lists what was assigned, as JSON',
    section: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_StateExitedEventDetails.html',
    definition: jsonata({ Set: { Type: 'Pass', Assign: { text: 'a', list: '{% [1] %}', none: null }, End: true } }),
    expect: {
      output: {},
      history: [
        {
          type: 'PassStateExited',
          stateExitedEventDetails: {
            assignedVariables: { text: '"a"', list: '[1]', none: 'null' },
            assignedVariablesDetails: { truncated: false },
          },
        },
      ],
    },
  },
  {
    title: 'a null that was assigned is read back as null',
    section,
    definition: jsonata({
      Set: { Type: 'Pass', Assign: { none: '{% $states.input.none %}' }, Next: 'Report' },
      Report: { Type: 'Pass', Output: { none: '{% $none %}', exists: '{% $exists($none) %}' }, End: true },
    }),
    input: { none: null },
    expect: { output: { none: null, exists: true } },
  },
  {
    title: 'an assignment of nothing fails and names the variable',
    section: `${GUIDE}/transforming-data.html#jsonata-errors`,
    definition: jsonata({ Set: { Type: 'Pass', Assign: { x: { y: '{% $states.input.missing %}' } }, End: true } }),
    expect: {
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'Set' (entered at the event id #2). The JSONata expression " +
        "'$states.input.missing' specified for the field 'Assign/x/y' returned nothing (undefined).",
    },
  },
  {
    title: 'a variable that was never assigned is nothing',
    section,
    definition: jsonata({ P: { Type: 'Pass', Output: '{% $never %}', End: true } }),
    expect: { error: 'States.QueryEvaluationError', cause: /'\$never' specified for the field 'Output' returned nothing/ },
  },
  {
    title: 'a task assigns from its result',
    section,
    definition: jsonata({
      Call: {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: FUNCTION },
        Assign: { answer: '{% $states.result.Payload.n + $states.input.n %}' },
        Next: 'Report',
      },
      Report: report('answer'),
    }),
    input: { n: 1 },
    mocks: { [INVOKE]: [{ return: { Payload: { n: 41 } } }] },
    expect: { output: { answer: 42 } },
  },
  {
    title: 'a catcher assigns from the error',
    section,
    definition: jsonata({
      Call: {
        Type: 'Task',
        Resource: FUNCTION,
        Assign: { failed: false },
        Catch: [{ ErrorEquals: ['States.ALL'], Assign: { failed: '{% $states.errorOutput.Error %}' }, Next: 'Report' }],
        End: true,
      },
      Report: report('failed'),
    }),
    mocks: { f: [{ throw: { Error: 'Broken', Cause: 'why' } }] },
    expect: { output: { failed: 'Broken' } },
  },
  {
    title: 'a choice rule assigns when it matches, and the state does not',
    section,
    definition: jsonata({
      Pick: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.n > 1 %}', Assign: { which: 'rule' }, Next: 'Report' }],
        Assign: { which: 'default' },
        Default: 'Report',
      },
      Report: report('which'),
    }),
    input: { n: 2 },
    expect: { output: { which: 'rule' } },
  },
  {
    title: 'the Assign of a Choice state is for its default',
    section,
    definition: jsonata({
      Pick: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.n > 1 %}', Assign: { which: 'rule' }, Next: 'Report' }],
        Assign: { which: 'default' },
        Default: 'Report',
      },
      Report: report('which'),
    }),
    input: { n: 1 },
    expect: { output: { which: 'default' } },
  },
  {
    title: 'a Wait state assigns',
    section,
    definition: jsonata({ W: { Type: 'Wait', Seconds: 0, Assign: { foo: 'oof' }, Next: 'Report' }, Report: report('foo') }),
    expect: { output: { foo: 'oof' } },
  },
  {
    title: 'branches read outer variables and keep their own to themselves',
    section: `${section}#variable-scope`,
    definition: jsonata({
      Set: { Type: 'Pass', Assign: { outer: 1 }, Next: 'Fan' },
      Fan: {
        Type: 'Parallel',
        Branches: [
          branch('A', { Type: 'Pass', Assign: { inner: '{% $outer + 1 %}' }, Output: '{% $outer %}', End: true }),
          branch('B', { Type: 'Pass', Output: '{% $exists($inner) %}', End: true }),
        ],
        Assign: { both: '{% $states.result %}' },
        Next: 'Report',
      },
      Report: { Type: 'Pass', Output: { both: '{% $both %}', inner: '{% $exists($inner) %}' }, End: true },
    }),
    expect: { output: { both: [1, false], inner: false } },
  },
  {
    title: 'iterations have variables of their own',
    section: `${section}#variable-scope`,
    definition: jsonata({
      Set: { Type: 'Pass', Assign: { outer: 10 }, Next: 'Each' },
      Each: {
        Type: 'Map',
        Items: [1, 2],
        ItemProcessor: {
          StartAt: 'A',
          States: {
            A: { Type: 'Pass', Assign: { inner: '{% $outer + $states.input %}' }, Next: 'B' },
            B: { Type: 'Pass', Output: '{% $inner %}', End: true },
          },
        },
        Next: 'Report',
      },
      Report: { Type: 'Pass', Output: { results: '{% $states.input %}', inner: '{% $exists($inner) %}' }, End: true },
    }),
    expect: { output: { results: [11, 12], inner: false } },
  },
  {
    title: 'a branch must not assign a variable of the outer scope',
    section: `${section}#variable-scope`,
    definition: jsonata({
      Set: { Type: 'Pass', Assign: { shared: 1 }, Next: 'Fan' },
      Fan: { Type: 'Parallel', Branches: [branch('A', { Type: 'Pass', Assign: { shared: 2 }, End: true })], End: true },
    }),
    expect: { refused: ['/States/Fan/Branches[0]/States/A/Assign/shared'] },
  },
  {
    title: 'an iteration must not assign a variable of the outer scope',
    section: `${section}#variable-scope`,
    definition: jsonPath({
      Set: { Type: 'Pass', Assign: { shared: 1 }, Next: 'Each' },
      Each: { Type: 'Map', ItemProcessor: branch('A', { Type: 'Pass', Assign: { 'shared.$': '$' }, End: true }), End: true },
    }),
    expect: { refused: ['/States/Each/ItemProcessor/States/A/Assign/shared.$'] },
  },
  {
    title: 'two branches may use the same name',
    section: `${section}#variable-scope`,
    definition: jsonata({
      Fan: {
        Type: 'Parallel',
        Branches: ['A', 'B'].map((name) => ({
          StartAt: name,
          States: {
            [name]: { Type: 'Pass', Assign: { own: name }, Next: `${name}2` },
            [`${name}2`]: { Type: 'Pass', Output: '{% $own %}', End: true },
          },
        })),
        End: true,
      },
    }),
    expect: { output: ['A', 'B'] },
  },
  {
    title: 'a JSONPath state assigns by paths, intrinsic functions and the context',
    section,
    definition: jsonPath({
      Set: {
        Type: 'Pass',
        Assign: { 'n.$': '$.n', 'text.$': "States.Format('n is {}', $.n)", 'state.$': '$$.State.Name', fixed: '$.n' },
        Next: 'Report',
      },
      Report: { Type: 'Pass', Parameters: { 'n.$': '$n', 'text.$': '$text', 'state.$': '$state', 'fixed.$': '$fixed' }, End: true },
    }),
    input: { n: 7 },
    expect: { output: { n: 7, text: 'n is 7', state: 'Set', fixed: '$.n' } },
  },
  {
    title: 'both query languages share the variables',
    section: `${GUIDE}/transforming-data.html`,
    definition: jsonPath({
      Set: { Type: 'Pass', QueryLanguage: 'JSONata', Assign: { v: '{% {"a": [1, 2]} %}' }, Next: 'Read' },
      Read: { Type: 'Pass', Parameters: { 'second.$': '$v.a[1]' }, End: true },
    }),
    expect: { output: { second: 2 } },
  },
  {
    title: 'states is not a name for a variable',
    section: `${ASL}#assigning-variables`,
    definition: jsonata({ P: { Type: 'Pass', Assign: { states: 1 }, End: true } }),
    expect: { refused: ['/States/P/Assign/states'] },
  },
  {
    title: 'the name of a variable is an identifier of at most 80 characters',
    section: `${ASL}#assigning-variables`,
    definition: jsonata({ P: { Type: 'Pass', Assign: { '1st': 1, 'a-b': 1, ['x'.repeat(81)]: 1, ok_1: 1 }, End: true } }),
    expect: { refused: ['/States/P/Assign/1st', '/States/P/Assign/a-b', `/States/P/Assign/${'x'.repeat(81)}`] },
  },
];
