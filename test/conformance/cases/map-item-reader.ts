import { type ConformanceCase, GUIDE, jsonata, jsonPath } from '../conformance-case';

const reading = `${GUIDE}/input-output-itemreader.html`;
const GET = 'arn:aws:states:::s3:getObject';
const LIST = 'arn:aws:states:::s3:listObjectsV2';
const PUT = 'arn:aws:states:::s3:putObject';
const config = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
const echo = { ...config, StartAt: 'E', States: { E: { Type: 'Pass', End: true } } };
const map = (fields: object, processor: object = echo) =>
  jsonPath({ M: { Type: 'Map', Label: 'docs', ItemProcessor: processor, ...fields, End: true } });
const reader = (ReaderConfig: object, Resource = GET) => ({
  ItemReader: { Resource, Parameters: { Bucket: 'b', Key: 'k' }, ReaderConfig },
});
const csv = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
const body = (text: string) => ({ [GET]: [{ return: { Body: text } }] });
const reads = (title: string, ReaderConfig: object, text: string, output: unknown, input: unknown = {}): ConformanceCase => ({
  title,
  section: reading,
  definition: map(reader(ReaderConfig)),
  input,
  mocks: body(text),
  expect: { output },
});
const readFails = (title: string, ReaderConfig: object, text: string, cause: string): ConformanceCase => ({
  title,
  section: reading,
  definition: map(reader(ReaderConfig)),
  mocks: body(text),
  expect: {
    error: 'States.ItemReaderFailed',
    cause,
    history: [{ type: 'MapRunStarted' }, { type: 'MapRunFailed' }, { type: 'MapStateFailed' }],
  },
});
const source = { ItemSelector: { 's.$': '$$.Map.Item.Source', 'v.$': '$$.Map.Item.Value' } };

