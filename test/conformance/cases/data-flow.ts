import { type ConformanceCase, FUNCTION, GUIDE, INVOKE, jsonPath } from '../conformance-case';

const filtering = `${GUIDE}/concepts-input-output-filtering.html`;
const resultPath = `${GUIDE}/input-output-resultpath.html`;
const pass = (fields: object) => jsonPath({ P: { Type: 'Pass', ...fields, End: true } });
const task = (fields: object) =>
  jsonPath({ T: { Type: 'Task', Resource: INVOKE, Parameters: { FunctionName: FUNCTION, 'Payload.$': '$' }, ...fields, End: true } });
const mocks = { f: [{ return: { Payload: { id: 7, list: ['x'] }, StatusCode: 200 } }] };
const at = (state: string, cause: string, error = 'States.Runtime') => ({
  error,
  cause: `An error occurred while executing the state '${state}' (entered at the event id #2). ${cause}`,
});
const one = (title: string, section: string, definition: object, input: unknown, output: unknown): ConformanceCase => ({
  title,
  section,
  definition,
  input,
  expect: { output },
});
const called = (title: string, section: string, definition: object, input: unknown, output: unknown): ConformanceCase => ({
  ...one(title, section, definition, input, output),
  mocks,
});

export const CASES: readonly ConformanceCase[] = [
  one('InputPath selects what the state works on', filtering, pass({ InputPath: '$.a' }), { a: { b: 1 }, c: 2 }, { b: 1 }),
  one('InputPath null stands for an empty object', filtering, pass({ InputPath: null }), { a: 1 }, {}),
  one('InputPath of the context', `${GUIDE}/input-output-contextobject.html`, pass({ InputPath: '$$.Execution.Name' }), {}, 'execution'),
  one(
    'Parameters see what InputPath left',
    filtering,
    pass({ InputPath: '$.a', Parameters: { 'x.$': '$.b', 'all.$': '$$.Execution.Input.c' } }),
    { a: { b: 1 }, c: 2 },
    { x: 1, all: 2 },
  ),
  one('Result is literal', `${GUIDE}/state-pass.html`, pass({ Result: { 'a.$': '$.x' } }), {}, { 'a.$': '$.x' }),
  one('Result is null', `${GUIDE}/state-pass.html`, pass({ Result: null }), { a: 1 }, null),
  one(
    'ResultPath inserts and makes the objects on its way',
    resultPath,
    pass({ Result: 1, ResultPath: '$.a.b.c' }),
    { a: { x: 0 } },
    { a: { x: 0, b: { c: 1 } } },
  ),
  one('ResultPath replaces what is there', resultPath, pass({ Result: 1, ResultPath: '$.a' }), { a: { x: 0 }, b: 2 }, { a: 1, b: 2 }),
  one(
    'ResultPath into an element of a list',
    resultPath,
    pass({ Result: 9, ResultPath: '$.a[1].v' }),
    { a: [0, { v: 1, w: 2 }] },
    { a: [0, { v: 9, w: 2 }] },
  ),
  one('ResultPath $ replaces the input', resultPath, pass({ Result: 1, ResultPath: '$' }), { a: 1 }, 1),
  one('ResultPath null keeps the input', resultPath, pass({ Result: 1, ResultPath: null }), { a: 1 }, { a: 1 }),
  one(
    'ResultPath goes into the raw input, not into what InputPath selected',
    resultPath,
    pass({ InputPath: '$.a', ResultPath: '$.r' }),
    { a: { b: 1 } },
    { a: { b: 1 }, r: { b: 1 } },
  ),
  one(
    'OutputPath selects from the result in its place',
    filtering,
    pass({ Result: { v: 2 }, ResultPath: '$.r', OutputPath: '$.r.v' }),
    { a: 1 },
    2,
  ),
  one('OutputPath null gives an empty object', filtering, pass({ OutputPath: null }), { a: 1 }, {}),
  one('OutputPath that may match many gives a list', filtering, pass({ OutputPath: '$.a[*].b' }), { a: [{ b: 1 }, { b: 2 }] }, [1, 2]),
  one('OutputPath of the context', `${GUIDE}/input-output-contextobject.html`, pass({ OutputPath: '$$.State.Name' }), {}, 'P'),
  called(
    'ResultSelector shapes the result of a task',
    `${GUIDE}/input-output-inputpath-params.html#input-output-resultselector`,
    task({ ResultSelector: { 'id.$': '$.Payload.id', 'first.$': '$.Payload.list[0]', kind: 'k' } }),
    {},
    { id: 7, first: 'x', kind: 'k' },
  ),
  called(
    'ResultSelector comes before ResultPath',
    filtering,
    task({ ResultSelector: { 'id.$': '$.Payload.id' }, ResultPath: '$.r' }),
    { a: 1 },
    { a: 1, r: { id: 7 } },
  ),
  called(
    'all five in their order',
    filtering,
    task({
      InputPath: '$.in',
      Parameters: { FunctionName: FUNCTION, 'Payload.$': '$.x' },
      ResultSelector: { 'id.$': '$.Payload.id' },
      ResultPath: '$.in.r',
      OutputPath: '$.in',
    }),
    { in: { x: 1 } },
    { x: 1, r: { id: 7 } },
  ),
  called(
    'ResultSelector sees the context',
    filtering,
    task({ ResultSelector: { 'n.$': '$$.State.Name', 'i.$': '$$.Execution.Input.a' } }),
    { a: 1 },
    { n: 'T', i: 1 },
  ),
  {
    title: 'a function named by its ARN gives its payload as it is',
    section: `${GUIDE}/state-task.html`,
    definition: jsonPath({ T: { Type: 'Task', Resource: FUNCTION, Parameters: { 'x.$': '$.a' }, ResultPath: '$.r', End: true } }),
    input: { a: 1 },
    mocks: { f: [{ return: { ok: true } }] },
    expect: { output: { a: 1, r: { ok: true } } },
  },
  {
    title: 'a result that ResultPath cannot place',
    section: `${GUIDE}/concepts-error-handling.html`,
    definition: pass({ Result: 1, ResultPath: '$.a.b' }),
    input: { a: 'text' },
    expect: { error: 'States.ReferencePathConflict', cause: 'Unable to apply step "b" to input {"a":"text"}' },
  },
  ...(
    [
      ['a list', [1], 'Unable to apply step "r" to input [1]'],
      ['text', 'x', 'Unable to apply ReferencePath $.r to input "x"'],
    ] as const
  ).map(([what, input, cause]) => ({
    title: `ResultPath into ${what}`,
    section: resultPath,
    definition: pass({ Result: 1, ResultPath: '$.r' }),
    input,
    expect: { error: 'States.ReferencePathConflict', cause },
  })),
  {
    title: 'Catch knows a ResultPath that cannot be applied by the name that the specification gives',
    section: `${GUIDE}/concepts-error-handling.html`,
    definition: jsonPath({
      T: {
        Type: 'Task',
        Resource: FUNCTION,
        ResultPath: '$.a.b',
        Catch: [{ ErrorEquals: ['States.ResultPathMatchFailure'], ResultPath: '$.e', Next: 'S' }],
        End: true,
      },
      S: { Type: 'Succeed', OutputPath: '$.e.Error' },
    }),
    input: { a: 1 },
    mocks: { f: [{ return: {} }] },
    expect: { output: 'States.ReferencePathConflict' },
  },
  {
    title: 'InputPath that matches nothing',
    section: filtering,
    definition: pass({ InputPath: '$.x.y' }),
    input: { x: {} },
    expect: at('P', "Invalid path '$.x.y' : No results for path: $['x']['y']"),
  },
  {
    title: 'OutputPath that breaks off on its way',
    section: filtering,
    definition: pass({ OutputPath: '$.x.y.z' }),
    input: { x: {} },
    expect: at('P', "Invalid path '$.x.y.z' : Missing property in path $['x']['y']"),
  },
  {
    title: 'a path into null input',
    section: filtering,
    definition: pass({ Parameters: { 'v.$': '$' } }),
    input: null,
    expect: at('P', 'Unable to apply Path transformation to null or empty input.'),
  },
  one('null passes where no path is followed', filtering, pass({}), null, null),
  {
    title: 'Parameters that match nothing name the field and the input',
    section: filtering,
    definition: pass({ Parameters: { a: { 'b.$': '$.x' } } }),
    input: { c: 1 },
    expect: at('P', `The JSONPath '$.x' specified for the field 'b.$' could not be found in the input '{"c":1}'`),
  },
  {
    title: 'what is wrong with ResultSelector is not caught: it is States.Runtime',
    section: `${GUIDE}/concepts-error-handling.html`,
    definition: jsonPath({
      T: {
        Type: 'Task',
        Resource: FUNCTION,
        ResultSelector: { 'a.$': '$.none' },
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S' }],
        End: true,
      },
      S: { Type: 'Succeed' },
    }),
    mocks: { f: [{ return: {} }] },
    expect: {
      error: 'States.Runtime',
      cause: /The JSONPath '\$\.none' specified for the field 'a\.\$' could not be found in the input '\{\}'/,
    },
  },
  {
    title: 'Assign reads the result, and the next state the variable',
    section: `${GUIDE}/workflow-variables.html`,
    definition: jsonPath({
      T: { Type: 'Task', Resource: FUNCTION, Assign: { 'id.$': '$.id', fixed: [1] }, ResultPath: null, Next: 'P' },
      P: { Type: 'Pass', Parameters: { 'id.$': '$id', 'first.$': '$fixed[0]', 'in.$': '$' }, End: true },
    }),
    input: { a: 1 },
    mocks: { f: [{ return: { id: 7 } }] },
    expect: { output: { id: 7, first: 1, in: { a: 1 } } },
  },
  {
    title: 'Assign reads variables as they were when the state was entered',
    section: `${GUIDE}/workflow-variables.html`,
    definition: jsonPath({
      A: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { 'x.$': '$y', 'y.$': '$x' }, Next: 'C' },
      C: { Type: 'Pass', Parameters: { 'x.$': '$x', 'y.$': '$y' }, End: true },
    }),
    expect: { output: { x: 2, y: 1 } },
  },
  {
    title: 'an intrinsic function takes a variable',
    section: `${GUIDE}/workflow-variables.html`,
    definition: jsonPath({
      A: { Type: 'Pass', Assign: { n: 41 }, Next: 'B' },
      B: { Type: 'Pass', Parameters: { 'v.$': 'States.MathAdd($n, 1)' }, End: true },
    }),
    expect: { output: { v: 42 } },
  },
  {
    title: 'Succeed has InputPath and OutputPath',
    section: `${GUIDE}/state-succeed.html`,
    definition: jsonPath({ S: { Type: 'Succeed', InputPath: '$.a', OutputPath: '$.b' } }),
    input: { a: { b: 1 } },
    expect: { output: 1 },
  },
  {
    title: 'ErrorPath and CausePath of Fail, by path and by function',
    section: `${GUIDE}/state-fail.html`,
    definition: jsonPath({ F: { Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('because of {}', $.c)" } }),
    input: { e: 'E', c: 7 },
    expect: { error: 'E', cause: 'because of 7' },
  },
];
