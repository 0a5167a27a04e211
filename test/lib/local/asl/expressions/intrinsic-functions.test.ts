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
  ["States.ArrayContains($.list, '1')", { list: [1] }, false],
  ['States.ArrayRange(1, 9, 3)', {}, [1, 4, 7]],
  ['States.ArrayRange(3, 1, -1)', {}, [3, 2, 1]],
  ['States.ArrayRange(1, 0, 1)', {}, []],
  ['States.ArrayGetItem($.list, 1)', { list: ['a', 'b'] }, 'b'],
  ['States.ArrayLength($.list)', { list: [1, 2, 3] }, 3],
  ['States.ArrayUnique($.list)', { list: [1, '1', 1, { a: 1 }, { a: 1 }] }, [1, '1', { a: 1 }]],
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

test.each<[string, unknown, string]>([
  ["States.Format('{} {}', $.a)", { a: 1 }, 'more {} than arguments'],
  ["States.Format('{}', $.a, $.a)", { a: 1 }, 'more arguments than {}'],
  ["States.Format('Hello {', $.a)", { a: 1 }, "Invalid template in States.Format: matching '}' not found for '{'."],
  ["States.Format('}')", {}, "matching '{' not found"],
  ['States.Format($.a)', { a: 1 }, 'expected a string but got 1'],
  ["States.StringToJson('{bad')", {}, 'JSON'],
  ['States.ArrayPartition($.a, 0)', { a: [1] }, 'the chunk size must be a positive number'],
  ['States.ArrayPartition($.a, 1)', { a: 'x' }, 'expected an array but got "x"'],
  ['States.ArrayRange(1, 2, 0)', {}, 'the step must not be zero'],
  ['States.ArrayRange(1, 1001, 1)', {}, 'must not hold more than 1000 elements'],
  ['States.ArrayGetItem($.a, 1)', { a: [1] }, 'index 1 is out of bounds'],
  ["States.Base64Decode('%')", {}, 'the input is not Base64'],
  ["States.Hash('a', 'SHA256')", {}, 'must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512, got "SHA256"'],
  ['States.JsonMerge($.a, $.a, true)', { a: {} }, 'only shallow merging exists'],
  ['States.JsonMerge($.a, $.b, false)', { a: {}, b: [] }, 'expected an object but got []'],
  ['States.MathRandom(5, 5)', {}, 'the end must be greater than the start'],
  ['States.MathAdd(2147483647, 1)', {}, '2147483648 does not fit a 32-bit integer'],
  ["States.MathAdd('1', 1)", {}, 'expected a number but got "1"'],
  ['States.Base64Encode($.a)', { a: 'x'.repeat(10_001) }, 'must not be longer than 10000 characters'],
])('%s fails', async (expression, input, reason) => {
  const result = await evaluate(expression, input);
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(result.cause).toContain(
    `An error occurred while executing the state 'A' (entered at the event id #2). There was an error while evaluating the intrinsic function: ${expression}. `,
  );
  expect(result.cause).toContain(reason);
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