export const CASES: readonly ConformanceCase[] = [
  reads('a JSON list', { InputType: 'JSON' }, '[1,{"a":2}]', [1, { a: 2 }]),
  reads('a JSON object gives its pairs', { InputType: 'JSON' }, '{"a":1}', [{ Key: 'a', Value: 1 }]),
  reads('ItemsPointer', { InputType: 'JSON', ItemsPointer: '/data/items' }, '{"data":{"items":[{"id":"a"},{"id":"b"}]}}', [
    { id: 'a' },
    { id: 'b' },
  ]),
  reads('JSON lines', { InputType: 'JSONL' }, '{"id":"x"}\n{"id":"y"}\n', [{ id: 'x' }, { id: 'y' }]),
  reads('CSV with headers in the first row', csv, 'id,name\n1,Ada\n2,"Bo, b"\n', [
    { id: '1', name: 'Ada' },
    { id: '2', name: 'Bo, b' },
  ]),
  reads('CSV with headers given', { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['id', 'name'] }, '1,Ada', [
    { id: '1', name: 'Ada' },
  ]),
  reads('CSVDelimiter', { ...csv, CSVDelimiter: 'PIPE' }, 'id|name\n1|Ada', [{ id: '1', name: 'Ada' }]),
  reads('rows that are too short or too long', csv, 'a,b\n1\n1,2,3', [
    { a: '1', b: '' },
    { a: '1', b: '2' },
  ]),
  reads('MaxItems', { InputType: 'JSON', MaxItems: 1 }, '[1,2]', [1]),
  reads('MaxItemsPath', { InputType: 'JSON', MaxItemsPath: '$.n' }, '[1,2,3]', [1, 2], { n: 2 }),
  {
    title: 'an item of an object names the object',
    section: reading,
    definition: map({ ...reader({ InputType: 'JSON' }), ...source }),
    mocks: body('["x"]'),
    expect: { output: [{ s: 's3://b/k', v: 'x' }] },
  },
  {
    title: 'a listing gives the objects themselves',
    section: reading,
    definition: map({ ...reader({ Transformation: 'NONE' }, LIST), ...source }),
    mocks: { [LIST]: [{ return: { Contents: [{ Key: 'a.json', Size: 2 }] } }] },
    expect: { output: [{ s: 's3://b', v: { Key: 'a.json', Size: 2 } }] },
  },
  {
    title: 'a listing that is loaded and flattened',
    section: reading,
    definition: map({ ...reader({ InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' }, LIST), ...source }),
    mocks: {
      [LIST]: [{ return: { Contents: [{ Key: 'a' }, { Key: 'b' }] } }],
      [GET]: [{ return: { Body: '[1]' } }, { return: { Body: '[2]' } }],
    },
    expect: {
      output: [
        { s: 's3://b/a', v: 1 },
        { s: 's3://b/b', v: 2 },
      ],
    },
  },
  {
    title: 'JSONata: Arguments of the reader',
    section: reading,
    definition: jsonata({
      M: {
        Type: 'Map',
        ItemProcessor: echo,
        ItemReader: { Resource: GET, Arguments: { Bucket: 'b', Key: '{% $states.input.k %}' }, ReaderConfig: { InputType: 'JSON' } },
        End: true,
      },
    }),
    input: { k: 'x' },
    mocks: body('[1]'),
    expect: { output: [1] },
  },
  readFails('a dataset that is a number', { InputType: 'JSON' }, '5', 'Attempting to map over non-iterable node.'),
  readFails(
    'ItemsPointer to nothing',
    { InputType: 'JSON', ItemsPointer: '/x' },
    '{}',
    'The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure.',
  ),
  readFails('CSV headers that repeat', csv, 'a,a\n1,2', 'CSV headers cannot contain duplicates.'),
  {
    title: 'an object that cannot be read',
    section: `${GUIDE}/concepts-error-handling.html`,
    definition: map(reader({ InputType: 'JSON' })),
    mocks: { [GET]: [{ throw: { Error: 'S3.NoSuchKeyException', Cause: 'gone' } }] },
    expect: { error: 'States.ItemReaderFailed', cause: 'gone' },
  },
  ...(
    [
      ['CSV without CSVHeaderLocation', reader({ InputType: 'CSV' }), ['ItemReader/ReaderConfig/CSVHeaderLocation']],
      [
        'CSVHeaderLocation GIVEN without CSVHeaders',
        reader({ InputType: 'CSV', CSVHeaderLocation: 'GIVEN' }),
        ['ItemReader/ReaderConfig/CSVHeaders'],
      ],
      [
        'CSVHeaderLocation for JSON',
        reader({ InputType: 'JSON', CSVHeaderLocation: 'FIRST_ROW' }),
        ['ItemReader/ReaderConfig/CSVHeaderLocation'],
      ],
      ['ItemsPointer for CSV', reader({ ...csv, ItemsPointer: '/a' }), ['ItemReader/ReaderConfig/ItemsPointer']],
      ['ItemsPointer that is no pointer', reader({ InputType: 'JSON', ItemsPointer: 'a' }), ['ItemReader/ReaderConfig/ItemsPointer']],
      ['LOAD_AND_FLATTEN without InputType', reader({ Transformation: 'LOAD_AND_FLATTEN' }, LIST), ['ItemReader/ReaderConfig/InputType']],
      ['ATHENA_DATA of JSON', reader({ ManifestType: 'ATHENA_DATA', InputType: 'JSON' }), ['ItemReader/ReaderConfig/InputType']],
      ['another action of a reader', reader({ InputType: 'JSON' }, PUT), ['ItemReader/Resource']],
      ['PARQUET, which the local run does not read', reader({ InputType: 'PARQUET' }), ['ItemReader/ReaderConfig/InputType']],
    ] as const
  ).map(([title, fields, refused]) => ({
    title: `refused: ${title}`,
    section: reading,
    definition: map(fields),
    expect: { refused: refused.map((path) => `/States/M/${path}`) },
  })),
];
