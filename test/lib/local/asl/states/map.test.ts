import type { TaskRequest } from '../../../../../lib/local/asl/task';
import { SkipClock } from '../../../../../lib/local/skip-clock';
import { execution, fault, INVOKE, jsonata, jsonPath, run, START, succeeded, typesOf } from '../machine';

const each = (fields: object) => ({ StartAt: 'Each', States: { Each: { End: true, ...fields } } });
const echo = each({ Type: 'Pass' });
const byPath = (fields: object) => jsonPath({ M: { Type: 'Map', ItemProcessor: echo, End: true, ...fields } });
const byQuery = (fields: object) => jsonata({ M: { Type: 'Map', ItemProcessor: echo, End: true, ...fields } });

test.each<[string, object, unknown, unknown]>([
  ['the input', byPath({}), [1, 2], [1, 2]],
  ['no items', byPath({}), [], []],
  ['ItemsPath', byPath({ ItemsPath: '$.l' }), { l: ['a'] }, ['a']],
  ['InputPath, then ItemsPath', byPath({ InputPath: '$.in', ItemsPath: '$.l' }), { in: { l: ['a'] } }, ['a']],
  [
    'ItemSelector',
    byPath({ ItemsPath: '$.l', ItemSelector: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value', 'x.$': '$.x' } }),
    { l: ['a', 'b'], x: 9 },
    [
      { i: 0, v: 'a', x: 9 },
      { i: 1, v: 'b', x: 9 },
    ],
  ],
  [
    'Parameters and Iterator, the old names',
    byPath({ ItemProcessor: undefined, Iterator: echo, Parameters: { 'v.$': '$$.Map.Item.Value' } }),
    [1],
    [{ v: 1 }],
  ],
  [
    'ResultSelector and ResultPath',
    byPath({ ItemsPath: '$.l', ResultSelector: { 'all.$': '$' }, ResultPath: '$.r' }),
    { l: [1] },
    { l: [1], r: { all: [1] } },
  ],
  ['JSONata: the input', byQuery({}), [1, 2], [1, 2]],
  ['JSONata: Items', byQuery({ Items: '{% $states.input.l[$ > 1] %}' }), { l: [1, 2, 3] }, [2, 3]],
  ['JSONata: literal Items', byQuery({ Items: [1, '{% $states.input.n %}'] }), { n: 2 }, [1, 2]],
  [
    'JSONata: ItemSelector and Output',
    byQuery({
      ItemSelector: { v: '{% $states.context.Map.Item.Value * 10 + $states.context.Map.Item.Index %}' },
      Output: '{% $sum($states.result.v) %}',
    }),
    [1, 2],
    31,
  ],
  ['ItemsPath that selects an object: one iteration a pair', byPath({ ItemsPath: '$.o' }), { o: { a: 1 } }, [{ Key: 'a', Value: 1 }]],
  [
    'Items that give an object, with its keys in the context',
    byQuery({ Items: { a: 1 }, ItemSelector: '{% $states.context.Map.Item.Key & $string($states.context.Map.Item.Value) %}' }),
    {},
    ['a1'],
  ],
])('%s', async (_, machine, input, output) => {
  expect(await run(machine, input)).toEqual(succeeded(output));
});

const at = "An error occurred while executing the state 'M' (entered at the event id #2). ";
test.each<[string, object, unknown, string, string]>([
  [
    'neither array nor object at ItemsPath',
    byPath({ ItemsPath: '$.l' }),
    { l: 1 },
    'States.Runtime',
    'Reference path "$.l" must point to array.',
  ],
  [
    'Items that give neither array nor object',
    byQuery({ Items: '{% $states.input.l %}' }),
    { l: 'text' },
    'States.QueryEvaluationError',
    `The JSONata expression '$states.input.l' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'string' for value: "text"`,
  ],
  [
    'Map.Item.Source of an inline map',
    byQuery({ ItemSelector: '{% $states.context.Map.Item.Source %}' }),
    [1],
    'States.QueryEvaluationError',
    "The JSONata expression '$states.context.Map.Item.Source' specified for the field 'ItemSelector' returned nothing (undefined).",
  ],
])('fails on %s', async (_, machine, input, error, cause) => {
  expect(await run(machine, input)).toEqual({ status: 'FAILED', error, cause: at + cause });
});

test('items see outer variables, their own index, and not each other', async () => {
  const machine = jsonata({
    S: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'M' },
    M: {
      Type: 'Map',
      Items: ['a', 'b'],
      ItemProcessor: {
        StartAt: 'One',
        States: {
          One: { Type: 'Pass', Assign: { mine: '{% $states.input %}' }, Next: 'Two' },
          Two: { Type: 'Pass', Output: '{% $outer & $mine & $states.context.Map.Item.Index %}', End: true },
        },
      },
      End: true,
    },
  });
  expect(await run(machine)).toEqual(succeeded(['oa0', 'ob1']));
});

test('inside nested maps the context has the innermost item', async () => {
  const inner = {
    Type: 'Map',
    ItemProcessor: { StartAt: 'Leaf', States: { Leaf: { Type: 'Pass', Output: '{% $states.context.Map.Item.Index %}', End: true } } },
  };
  expect(await run(byQuery({ ItemProcessor: each(inner) }), [[7, 8, 9], [7]])).toEqual(succeeded([[0, 1, 2], [0]]));
});

test.each<[string, object, number, number]>([
  ['MaxConcurrency', { MaxConcurrency: 2 }, 6, 3],
  ['MaxConcurrency 1', { MaxConcurrency: 1 }, 4, 4],
  ['a MaxConcurrency expression', { MaxConcurrency: '{% $count($states.input) / 3 %}' }, 6, 3],
  ['40 at most', {}, 80, 2],
  ['40 at most, even when more are asked for', { MaxConcurrency: 100 }, 81, 3],
])('%s', async (_, fields, count, rounds) => {
  const clock = new SkipClock(START);
  const machine = byQuery({ ItemProcessor: each({ Type: 'Wait', Seconds: 1 }), ...fields });
  await run(machine, Array(count).fill('x'), { clock });
  expect(clock.now()).toBe(START + rounds * 1000);
});

test('MaxConcurrencyPath', async () => {
  const clock = new SkipClock(START);
  const machine = byPath({ ItemsPath: '$.l', MaxConcurrencyPath: '$.n', ItemProcessor: each({ Type: 'Wait', Seconds: 1 }) });
  await run(machine, { l: [1, 2, 3, 4], n: 2 }, { clock });
  expect(clock.now()).toBe(START + 2000);
});

describe('an item that fails', () => {
  const tasks = async ({ input }: TaskRequest) => {
    if (input === 'bad') throw fault('E', 'why');
    return input;
  };
  const working = each({ Type: 'Task', Resource: INVOKE });

  test('fails the map, and items after it are never started', async () => {
    const started: unknown[] = [];
    const watching = (request: TaskRequest) => {
      started.push(request.input);
      return tasks(request);
    };
    const subject = execution(byQuery({ MaxConcurrency: 1, ItemProcessor: working }), ['a', 'bad', 'c'], { tasks: watching });
    expect(await subject.run()).toEqual({ status: 'FAILED', error: 'E', cause: 'why' });
    expect(started).toEqual(['a', 'bad']);
    expect(typesOf(subject).slice(-3)).toEqual(['MapIterationFailed', 'MapStateFailed', 'ExecutionFailed']);
  });

  test('is caught inside, or outside', async () => {
    const rescue = { Catch: [{ ErrorEquals: ['E'], Output: 'rescued', Next: 'Rest' }] };
    const inside = {
      StartAt: 'Each',
      States: { Each: { Type: 'Task', Resource: INVOKE, End: true, ...rescue }, Rest: { Type: 'Succeed' } },
    };
    expect(await run(byQuery({ ItemProcessor: inside }), ['a', 'bad'], { tasks })).toEqual(succeeded(['a', 'rescued']));
    const outside = jsonata({ M: { Type: 'Map', ItemProcessor: working, End: true, ...rescue }, Rest: { Type: 'Succeed' } });
    expect(await run(outside, ['a', 'bad'], { tasks })).toEqual(succeeded('rescued'));
  });
});

test('an item leaves these events', async () => {
  const subject = execution(byPath({}), ['a']);
  await subject.run();
  expect(typesOf(subject)).toEqual([
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
  ]);
  expect(subject.history[2]).toMatchObject({ mapStateStartedEventDetails: { length: 1 } });
  expect(subject.history[3]).toMatchObject({ mapIterationStartedEventDetails: { name: 'M', index: 0 } });
});

test.each(['ItemReader', 'ItemBatcher', 'ResultWriter'])('%s of an inline map fails when the state runs', async (field) => {
  const fields = {
    ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'b', Key: 'k' }, ReaderConfig: { InputType: 'JSON' } },
    ItemBatcher: { MaxItemsPerBatch: 2 },
    ResultWriter: { WriterConfig: { Transformation: 'NONE' } },
  };
  expect(await run(byPath({ [field]: fields[field as keyof typeof fields] }), [1])).toEqual({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: `${at}The ItemReader, ItemBatcher and ResultWriter fields are not supported for INLINE maps`,
  });
});

test('an ItemsPath to nothing is a conflict that can be caught', async () => {
  expect(await run(byPath({ ItemsPath: '$.a.l' }), { a: {} })).toEqual({
    status: 'FAILED',
    error: 'States.ReferencePathConflict',
    cause: 'Unable to apply step "l" to input {"a":{}}',
  });
});
