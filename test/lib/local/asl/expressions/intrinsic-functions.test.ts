import fc from 'fast-check';
import { jsonPath, run, succeeded } from '../machine';

const evaluate = (expression: string, input: unknown) =>
  run(jsonPath({ A: { Type: 'Pass', Parameters: { 'v.$': expression }, End: true } }), input);

test.each<[string, unknown, unknown]>([
  ["States.Format('Hello {}, you are {}', $.name, 42)", { name: 'Ada' }, 'Hello Ada, you are 42'],
  ["States.Format('{}|{}|{}|{}', $.a, null, true, $.list)", { a: -1.5, list: [1, 'x'] }, '-1.5|null|true|[1,"x"]'],
  ["States.Format('it\\'s \\{{}\\} \\\\', $.a)", { a: 'x' }, "it's {x} \\"],
  ['States.Format($.template, $.a)', { template: 'a={}', a: 1 }, 'a=1'],
  ['States.StringToJson($.text)', { text: ' {"a":[1,null]} ' }, { a: [1, null] }],
  ['States.JsonToString($.value)', { value: { a: [1, 'x'] } }, '{"a":[1,"x"]}'],
  ['States.Array()', {}, []],
  ["States.Array(1, 'a', $.x, States.Array(true))", { x: { y: 1 } }, [1, 'a', { y: 1 }, [true]]],
  ['States.ArrayPartition($.list, 2)', { list: [1, 2, 3, 4, 5] }, [[1, 2], [3, 4], [5]]],
  ['States.ArrayContains($.list, $.item)', { list: [1, { a: 1 }], item: { a: 1 } }, true],
  ["States.ArrayContains($.list, '1')", { list: [1] }, true],
  ['States.ArrayContains($.list, true)', { list: ['true'] }, true],
  ['States.ArrayContains($.list, false)', { list: [0] }, false],
  ['States.ArrayContains($.list, null)', { list: [1, null] }, true],
  ['States.ArrayContains($.list, $.item)', { list: [{ a: 1, b: 2 }], item: { b: 2, a: 1 } }, false],
  ['States.ArrayRange(1, 9, 3)', {}, [1, 4, 7]],
  ['States.ArrayRange(3, 1, -1)', {}, [3, 2, 1]],
  ['States.ArrayRange(1, 0, 1)', {}, []],
  ['States.ArrayGetItem($.list, 1)', { list: ['a', 'b'] }, 'b'],
  ['States.ArrayLength($.list)', { list: [1, 2, 3] }, 3],
  ['States.ArrayUnique($.list)', { list: [3, 1, 2, 3, 1] }, [1, 2, 3]],
  ['States.ArrayUnique($.list)', { list: [1, '1', 1.0, '01'] }, [1, '1', '01']],
  ['States.ArrayUnique($.list)', { list: [true, false, true] }, [false, true]],
  ['States.ArrayUnique($.list)', { list: [null, null, 1, null] }, [null, 1]],
  [
    'States.ArrayUnique($.list)',
    {
      list: [
        [1, 2],
        [1, 2],
        [2, 1],
      ],
    },
    [
      [2, 1],
      [1, 2],
    ],
  ],
  [
    'States.ArrayUnique($.list)',
    {
      list: [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    },
    [{ a: 1, b: 2 }],
  ],
  ['States.ArrayUnique($.list)', { list: [1.5, 2 ** 40, 1.5] }, [2 ** 40, 1.5]],
  ['States.ArrayPartition($.list, 2.6)', { list: [1, 2, 3] }, [[1, 2], [3]]],
  ['States.ArrayRange(1.6, 1.4, 1)', {}, [1]],
  ['States.ArrayRange(5.4, -0.6, -2.4)', {}, [5, 3, 1]],
  ['States.ArrayGetItem($.list, 1.9)', { list: [1, 2] }, 2],
  ['States.ArrayGetItem($.list, 999)', { list: [] }, null],
  ["States.Base64Decode(' YWJjZA== ')", {}, 'abcd'],
  ["States.Base64Decode('YWI')", {}, 'ab'],
  ["States.Hash(1, 'MD5')", {}, 'c4ca4238a0b923820dcc509a6f75849b'],
  ["States.JsonMerge($.a, $.a, 'false')", { a: { x: 1 } }, { x: 1 }],
  ['States.StringToJson($.text)', { text: '' }, null],
  ['States.MathRandom(1, 100, 42)', {}, 63],
  ['States.MathRandom(1, 1000, 1)', {}, 106],
  ['States.MathRandom(1, 1000, 2)', {}, 806],
  ['States.MathRandom(1, 10, -10)', {}, 1],
  ['States.MathRandom(2147483640, 2147483647, 1)', {}, 2147483644],
  ['States.MathRandom(0, 16, 3)', {}, 11],
  ["States.Base64Encode('é')", {}, 'w6k='],
  ["States.Base64Decode('w6k=')", {}, 'é'],
  ["States.Hash('a', 'MD5')", {}, '0cc175b9c0f1b6a831c399e269772661'],
  ["States.Hash($.o, 'SHA-1')", { o: { a: 1 } }, '9f89c740ceb46d7418c924a78ac57941d5e96520'],
  ['States.JsonMerge($.a, $.b, false)', { a: { x: { y: 1 }, z: 1 }, b: { x: { w: 2 } } }, { x: { w: 2 }, z: 1 }],
  ['States.MathAdd($.n, -1)', { n: 111 }, 110],
  ['States.MathAdd(1.6, 2.7)', {}, 5],
  ['States.MathAdd(2147483646, 1)', {}, 2147483647],
  ["States.StringSplit('a.b+c,,d', '.+,')", {}, ['a', 'b', 'c', 'd']],
  ["States.StringSplit('a]b\\\\c^d', ']\\\\^')", {}, ['a', 'b', 'c', 'd']],
  ['States.MathRandom(1, 11)', {}, 6],
  ["States.Format('{}:{}', $.a, $$.Execution.Name)", { a: 1 }, '1:run-1'],
  ["States.ArrayGetItem($['odd, key)'], 0)", { 'odd, key)': [7] }, 7],
])('%s of %j', async (expression, input, value) => {
  expect(await evaluate(expression, input)).toEqual(succeeded({ v: value }));
});

const at = "An error occurred while executing the state 'A' (entered at the event id #2). ";

test.each<[string, unknown?]>([
  ["States.Format('{} {}', $.a)", { a: 1 }],
  ["States.Format('{}', $.a, $.a)", { a: 1 }],
  ['States.Format($.a)', { a: 1 }],
  ['States.Format()'],
  ['States.ArrayPartition($.a, 0)', { a: [1] }],
  ['States.ArrayPartition($.a, 0.6)', { a: [1] }],
  ['States.ArrayPartition($.a, 1)', { a: 'x' }],
  ['States.ArrayRange(1, 2, 0)'],
  ['States.ArrayRange(1, 2, 0.49)'],
  ['States.ArrayRange(1, 1001, 1)'],
  ['States.ArrayRange(1, 5)'],
  ['States.ArrayGetItem($.a, 1)', { a: [1] }],
  ['States.ArrayGetItem($.a, -1)', { a: [1] }],
  ['States.ArrayContains($.a)', { a: [1] }],
  ['States.ArrayLength(1)'],
  ['States.ArrayUnique($)', {}],
  ['States.Base64Decode(1)'],
  ["States.Hash('a', 'SHA256')"],
  ['States.JsonMerge($.a, $.a, true)', { a: {} }],
  ['States.JsonMerge($.a, $.b, false)', { a: {}, b: [] }],
  ['States.MathRandom(5, 5)'],
  ['States.MathRandom(1, 9, null)'],
  ['States.MathRandom(1)'],
  ['States.MathAdd(2147483647, 1)'],
  ['States.MathAdd(3000000000, -3000000000)'],
  ["States.MathAdd('1', 1)"],
  ["States.StringSplit(1, ',')"],
  ['States.UUID(1)'],
  ['States.Base64Encode($.a)', { a: 'x'.repeat(10_001) }],
  ['States.ArrayLength(States.JsonToString($.a))', { a: [] }],
])('%s has invalid arguments', async (expression, input = {}) => {
  const failing = /^States\.\w+/.exec(expression)?.[0];
  expect(await evaluate(expression, input)).toEqual({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: `${at}There was an error while evaluating the intrinsic function: ${expression}. Invalid arguments in ${failing}`,
  });
});

test.each<[string, unknown, string]>([
  ["States.Format('Hello {', $.a)", { a: 1 }, "Invalid template in States.Format: matching '}' not found for '{'."],
  ["States.Format('Hello {{}}', $.a)", { a: 1 }, "Invalid template in States.Format: matching '}' not found for '{'."],
  ["States.Format('}')", {}, "Invalid template in States.Format: matching '{' not found for '}'."],
  ["States.StringToJson('nothing')", {}, 'Cannot convert String to Json in States.StringToJson, caused by: '],
])('%s fails in words of its own', async (expression, input, reason) => {
  const { error, cause } = await evaluate(expression, input);
  expect(error).toBe('States.Runtime');
  expect(cause).toContain(`${at}There was an error while evaluating the intrinsic function: ${expression}. ${reason}`);
});

test('an argument that is not in the input is named', async () => {
  expect(await evaluate("States.Hash($.missing, 'MD5')", {})).toEqual({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: `${at}The function 'States.Hash($.missing, 'MD5')' had the following error: The JsonPath argument for the field '$.missing' could not be found in the input '{}'`,
  });
});

test('States.UUID gives a version 4 UUID', async () => {
  const { output } = await evaluate('States.UUID()', {});
  expect(output).toEqual({ v: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/) });
});

test('a seed determines States.MathRandom', async () => {
  const [first, again] = await Promise.all([
    evaluate('States.MathRandom(0, 1000000, 7)', {}),
    evaluate('States.MathRandom(0, 1000000, 7)', {}),
  ]);
  const other = await evaluate('States.MathRandom(0, 1000000, 8)', {});
  expect(first).toEqual(again);
  expect(other).not.toEqual(first);
});

test('partitions keep order and every element', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer(), { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), async (list, size) => {
      const { output } = await evaluate('States.ArrayPartition($.list, $.size)', { list, size });
      const parts = (output as { v: number[][] }).v;
      expect(parts.flat()).toEqual(list);
      expect(parts.slice(0, -1).every((part) => part.length === size)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('Base64 there and back is the text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
      const { output } = await evaluate('States.Base64Decode(States.Base64Encode($.text))', { text });
      expect(output).toEqual({ v: text });
    }),
    { numRuns: 30 },
  );
});
