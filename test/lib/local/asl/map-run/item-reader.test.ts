import type { TaskHandler } from '../../../../../lib/local/asl/task';
import { execution, jsonata, jsonPath, run, succeeded, typesOf } from '../machine';
import { distributed, GET, LIST, storedObjects } from './stored-objects';

const read = (config: object, fields: object = {}) =>
  jsonPath({
    M: distributed({ ItemReader: { Resource: GET, Parameters: { Bucket: 'b', 'Key.$': '$.key' }, ReaderConfig: config }, ...fields }),
  });
const list = (config: object, fields: object = {}) =>
  jsonPath({
    M: distributed({ ItemReader: { Resource: LIST, Parameters: { Bucket: 'b', Prefix: 'in/' }, ReaderConfig: config }, ...fields }),
  });
const source = { ItemSelector: { 's.$': '$$.Map.Item.Source', 'v.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index' } };
const csv = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };

test.each<[string, object, string, unknown]>([
  ['a JSON array', read({ InputType: 'JSON' }), '[1,{"a":2}]', [1, { a: 2 }]],
  [
    'a JSON object, pair by pair',
    read({ InputType: 'JSON' }),
    '{"a":1,"b":{}}',
    [
      { Key: 'a', Value: 1 },
      { Key: 'b', Value: {} },
    ],
  ],
  ['what ItemsPointer points to', read({ InputType: 'JSON', ItemsPointer: '/a~1b/0' }), '{"a/b":[[7,8]]}', [7, 8]],
  ['an empty ItemsPointer', read({ InputType: 'JSON', ItemsPointer: '' }), '[7]', [7]],
  ['JSON lines, empty ones left out', read({ InputType: 'JSONL' }), '{"a":1}\r\n\n2\n', [{ a: 1 }, 2]],
  [
    'CSV: strings, what is missing is empty, what is too much is dropped',
    read(csv),
    'a,b\n1,2\n3\n4,5,6\n',
    [
      { a: '1', b: '2' },
      { a: '3', b: '' },
      { a: '4', b: '5' },
    ],
  ],
  ['quoted CSV', read(csv), 'a,b\r\n"x, ""y""","line\nbreak"\r\n', [{ a: 'x, "y"', b: 'line\nbreak' }]],
  ['CSV with headers given', read({ InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['x'] }), '1\n2', [{ x: '1' }, { x: '2' }]],
  ...(
    [
      ['COMMA', ','],
      ['PIPE', '|'],
      ['SEMICOLON', ';'],
      ['SPACE', ' '],
      ['TAB', '\t'],
    ] as const
  ).map(([CSVDelimiter, sign]): [string, object, string, unknown] => [
    CSVDelimiter,
    read({ ...csv, CSVDelimiter }),
    `a${sign}b\n1${sign}2`,
    [{ a: '1', b: '2' }],
  ]),
  ['at most MaxItems', read({ InputType: 'JSON', MaxItems: 2 }), '[1,2,3]', [1, 2]],
  ['all for MaxItems 0', read({ InputType: 'JSON', MaxItems: 0 }), '[1,2,3]', [1, 2, 3]],
  ['at most MaxItemsPath', read({ InputType: 'JSON', MaxItemsPath: '$.n' }), '[1,2,3]', [1]],
  ['where an item comes from', read({ InputType: 'JSON' }, source), '["x"]', [{ s: 's3://b/k', v: 'x', i: 0 }]],
])('reads %s', async (_, machine, body, output) => {
  const { tasks } = storedObjects({ k: body });
  expect(await run(machine, { key: 'k', n: 1 }, { tasks })).toEqual(succeeded(output));
});

