import { ASL, type ConformanceCase, FUNCTION, GUIDE, INVOKE, jsonata, jsonPath } from '../conformance-case';

const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
const language = `${GUIDE}/transforming-data.html`;
const broken = { Type: 'Task', Resource: FUNCTION, End: true };
const mocks = { f: [{ throw: { Error: 'Broken', Cause: 'why' } }] };

const FAIL: readonly (readonly [title: string, fields: object, error: string | null, cause: string | null, input?: unknown])[] = [
  ['Error and Cause', { Error: 'E', Cause: 'C' }, 'E', 'C'],
  ['Error alone', { Error: 'E' }, 'E', null],
  ['Cause alone', { Cause: 'C' }, null, 'C'],
  ['neither', {}, null, null],
  [
    'Error and Cause by JSONata',
    { Error: '{% "E" & $states.input.n %}', Cause: '{% $states.input.why %}' },
    'E1',
    'because',
    { n: 1, why: 'because' },
  ],
];

export const CASES: readonly ConformanceCase[] = [
  ...FAIL.map(([title, fields, error, cause, input]) => ({
    title: `a Fail state with ${title}`,
    section: `${GUIDE}/state-fail.html`,
    definition: jsonata({ F: { Type: 'Fail', ...fields } }),
    ...(input !== undefined && { input }),
    expect: { error, cause, events: ['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed'] },
  })),
  {
    title: 'an Error by JSONata that gives nothing is an evaluation error',
    section: `${language}#jsonata-errors`,
    definition: jsonata({ F: { Type: 'Fail', Error: '{% $states.input.missing %}', Cause: 'C' } }),
    expect: {
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'F' (entered at the event id #2). " +
        "The JSONata expression '$states.input.missing' specified for the field 'Error' returned nothing (undefined).",
    },
  },
  {
    title: 'a Cause by JSONata must be text',
    section: `${language}#jsonata-errors`,
    definition: jsonata({ F: { Type: 'Fail', Error: 'E', Cause: '{% {"a": 1} %}' } }),
    expect: {
      error: 'States.QueryEvaluationError',
      cause: /for the field 'Cause' returned an unexpected result type. Expected 'string', but was 'object' for value: {"a":1}/,
    },
  },
  {
    title: 'ErrorPath and CausePath',
    section: `${GUIDE}/state-fail.html`,
    definition: jsonPath({ F: { Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('n is {}', $.n)" } }),
    input: { e: 'E', n: 1 },
    expect: { error: 'E', cause: 'n is 1' },
  },
  {
    title: 'Error and ErrorPath exclude each other',
    section: `${ASL}#fail-state`,
    definition: jsonPath({ F: { Type: 'Fail', Error: 'E', ErrorPath: '$.e' } }),
    expect: { refused: ['/States/F/ErrorPath'] },
  },
  {
    title: 'a Fail state has no Next, End or Output',
    section: `${ASL}#fail-state`,
    definition: jsonata({ F: { Type: 'Fail', End: true, Output: 1 } }),
    expect: { refused: ['/States/F/End', '/States/F/Output'] },
  },
  {
    title: 'a Fail state in a branch fails the Parallel state, which catches it',
    section: `${ASL}#parallel-state`,
    definition: jsonata({
      P: {
        Type: 'Parallel',
        Branches: [branch('F', { Type: 'Fail', Error: 'E', Cause: 'C' })],
        Catch: [{ ErrorEquals: ['E'], Output: '{% $states.errorOutput %}', Next: 'S' }],
        End: true,
      },
      S: { Type: 'Succeed' },
    }),
    expect: { output: { Error: 'E', Cause: 'C' } },
  },
  {
    title: 'a Succeed state hands its input on',
    section: `${GUIDE}/state-succeed.html`,
    definition: jsonata({ S: { Type: 'Succeed' } }),
    input: [1],
    expect: { output: [1], events: ['ExecutionStarted', 'SucceedStateEntered', 'SucceedStateExited', 'ExecutionSucceeded'] },
  },
  {
    title: 'Output of a Succeed state',
    section: `${GUIDE}/state-succeed.html`,
    definition: jsonata({ S: { Type: 'Succeed', Output: { all: '{% $states.input %}', ok: true } } }),
    input: 1,
    expect: { output: { all: 1, ok: true } },
  },
  {
    title: 'InputPath and OutputPath of a Succeed state',
    section: `${ASL}#state-type-table`,
    definition: jsonPath({ S: { Type: 'Succeed', InputPath: '$.a', OutputPath: '$.b' } }),
    input: { a: { b: 1 } },
    expect: { output: 1 },
  },
  {
    title: 'a Succeed state has no Next',
    section: `${ASL}#succeed-state`,
    definition: jsonPath({ S: { Type: 'Succeed', Next: 'T' }, T: { Type: 'Pass', End: true } }),
    expect: { refused: ['/States/S/Next'] },
  },
  {
    title: 'a Succeed state ends its branch only',
    section: `${ASL}#succeed-state`,
    definition: jsonata({
      P: {
        Type: 'Parallel',
        Branches: [branch('A', { Type: 'Succeed', Output: 'a' }), branch('B', { Type: 'Pass', Output: 'b', End: true })],
        Next: 'S',
      },
      S: { Type: 'Pass', Output: '{% $join($states.input) %}', End: true },
    }),
    expect: { output: 'ab' },
  },
  {
    title: 'Arguments of a Parallel state go to each branch, Output sees their results',
    section: `${GUIDE}/state-parallel.html`,
    definition: jsonata({
      P: {
        Type: 'Parallel',
        Arguments: { n: '{% $states.input.n + 1 %}' },
        Branches: [branch('A', { Type: 'Pass', Output: '{% $states.input.n %}', End: true }), branch('B', { Type: 'Pass', End: true })],
        Output: { results: '{% $states.result %}', in: '{% $states.input.n %}' },
        End: true,
      },
    }),
    input: { n: 1 },
    expect: { output: { results: [2, { n: 2 }], in: 1 } },
  },
  {
    title: 'Items by JSONata are what a Map iterates over',
    section: `${GUIDE}/state-map-inline.html`,
    definition: jsonata({
      M: {
        Type: 'Map',
        Items: '{% $states.input.list[n > 1] %}',
        ItemSelector: {
          at: '{% $states.context.Map.Item.Index %}',
          n: '{% $states.context.Map.Item.Value.n %}',
          all: '{% $states.input.total %}',
        },
        ItemProcessor: branch('A', { Type: 'Pass', End: true }),
        Output: '{% $states.result.(n + all + at) %}',
        End: true,
      },
    }),
    input: { total: 10, list: [{ n: 1 }, { n: 2 }, { n: 3 }] },
    expect: { output: [12, 14] },
  },
  {
    title: 'Items may be a list with expressions in it',
    section: `${GUIDE}/state-map-inline.html`,
    definition: jsonata({
      M: { Type: 'Map', Items: [1, '{% $states.input %}', { a: 1 }], ItemProcessor: branch('A', { Type: 'Pass', End: true }), End: true },
    }),
    input: 2,
    expect: { output: [1, 2, { a: 1 }] },
  },
  {
    title: 'iterations one after the other follow one another in the history',
    section: `${GUIDE}/state-map-inline.html`,
    definition: jsonata({
      M: { Type: 'Map', Items: [1, 2], MaxConcurrency: 1, ItemProcessor: branch('P', { Type: 'Pass', End: true }), End: true },
    }),
    expect: {
      output: [1, 2],
      history: [
        { id: 3, previousEventId: 2, type: 'MapStateStarted' },
        { id: 4, previousEventId: 3, type: 'MapIterationStarted' },
        { id: 5, previousEventId: 4, type: 'PassStateEntered' },
        { id: 6, previousEventId: 5, type: 'PassStateExited' },
        { id: 7, previousEventId: 6, type: 'MapIterationSucceeded', mapIterationSucceededEventDetails: { name: 'M', index: 0 } },
        { id: 8, previousEventId: 6, type: 'MapIterationStarted' },
        { id: 10, previousEventId: 9, type: 'PassStateExited' },
        { id: 11, previousEventId: 10, type: 'MapIterationSucceeded' },
        { id: 12, previousEventId: 11, type: 'MapStateSucceeded' },
        { id: 13, previousEventId: 11, type: 'MapStateExited' },
        { id: 14, previousEventId: 13, type: 'ExecutionSucceeded' },
      ],
    },
  },
  {
    title: 'an attempt of a Parallel state that is retried does not fail in the history',
    section: `${ASL}#errors`,
    definition: jsonata({
      P: {
        Type: 'Parallel',
        Branches: [branch('T', broken)],
        Retry: [{ ErrorEquals: ['Broken'], IntervalSeconds: 3 }],
        Output: '{% $states.context.State.RetryCount %}',
        End: true,
      },
    }),
    mocks: { f: [{ throw: { Error: 'Broken', Cause: 'why' } }, { return: 1 }] },
    expect: {
      output: 1,
      events: [
        'ExecutionStarted',
        'ParallelStateEntered',
        'ParallelStateStarted',
        'TaskStateEntered',
        'LambdaFunctionScheduled',
        'LambdaFunctionStarted',
        'LambdaFunctionFailed',
        'ParallelStateStarted',
        'TaskStateEntered',
        'LambdaFunctionScheduled',
        'LambdaFunctionStarted',
        'LambdaFunctionSucceeded',
        'TaskStateExited',
        'ParallelStateSucceeded',
        'ParallelStateExited',
        'ExecutionSucceeded',
      ],
    },
  },
  {
    title: 'a Map whose Items cannot be evaluated fails in the history',
    section: `${language}#jsonata-errors`,
    definition: jsonata({ M: { Type: 'Map', Items: '{% 1 + "a" %}', ItemProcessor: branch('A', broken), End: true } }),
    expect: {
      error: 'States.QueryEvaluationError',
      events: ['ExecutionStarted', 'MapStateEntered', 'EvaluationFailed', 'MapStateFailed', 'ExecutionFailed'],
    },
  },
  {
    title: 'an inline Map takes the fields of failures that are tolerated, and tolerates none',
    section: `${GUIDE}/state-map-inline.html`,
    definition: jsonata({
      M: {
        Type: 'Map',
        Items: [1],
        ToleratedFailurePercentage: 100,
        ToleratedFailureCount: '{% 1 %}',
        ItemProcessor: branch('T', broken),
        End: true,
      },
    }),
    mocks,
    expect: { error: 'Broken', cause: 'why' },
  },
  {
    title: 'a Map over nothing gives an empty list',
    section: `${ASL}#map-state`,
    definition: jsonata({ M: { Type: 'Map', Items: [], ItemProcessor: branch('A', broken), End: true } }),
    expect: {
      output: [],
      events: ['ExecutionStarted', 'MapStateEntered', 'MapStateStarted', 'MapStateSucceeded', 'MapStateExited', 'ExecutionSucceeded'],
    },
  },
  {
    title: 'Items that give nothing fail',
    section: `${language}#jsonata-errors`,
    definition: jsonata({ M: { Type: 'Map', Items: '{% $states.input.missing %}', ItemProcessor: branch('A', broken), End: true } }),
    expect: { error: 'States.QueryEvaluationError', cause: /'\$states.input.missing' specified for the field 'Items' returned nothing/ },
  },
  {
    title: 'MaxConcurrency by JSONata that gives nothing fails',
    section: `${language}#jsonata-errors`,
    definition: jsonata({
      M: { Type: 'Map', Items: [1], MaxConcurrency: '{% $states.input.missing %}', ItemProcessor: branch('A', broken), End: true },
    }),
    expect: { error: 'States.QueryEvaluationError', cause: /specified for the field 'MaxConcurrency' returned nothing/ },
  },
  {
    title: 'the items of an inline Map have no source',
    section: `${GUIDE}/concepts-context-object.html#context-object-map`,
    definition: jsonata({
      M: {
        Type: 'Map',
        Items: ['a'],
        ItemSelector: { source: '{% $states.context.Map.Item.Source %}' },
        ItemProcessor: branch('A', { Type: 'Pass', End: true }),
        End: true,
      },
    }),
    expect: { error: 'States.QueryEvaluationError', cause: /specified for the field 'ItemSelector\/source' returned nothing/ },
  },
  {
    title: 'an iteration that fails aborts the others and fails the Map',
    section: `${ASL}#map-state`,
    definition: jsonata({
      M: {
        Type: 'Map',
        Items: [1, 2],
        MaxConcurrency: 1,
        ItemProcessor: branch('T', broken),
        Catch: [{ ErrorEquals: ['Broken'], Output: '{% $states.errorOutput.Cause %}', Next: 'S' }],
        End: true,
      },
      S: { Type: 'Succeed' },
    }),
    mocks,
    expect: {
      output: 'why',
      history: [
        { type: 'MapStateStarted', mapStateStartedEventDetails: { length: 2 } },
        { type: 'MapIterationStarted', mapIterationStartedEventDetails: { name: 'M', index: 0 } },
        { type: 'LambdaFunctionFailed', lambdaFunctionFailedEventDetails: { error: 'Broken', cause: 'why' } },
        { type: 'MapIterationFailed', mapIterationFailedEventDetails: { name: 'M', index: 0 } },
        { type: 'MapStateFailed' },
        { type: 'MapStateExited' },
      ],
    },
  },
  {
    title: 'Comment is for people, anywhere',
    section: `${ASL}#toplevelfields`,
    definition: jsonata(
      {
        T: {
          Type: 'Task',
          Comment: 'a task',
          Resource: INVOKE,
          Arguments: { FunctionName: 'f' },
          Retry: [{ ErrorEquals: ['E'], Comment: 'a retrier' }],
          Catch: [{ ErrorEquals: ['E'], Comment: 'a catcher', Next: 'S' }],
          Next: 'S',
        },
        S: { Type: 'Succeed', Comment: 'the end' },
      },
      { Comment: 'a machine', Version: '1.0' },
    ),
    mocks: { f: [{ return: 1 }] },
    expect: { output: 1 },
  },
];
