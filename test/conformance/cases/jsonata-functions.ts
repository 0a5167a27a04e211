import { type ConformanceCase, evaluating, JSONATA } from '../conformance-case';

type Row = readonly [expression: string, output: unknown, input?: unknown];

const STRINGS: readonly Row[] = [
  ['$string(5)', '5'],
  ['$string(1e20) & " " & $string(1e21)', '100000000000000000000 1e+21'],
  ['$string({"a": [1, null]})', '{"a":[1,null]}'],
  ['$length("héllo")', 5],
  ['$substring("hello world", 3, 5)', 'lo wo'],
  ['$substring("hello", -3)', 'llo'],
  ['$substringBefore("hello world", " ")', 'hello'],
  ['$substringAfter("hello world", " ")', 'world'],
  ['$uppercase("Hello")', 'HELLO'],
  ['$lowercase("Hello")', 'hello'],
  ['$trim("   hello    world ")', 'hello world'],
  ['$pad("foo", -5, "#")', '##foo'],
  ['$contains("abracadabra", /a.*a/)', true],
  ['$split("so many words", " ", 2)', ['so', 'many']],
  ['$join(["a", "b", "c"], "-")', 'a-b-c'],
  ['$match("ababbabbcc", /a(b+)/).groups', ['b', 'bb', 'bb']],
  ['$replace("265USD", /([0-9]+)USD/, "$$$1")', '$265'],
  ['$base64encode("myuser:mypass")', 'bXl1c2VyOm15cGFzcw=='],
  ['$base64decode("bXl1c2VyOm15cGFzcw==")', 'myuser:mypass'],
  ['$encodeUrlComponent("?x=test")', '%3Fx%3Dtest'],
  ['$encodeUrl("https://mozilla.org/?x=шеллы")', 'https://mozilla.org/?x=%D1%88%D0%B5%D0%BB%D0%BB%D1%8B'],
  ['$decodeUrlComponent("%3Fx%3Dtest")', '?x=test'],
  ['$decodeUrl("https://mozilla.org/?x=%D1%88")', 'https://mozilla.org/?x=ш'],
];

const NUMBERS: readonly Row[] = [
  ['$number("5.5") + $number(true)', 6.5],
  ['$abs(-5)', 5],
  ['$floor(5.8)', 5],
  ['$ceil(5.3)', 6],
  ['$round(123.456, 2)', 123.46],
  ['$round(2.5) + $round(3.5)', 6],
  ['$power(2, 8)', 256],
  ['$sqrt(16)', 4],
  ['$formatNumber(12345.6, "#,###.00")', '12,345.60'],
  ['$formatNumber(0.14, "01%")', '14%'],
  ['$formatBase(100, 2)', '1100100'],
  ['$formatInteger(2789, "w")', 'two thousand, seven hundred and eighty-nine'],
  ['$parseInteger("12,345,678", "#,##0")', 12345678],
  ['$parseInteger("twelve thousand", "w")', 12000],
  ['$sum([5, 1, 3])', 9],
  ['$max([5, 1, 3])', 5],
  ['$min([5, 1, 3])', 1],
  ['$average([5, 1, 3])', 3],
];

const BOOLEANS: readonly Row[] = [
  ['[$boolean(0), $boolean("x"), $boolean([]), $boolean([0, 1])]', [false, true, false, true]],
  ['$not(true)', false],
  ['[$exists($states.input.a), $exists($states.input.b)]', [true, false], { a: null }],
  ['$type(null) & $type(1) & $type("") & $type(true) & $type([]) & $type({})', 'nullnumberstringbooleanarrayobject'],
];

