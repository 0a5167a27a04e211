import { type ConformanceCase, GUIDE, jsonPath } from '../conformance-case';

const section = `${GUIDE}/intrinsic-functions.html`;
const evaluating = (expression: string) => jsonPath({ P: { Type: 'Pass', Parameters: { 'v.$': expression }, End: true } });

type Row = readonly [expression: string, output: unknown, input?: unknown];

const VALUES: readonly Row[] = [
  ['States.Array()', []],
  [
    "States.Array(1, -2.5, 'a', true, null, $.x, States.Array($$.Execution.Name))",
    [1, -2.5, 'a', true, null, { y: 1 }, ['execution']],
    { x: { y: 1 } },
  ],
  ['States.ArrayPartition($.l, 4)', [[1, 2, 3, 4], [5]], { l: [1, 2, 3, 4, 5] }],
  ['States.ArrayPartition($.l, 9)', [[1]], { l: [1] }],
  ['States.ArrayPartition($.l, 2)', [], { l: [] }],
  ['States.ArrayPartition($.l, 2.6)', [[1, 2], [3]], { l: [1, 2, 3] }],
  ['States.ArrayContains($.l, 5)', true, { l: [1, 5] }],
  ["States.ArrayContains($.l, 'b')", false, { l: ['a'] }],
  ['States.ArrayContains($.l, $.o)', true, { l: [{ a: 1 }], o: { a: 1 } }],
  ['States.ArrayContains($.l, true)', true, { l: ['true'] }],
  ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
  ['States.ArrayRange(-2, 2, 2)', [-2, 0, 2]],
  ['States.ArrayRange(5, 1, -2)', [5, 3, 1]],
  ['States.ArrayRange(1, 5, -1)', []],
  ['States.ArrayRange(1.4, 5.6, 2.2)', [1, 3, 5]],
  ['States.ArrayGetItem($.l, 1)', 'b', { l: ['a', 'b'] }],
  ['States.ArrayGetItem($.l, 0)', null, { l: [null] }],
  ['States.ArrayGetItem($.l, 7)', null, { l: [] }],
  ['States.ArrayLength($.l)', 3, { l: [[1], [2], [3, 4]] }],
  ['States.ArrayLength(States.Array())', 0],
  ['States.ArrayUnique($.l)', [1, 2, 3, 4], { l: [1, 2, 3, 3, 3, 4] }],
  ['States.ArrayUnique($.l)', [false, true], { l: [true, false, true] }],
  [
    'States.ArrayUnique($.l)',
    [{ a: 1, b: 2 }],
    {
      l: [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    },
  ],
  ["States.Base64Encode('Data to encode')", 'RGF0YSB0byBlbmNvZGU='],
  ["States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", 'Data to encode'],
  ['States.Base64Encode($.s)', '4pyT', { s: '✓' }],
  ["States.Base64Decode('4pyT')", '✓'],
  ["States.Base64Decode('')", ''],
  ["States.Hash('hello', 'MD5')", '5d41402abc4b2a76b9719d911017c592'],
  ["States.Hash('hello', 'SHA-1')", 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'],
  ["States.Hash('hello', 'SHA-256')", '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
  ["States.Hash('hello', 'SHA-384')", '59e1748777448c69de6b800d7a33bbfb9ff1b463e44354c3553bcdb9c666fa90125a3c79f90397bdf5f6a13de828684f'],
  [
    "States.Hash('hello', 'SHA-512')",
    '9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043',
  ],
  ['States.JsonMerge($.a, $.b, false)', { x: { c: 3 }, y: 1 }, { a: { x: { a: 1 }, y: 1 }, b: { x: { c: 3 } } }],
  ['States.MathRandom(1, 100, 42)', 63],
  ['States.MathRandom(1, 1000, 2)', 806],
  ['States.MathAdd($.n, -1)', 110, { n: 111 }],
  ['States.MathAdd(1.6, 2.7)', 5],
  ['States.MathAdd(2147483646, 1)', 2147483647],
  ["States.StringSplit('1,2,3', ',')", ['1', '2', '3']],
  ["States.StringSplit('This.is+a,test=string', '.+,=')", ['This', 'is', 'a', 'test', 'string']],
  ["States.StringSplit(',a,,b,', ',')", ['a', 'b']],
  ["States.StringSplit('', ',')", []],
  ["States.Format('Hello, my name is {}.', $.name)", 'Hello, my name is Ada.', { name: 'Ada' }],
  ["States.Format('{} {} {} {}', 1.5, true, null, $.l)", '1.5 true null ["a"]', { l: ['a'] }],
  ["States.Format('it\\'s \\{\\} and \\\\')", "it's {} and \\"],
  ['States.Format($.t, 1)', '<1>', { t: '<{}>' }],
  ['States.StringToJson($.s)', { a: [1, null] }, { s: '{"a":[1,null]}' }],
  ['States.StringToJson($.s)', null, { s: '' }],
  ['States.JsonToString($.o)', '{"a":[1,"x"]}', { o: { a: [1, 'x'] } }],
  ["States.JsonToString('x')", '"x"'],
  ['States.ArrayLength(States.StringSplit(States.Format($.t, 1), $.d))', 2, { t: 'a-{}', d: '-' }],
];

const INVALID: readonly (readonly [string, unknown?])[] = [
  ["States.ArrayPartition('a', 2)"],
  ['States.ArrayPartition($.l, 0)', { l: [1] }],
  ['States.ArrayPartition($.l, 0.6)', { l: [1] }],
  ["States.ArrayContains('a', 'a')"],
  ['States.ArrayRange(1, 9, 0)'],
  ['States.ArrayRange(1, 1001, 1)'],
  ["States.ArrayRange('1', 2, 1)"],
  ['States.ArrayGetItem($.l, 3)', { l: [10, 20, 30] }],
  ['States.ArrayGetItem($.l, -1)', { l: [10] }],
  ['States.ArrayLength($)', {}],
  ["States.ArrayUnique('a')"],
  ['States.Base64Encode(1)'],
  ['States.Base64Encode($.s)', { s: 'a'.repeat(10_001) }],
  ['States.Base64Decode($.s)', { s: 'A'.repeat(10_001) }],
  ["States.Hash('a', 'SHA256')"],
  ['States.JsonMerge($.a, $.a, true)', { a: {} }],
  ['States.MathRandom(5, 5)'],
  ["States.MathRandom(1, 10, 'seed')"],
  ['States.MathAdd(2147483647, 1)'],
  ['States.MathAdd(true, 1)'],
  ['States.StringSplit($.n, $.n)', { n: 1 }],
  ['States.StringToJson(1)'],
  ['States.JsonToString()'],
  ['States.UUID(1)'],
  ["States.Format('{}')"],
];

const at = "An error occurred while executing the state 'P' (entered at the event id #2). ";
const failing = (expression: string, reason: string) => ({
  error: 'States.Runtime',
  cause: `${at}There was an error while evaluating the intrinsic function: ${expression}. ${reason}`,
});

/** Where the JSON reader of AWS stopped. */
const reader = (column: number) =>
  `at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: 1, column: ${column}]`;

export const CASES: readonly ConformanceCase[] = [
  ...VALUES.map(([expression, v, input], index) => ({
    title: `${expression} (${index})`,
    section,
    definition: evaluating(expression),
    ...(input !== undefined && { input }),
    expect: { output: { v } },
  })),
  ...INVALID.map(([expression, input]) => ({
    title: `${expression} has invalid arguments`,
    section,
    definition: evaluating(expression),
    ...(input !== undefined && { input }),
    expect: failing(expression, `Invalid arguments in ${/^States\.\w+/.exec(expression)?.[0]}`),
  })),
  {
    title: 'States.UUID gives a version 4 UUID',
    section,
    definition: evaluating('States.UUID()'),
    expect: { matching: (output) => /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test((output as { v: string }).v) },
  },
  {
    title: 'States.MathRandom without a seed stays within its bounds',
    section,
    definition: evaluating('States.MathRandom(3, 5)'),
    expect: { matching: (output) => [3, 4].includes((output as { v: number }).v) },
  },
  {
    title: 'an opening brace of a template that nothing closes',
    section,
    definition: evaluating("States.Format('Hello {', $.a)"),
    input: { a: 1 },
    expect: failing("States.Format('Hello {', $.a)", "Invalid template in States.Format: matching '}' not found for '{'."),
  },
  ...(
    [
      ['{bad', "Unexpected character ('b' (code 98)): was expecting double-quote to start field name", 2],
      ['{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value", 6],
      ['[1 2]', "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 4],
      ['{"a":true', `Unexpected end-of-input: expected close marker for Object (start marker ${reader(1)})`, 10],
      ['nil', "Unrecognized token 'nil': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 4],
    ] as const
  ).map(([s, fault, column]) => ({
    title: `${s} is no JSON`,
    section,
    definition: evaluating('States.StringToJson($.s)'),
    input: { s },
    expect: failing(
      'States.StringToJson($.s)',
      `Cannot convert String to Json in States.StringToJson, caused by: ${fault}\n ${reader(column)}`,
    ),
  })),
  {
    title: 'an argument that the input does not have',
    section,
    definition: evaluating('States.ArrayLength($.missing)'),
    expect: {
      error: 'States.Runtime',
      cause: `${at}The function 'States.ArrayLength($.missing)' had the following error: The JsonPath argument for the field '$.missing' could not be found in the input '{}'`,
    },
  },
  {
    title: 'a failure inside another function names the one that failed',
    section,
    definition: evaluating('States.ArrayLength(States.JsonToString($))'),
    expect: failing('States.ArrayLength(States.JsonToString($))', 'Invalid arguments in States.ArrayLength'),
  },
  ...(
    [
      ['an unknown function', 'States.Nothing()'],
      ['a call that is not closed', 'States.Array(1'],
      ['an empty argument', 'States.Array(1, )'],
      ['an escape that does not exist', "States.Format('a\\nb')"],
      ['functions nested eleven deep', `${'States.Array('.repeat(11)}1${')'.repeat(11)}`],
      ['text that is neither a path nor a function', 'name'],
    ] as const
  ).map(([title, expression]) => ({
    title,
    section,
    definition: evaluating(expression),
    expect: { refused: ['/States/P/Parameters/v.$'] },
  })),
];