test.each<[string, object, string, string]>([
  ['a dataset that cannot be iterated', read({ InputType: 'JSON' }), '5', 'Attempting to map over non-iterable node.'],
  [
    'an ItemsPointer to nothing',
    read({ InputType: 'JSON', ItemsPointer: '/x' }),
    '{}',
    'The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure.',
  ],
  ['repeated CSV headers', read(csv), 'a,a\n1,2', 'CSV headers cannot contain duplicates.'],
  ['a negative MaxItemsPath', read({ InputType: 'JSON', MaxItemsPath: '$.n' }), '[]', 'field MaxItems must be positive'],
  [
    'a MaxItemsPath to text',
    read({ InputType: 'JSON', MaxItemsPath: '$.t' }),
    '[]',
    "The MaxItemsPath field refers to value 'x' which is not a valid integer: $.t",
  ],
])('fails with States.ItemReaderFailed for %s', async (_, machine, body, cause) => {
  const { tasks } = storedObjects({ k: body });
  const subject = execution(machine, { key: 'k', n: -1, t: 'x' }, { tasks });
  expect(await subject.run()).toEqual({ status: 'FAILED', error: 'States.ItemReaderFailed', cause });
  expect(typesOf(subject)).toEqual([
    'ExecutionStarted',
    'MapStateEntered',
    'MapStateStarted',
    'MapRunStarted',
    'MapRunFailed',
    'MapStateFailed',
    'ExecutionFailed',
  ]);
  expect(subject.history[2]).toMatchObject({ mapStateStartedEventDetails: { length: 0 } });
  expect(subject.history[4]).toMatchObject({ mapRunFailedEventDetails: { error: 'States.ItemReaderFailed', cause } });
});

test('an object that is not there is an error that can be caught', async () => {
  const { tasks } = storedObjects({});
  const machine = jsonPath({
    M: distributed({
      ItemReader: { Resource: GET, Parameters: { Bucket: 'b', Key: 'none' }, ReaderConfig: { InputType: 'JSON' } },
      Catch: [{ ErrorEquals: ['States.ItemReaderFailed'], Next: 'S' }],
    }),
    S: { Type: 'Succeed' },
  });
  expect(await run(machine, {}, { tasks })).toEqual(
    succeeded({ Error: 'States.ItemReaderFailed', Cause: 'The specified key does not exist.' }),
  );
});

const objects = { 'in/': '', 'in/a.json': '[1]', 'in/b.json': '[2,3]', 'in/c.json': '[4]', 'out/x': 'x' };

test('lists objects over all pages, each an item', async () => {
  const { tasks } = storedObjects({ ...objects });
  expect(
    await run(
      list({ Transformation: 'NONE' }, { ItemSelector: { 'k.$': '$$.Map.Item.Value.Key', 's.$': '$$.Map.Item.Source' } }),
      {},
      { tasks },
    ),
  ).toEqual(succeeded(['in/', 'in/a.json', 'in/b.json', 'in/c.json'].map((k) => ({ k, s: 's3://b' }))));
});

test('LOAD_AND_FLATTEN makes items of what the listed objects hold', async () => {
  const { tasks } = storedObjects({ ...objects });
  expect(await run(list({ InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN', MaxItems: 3 }, source), {}, { tasks })).toEqual(
    succeeded([
      { s: 's3://b/in/a.json', v: 1, i: 0 },
      { s: 's3://b/in/b.json', v: 2, i: 1 },
      { s: 's3://b/in/b.json', v: 3, i: 2 },
    ]),
  );
});

test('a manifest of Athena names the objects to read', async () => {
  const { tasks } = storedObjects({ k: 's3://b/in/one.jsonl\ns3://b/in/two.jsonl\n', 'in/one.jsonl': '1\n2', 'in/two.jsonl': '3' });
  expect(await run(read({ ManifestType: 'ATHENA_DATA', InputType: 'JSONL' }), { key: 'k' }, { tasks })).toEqual(succeeded([1, 2, 3]));
});

test('JSONata: Arguments and MaxItems are expressions', async () => {
  const { tasks, requests } = storedObjects({ k: '[1,2,3]' });
  const machine = jsonata({
    M: distributed({
      ItemReader: {
        Resource: GET,
        Arguments: { Bucket: 'b', Key: '{% $states.input.key %}' },
        ReaderConfig: { InputType: 'JSON', MaxItems: '{% 1 + 1 %}' },
      },
    }),
  });
  expect(await run(machine, { key: 'k' }, { tasks })).toEqual(succeeded([1, 2]));
  expect(requests[0]).toMatchObject({ resource: GET, stateName: 'M', input: { Bucket: 'b', Key: 'k' } });
});

test('a listed object is told of as AWS tells of it', async () => {
  const Contents = [{ ETag: '"e"', Key: 'k', LastModified: '2026-01-01T00:00:00.000Z', Size: 3, StorageClass: 'STANDARD' }];
  const tasks: TaskHandler = async ({ resource, input }) => (resource === LIST ? { Contents } : input);
  expect(await run(list({}), {}, { tasks })).toEqual(
    succeeded([{ Etag: '"e"', Key: 'k', LastModified: 1767225600, Size: 3, StorageClass: 'STANDARD' }]),
  );
});