const ARRAYS: readonly Row[] = [
  ['$count([1, [2, 3]])', 2],
  ['$append([1, 2], 3)', [1, 2, 3]],
  ['$sort([3, 1, 2])', [1, 2, 3]],
  ['$sort($states.input, function($l, $r) { $l.n < $r.n }).n', [3, 2, 1], [{ n: 1 }, { n: 3 }, { n: 2 }]],
  ['$reverse([1, 2, 3])', [3, 2, 1]],
  ['$sum($shuffle([1, 2, 3]))', 6],
  ['$distinct([1, 2, 1, "a", "a"])', [1, 2, 'a']],
  [
    '$zip([1, 2], ["a", "b"])',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
];

const OBJECTS: readonly Row[] = [
  ['$keys({"a": 1, "b": 2})', ['a', 'b']],
  ['$lookup($states.input, "a")', 1, { a: 1 }],
  ['$spread([{"a": 1}, {"b": 2, "c": 3}])', [{ a: 1 }, { b: 2 }, { c: 3 }]],
  ['$merge([{"a": 1}, {"b": 2}, {"a": 3}])', { a: 3, b: 2 }],
  ['$sift({"a": 1, "b": 2}, function($v) { $v > 1 })', { b: 2 }],
  ['$each({"a": 1, "b": 2}, function($v, $k) { $k & $v })', ['a1', 'b2']],
];

const TIMES: readonly Row[] = [
  ['$now()', '2026-01-01T00:00:00.000Z'],
  ['$millis()', 1767225600000],
  ['$fromMillis(1510067557121)', '2017-11-07T15:12:37.121Z'],
  ['$fromMillis(1510067557121, "[M01]/[D01]/[Y0001] [h#1]:[m01][P]")', '11/07/2017 3:12pm'],
  ['$toMillis("2017-11-07T15:07:54.972Z")', 1510067274972],
  ['$toMillis("07/11/2017", "[D01]/[M01]/[Y0001]")', 1510012800000],
];

const HIGHER_ORDER: readonly Row[] = [
  ['$map([1, 2, 3], function($v, $i) { $v * $i })', [0, 2, 6]],
  ['$filter([1, 2, 3, 4], function($v) { $v % 2 = 0 })', [2, 4]],
  ['$single([1, 2, 3], function($v) { $v = 2 })', 2],
  ['$reduce([1, 2, 3, 4], function($sum, $v) { $sum + $v }, 10)', 20],
  ['$map(["a", "b"], $uppercase)', ['A', 'B']],
];

const ERRORS: readonly (readonly [expression: string, reason: string])[] = [
  ['$error("broken on purpose")', 'D3137: broken on purpose'],
  ['$assert(1 = 2, "not equal")', 'D3141: not equal'],
  ['$sum(["a"])', 'T0412: Argument 1 of function "sum" must be an array of "numbers"'],
  ['$sqrt(-1)', 'D3060: The sqrt function cannot be applied to a negative number: -1'],
  ['$number("abc")', 'D3030: Unable to cast value to a number: "abc"'],
  ['$split("a", "b", -1)', 'D3020: Third argument of split function must evaluate to a positive number'],
  ['$each("x", function($v) { $v })', 'T0410: Argument 1 of function "each" does not match function signature'],
  ['$reduce([1, 2], function($a) { $a })', 'D3050: The second argument of reduce function must be a function with at least two arguments'],
  ['$toMillis("nope")', 'D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given "nope"'],
  ['$unknownFunction(1)', 'T1006: Attempted to invoke a non-function'],
];

function succeeding(section: string, rows: readonly Row[]): ConformanceCase[] {
  return rows.map(([expression, output, input]) => ({
    title: expression,
    section: `${JSONATA}/${section}`,
    definition: evaluating(expression),
    ...(input !== undefined && { input }),
    expect: { output },
  }));
}

export const CASES: readonly ConformanceCase[] = [
  ...succeeding('string-functions', STRINGS),
  ...succeeding('numeric-functions', NUMBERS),
  ...succeeding('boolean-functions', BOOLEANS),
  ...succeeding('array-functions', ARRAYS),
  ...succeeding('object-functions', OBJECTS),
  ...succeeding('date-time-functions', TIMES),
  ...succeeding('higher-order-functions', HIGHER_ORDER),
  ...ERRORS.map(([expression, reason]) => ({
    title: `${expression} fails`,
    section: `${JSONATA}/overview`,
    definition: evaluating(expression),
    expect: {
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'Evaluate' (entered at the event id #2). " +
        `The JSONata expression '${expression}' specified for the field 'Output' threw an error during evaluation. ${reason}`,
    },
  })),
];
