import { ASL, type ConformanceCase, FUNCTION, GUIDE, jsonata, jsonPath } from '../conformance-case';

const section = `${GUIDE}/state-map-inline.html`;
const context = `${GUIDE}/input-output-contextobject.html`;
const each = (fields: object) => ({ StartAt: 'E', States: { E: { End: true, ...fields } } });
const echo = each({ Type: 'Pass' });
const map = (fields: object, processor: object = echo) => jsonPath({ M: { Type: 'Map', ItemProcessor: processor, ...fields, End: true } });
const query = (fields: object, processor: object = echo) => jsonata({ M: { Type: 'Map', ItemProcessor: processor, ...fields, End: true } });
const one = (title: string, where: string, definition: object, input: unknown, output: unknown): ConformanceCase => ({
  title,
  section: where,
  definition,
  input,
  expect: { output },
});
const fails = (cause: string, error = 'States.Runtime') => ({
  error,
  cause: `An error occurred while executing the state 'M' (entered at the event id #2). ${cause}`,
});
const work = each({ Type: 'Task', Resource: FUNCTION });
const waiting = each({ Type: 'Wait', SecondsPath: '$' });

export const CASES: readonly ConformanceCase[] = [
  one('the whole input is the list of items', section, map({}), [1, { a: 2 }], [1, { a: 2 }]),
  one('no items give an empty list', section, map({}), [], []),
  one('ItemsPath selects the items', `${GUIDE}/input-output-itemspath.html`, map({ ItemsPath: '$.l' }), { l: ['a', 'b'] }, ['a', 'b']),
  one(
    'ItemsPath comes after InputPath',
    `${GUIDE}/input-output-itemspath.html`,
    map({ InputPath: '$.in', ItemsPath: '$.l' }),
    { in: { l: [1] } },
    [1],
  ),
  one('ItemsPath of the context', context, map({ ItemsPath: '$$.Execution.Input.l' }), { l: [3] }, [3]),
  one(
    'ItemsPath to an object: an iteration for each pair',
    `${GUIDE}/input-output-itemspath.html`,
    map({ ItemsPath: '$.o' }),
    { o: { a: 1, b: 2 } },
    [
      { Key: 'a', Value: 1 },
      { Key: 'b', Value: 2 },
    ],
  ),
  one(
    'ItemSelector shapes each item from the input and the context',
    `${GUIDE}/input-output-itemselector.html`,
    map({ ItemsPath: '$.l', ItemSelector: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value', 'x.$': '$.x', fixed: 1 } }),
    { l: ['a', 'b'], x: 9 },
    [
      { i: 0, v: 'a', x: 9, fixed: 1 },
      { i: 1, v: 'b', x: 9, fixed: 1 },
    ],
  ),
  one('Parameters is the old name of ItemSelector', section, map({ Parameters: { 'v.$': '$$.Map.Item.Value' } }), [1], [{ v: 1 }]),
  {
    title: 'Iterator is the old name of ItemProcessor',
    section,
    definition: jsonPath({ M: { Type: 'Map', Iterator: echo, End: true } }),
    input: [1],
    expect: { output: [1] },
  },
  one(
    'states of an iteration see the item in the context',
    context,
    map({}, each({ Type: 'Pass', Parameters: { 'i.$': '$$.Map.Item.Index' } })),
    ['a', 'b'],
    [{ i: 0 }, { i: 1 }],
  ),
  one(
    'ResultSelector, ResultPath and OutputPath',
    `${GUIDE}/concepts-input-output-filtering.html`,
    map({ ItemsPath: '$.l', ResultSelector: { 'n.$': 'States.ArrayLength($)', 'all.$': '$' }, ResultPath: '$.r', OutputPath: '$.r' }),
    { l: [1, 2] },
    { n: 2, all: [1, 2] },
  ),
  one('JSONata: Items by expression', section, query({ Items: '{% $states.input.l[$ > 1] %}' }), { l: [1, 2, 3] }, [2, 3]),
  one('JSONata: Items as a list with expressions', section, query({ Items: [1, '{% $states.input.x %}'] }), { x: 2 }, [1, 2]),
  one(
    'JSONata: Items as an object',
    section,
    query({ Items: { a: 1 }, ItemSelector: { k: '{% $states.context.Map.Item.Key %}', v: '{% $states.context.Map.Item.Value %}' } }),
    {},
    [{ k: 'a', v: 1 }],
  ),
  one(
    'JSONata: ItemSelector and Output',
    section,
    query({ ItemSelector: '{% $states.context.Map.Item.Value * 2 %}', Output: '{% $sum($states.result) %}' }),
    [1, 2],
    6,
  ),
  {
    title: 'results keep the order of the items, whichever ends first',
    section,
    definition: map({}, waiting),
    input: [3, 1, 2],
    expect: {
      output: [3, 1, 2],
      history: [
        { type: 'MapIterationSucceeded', mapIterationSucceededEventDetails: { index: 1 } },
        { type: 'MapIterationSucceeded', mapIterationSucceededEventDetails: { index: 0 } },
      ],
    },
  },
  {
    title: 'the events of a map and its iterations',
    section: `${GUIDE}/concepts-standard-vs-express.html`,
    definition: map({ MaxConcurrency: 1 }),
    input: ['a'],
    expect: {
      output: ['a'],
      events: [
        'ExecutionStarted',
        'MapStateEntered',
        'MapStateStarted',
        'MapIterationStarted',
        'PassStateEntered',
        'PassStateExited',
        'MapIterationSucceeded',
        'MapStateSucceeded',
        'MapStateExited',
        'ExecutionSucceeded',
      ],
      history: [{ type: 'MapStateStarted', mapStateStartedEventDetails: { length: 1 } }],
    },
  },
  ...(
    [
      ['MaxConcurrency of one runs one after another', { MaxConcurrency: 1 }, 4],
      ['MaxConcurrency of zero sets no limit', { MaxConcurrency: 0 }, 1],
      ['MaxConcurrencyPath', { MaxConcurrencyPath: '$.n' }, 2],
    ] as const
  ).map(([title, fields, seconds]) => ({
    title,
    section,
    definition: map({ ItemsPath: '$.l', ...fields }, waiting),
    input: { l: [1, 1, 1, 1], n: 2 },
    expect: { output: [1, 1, 1, 1], history: [{ type: 'MapStateExited', timestamp: `2026-01-01T00:00:0${seconds}.000Z` }] },
  })),
  {
    title: 'no more than 40 iterations run at once',
    section,
    definition: map({ MaxConcurrency: 100 }, waiting),
    input: Array(81).fill(1),
    expect: { output: Array(81).fill(1), history: [{ type: 'MapStateExited', timestamp: '2026-01-01T00:00:03.000Z' }] },
  },
  {
    title: 'an iteration that fails stops the others and fails the state',
    section,
    definition: map(
      {},
      {
        StartAt: 'C',
        States: {
          C: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 2, Next: 'F' }], Default: 'W' },
          F: { Type: 'Fail', Error: 'E', Cause: 'why' },
          W: { Type: 'Wait', Seconds: 60, End: true },
        },
      },
    ),
    input: [1, 2],
    expect: {
      error: 'E',
      cause: 'why',
      history: [{ type: 'MapIterationFailed' }, { type: 'MapIterationAborted' }, { type: 'MapStateFailed' }],
    },
  },
  {
    title: 'a map is retried and caught like a task',
    section: `${ASL}#map-state`,
    definition: jsonPath({
      M: {
        Type: 'Map',
        ItemProcessor: work,
        Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['E'], ResultPath: '$[0]', Next: 'S' }],
        End: true,
      },
      S: { Type: 'Succeed' },
    }),
    input: [1],
    mocks: { f: [{ throw: { Error: 'E', Cause: 'why' } }] },
    expect: { output: [{ Error: 'E', Cause: 'why' }] },
  },
  {
    title: 'ItemsPath to text',
    section: `${GUIDE}/input-output-itemspath.html`,
    definition: map({ ItemsPath: '$.l' }),
    input: { l: 'abc' },
    expect: fails('Reference path "$.l" must point to array.'),
  },
  {
    title: 'ItemsPath to nothing',
    section: `${GUIDE}/input-output-itemspath.html`,
    definition: map({ ItemsPath: '$.l' }),
    input: { a: 1 },
    expect: { error: 'States.ReferencePathConflict', cause: 'Unable to apply step "l" to input {"a":1}' },
  },
  {
    title: 'JSONata: Items that give a number',
    section,
    definition: query({ Items: '{% 5 %}' }),
    expect: fails(
      "The JSONata expression '5' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'number' for value: 5",
      'States.QueryEvaluationError',
    ),
  },
  {
    title: 'ItemReader of an inline map fails when the state runs',
    section: `${GUIDE}/state-map-distributed.html`,
    definition: map({
      ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'b', Key: 'k' }, ReaderConfig: { InputType: 'JSON' } },
    }),
    input: [1],
    expect: fails('The ItemReader, ItemBatcher and ResultWriter fields are not supported for INLINE maps'),
  },
  ...(
    [
      ['without ItemProcessor', { ItemProcessor: undefined }, ['/States/M/ItemProcessor']],
      ['with both names of ItemSelector', { ItemSelector: {}, Parameters: {} }, ['/States/M/Parameters']],
      ['with both names of ItemProcessor', { Iterator: echo }, ['/States/M/Iterator']],
      ['with negative MaxConcurrency', { MaxConcurrency: -1 }, ['/States/M/MaxConcurrency']],
      ['with MaxConcurrency twice', { MaxConcurrency: 1, MaxConcurrencyPath: '$.n' }, ['/States/M/MaxConcurrencyPath']],
      ['with an ItemsPath that is no reference path', { ItemsPath: '$.l[*]' }, ['/States/M/ItemsPath']],
      ['with Items in JSONPath', { Items: [1] }, ['/States/M/Items']],
    ] as const
  ).map(([title, fields, refused]) => ({ title: `refused: a map ${title}`, section, definition: map(fields), expect: { refused } })),
];
