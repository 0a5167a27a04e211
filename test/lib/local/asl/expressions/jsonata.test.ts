import { createHash } from 'node:crypto';
import { jsonata, run, START, succeeded } from '../machine';

const evaluate = (expression: string, input: unknown = {}) =>
  run(jsonata({ A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }), input);
const at = "An error occurred while executing the state 'A' (entered at the event id #2). ";

test.each<[string, unknown, unknown]>([
  ['$states.input.a + 1', { a: 1 }, 2],
  [
    '$states.input.items[price > 2].name',
    {
      items: [
        { name: 'a', price: 1 },
        { name: 'b', price: 3 },
      ],
    },
    'b',
  ],
  ['$partition($states.input, 2)', [1, 2, 3, 4, 5], [[1, 2], [3, 4], [5]]],
  ['$partition([1,2,3,4,5], 2.6)', {}, [[1, 2], [3, 4], [5]]],
  ['$partition([1,2,3])', {}, [[1, 2, 3]]],
  ['$range(0, 10, 2)', {}, [0, 2, 4, 6, 8, 10]],
  ['$range(1.4, 5.6, 2.2)', {}, [1, 3, 5]],
  ['$range(3, 1, -1)', {}, [3, 2, 1]],
  ['$count($range(1, 1001, 1))', {}, 1001],
  ['$hash("✓", "SHA-256")', {}, createHash('sha256').update('✓').digest('hex')],
  ['$parse($states.input)', ' {"a":[1]} ', { a: [1] }],
  ['$random()', {}, 0.5],
  ['$random(77) = $random(77)', {}, true],
  ['$now()', {}, '2026-03-01T00:00:00.000Z'],
  ['$now("[Y]/[M]")', {}, '2026/3'],
  ['$millis()', {}, START],
  ['$states.context.Execution.Name & "/" & $states.context.State.Name', {}, 'run-1/A'],
  ['{"a": $states.input.missing, "b": null}', {}, { b: null }],
  ['[]', {}, []],
])('%s', async (expression, input, output) => {
  expect(await evaluate(expression, input)).toEqual(succeeded(output));
});

test.each([
  ['$states.input.missing', 'returned nothing (undefined).'],
  ['$partition([1,2,3], 0)', 'returned nothing (undefined).'],
  ['$partition([], 2)', 'returned nothing (undefined).'],
  ['$range(1, 5)', 'returned nothing (undefined).'],
  ['$hash("a")', 'returned nothing (undefined).'],
  ['$parse()', 'returned nothing (undefined).'],
  ['$range(1, 10, 0)', 'returned nothing (undefined).'],
  ['$range(1, 10, 0.49)', 'returned nothing (undefined).'],
  ['$unknown', 'returned nothing (undefined).'],
  ['$missing', 'returned nothing (undefined).'],
  ['function($x) { $x }', 'returned an unsupported result type.'],
  ['$sum', 'returned an unsupported result type.'],
  ['{"f": function($x) { $x }}', 'returned an unsupported result type.'],
  ['[1, {"f": $sum}]', 'returned an unsupported result type.'],
  ['"a" + 1', 'threw an error during evaluation. T2001: The left side of the "+" operator must evaluate to a number'],
])('%s fails because it %s', async (expression, problem) => {
  const cause = `${at}The JSONata expression '${expression}' specified for the field 'Output' ${problem}`;
  expect(await evaluate(expression)).toEqual({ status: 'FAILED', error: 'States.QueryEvaluationError', cause });
});

test.each([
  '$eval("1 + 1")',
  '$partition([1], "2")',
  '$partition([1], null)',
  '$partition("a", 2)',
  '$partition([1], 1, 1)',
  '$range("a", 5, 1)',
  '$range(1, 5, null)',
  '$range(1, 5, 1, 1)',
  '$hash("a", "sha-256")',
  '$hash(123, "MD5")',
  '$parse("{bad}")',
  '$parse("")',
  '$parse(1)',
  '$parse(null)',
  '$uuid("x")',
  '$random("seed")',
  '$random(null)',
  '$random(1, 2)',
])('%s throws', async (expression) => {
  const result = await evaluate(expression);
  expect(result.error).toBe('States.QueryEvaluationError');
  expect(result.cause).toContain('threw an error during evaluation. ');
});

test('$uuid gives a version 4 UUID', async () => {
  expect((await evaluate('$uuid()')).output).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('only whole strings are expressions, and the failing field is named', async () => {
  const output = { text: 'a {% b', list: ['{% 1 %}', { deep: '{% $states.input.x %}' }], n: 1, none: null };
  const machine = jsonata({ A: { Type: 'Pass', Output: output, End: true } });
  expect(await run(machine, { x: 'y' })).toEqual(succeeded({ text: 'a {% b', list: [1, { deep: 'y' }], n: 1, none: null }));
  expect((await run(machine, {})).cause).toContain("specified for the field 'Output/list[1]/deep' returned nothing");
});

test('a variable may be named like a function', async () => {
  const machine = jsonata({ A: { Type: 'Pass', Assign: { range: 7 }, Next: 'B' }, B: { Type: 'Pass', Output: '{% $range %}', End: true } });
  expect(await run(machine)).toEqual(succeeded(7));
});

test.each([
  ['$random(77)', 0.7240700207191966],
  ['$random(42.9)', 0.7275636800328681],
  ['1/0', 'Infinity'],
  ['[-1/0]', ['-Infinity']],
  ["{'k': $parseInteger('abc', '0')}", { k: 'NaN' }],
  ['$range(3, 3, 1)', 3],
  ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
])('%s gives what AWS gives', async (expression, value) => {
  expect(await run(jsonata({ A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }))).toEqual(succeeded(value));
});

const deep = (terms: number) => `1${'+1'.repeat(terms - 1)}`;
const recursive = (calls: number) => `($f := function($x){ $x <= 0 ? 0 : 1 + $f($x - 1) }; $f(${calls}))`;
const doubled = (times: number) => `($f := function($s, $n){ $n = 0 ? $s : $f($s & $s, $n - 1) }; $length($f('x', ${times})))`;

test.each([
  [deep(100), deep(101), 100, 'Stack overflow error: Check for non-terminating recursive function.'],
  [recursive(31), recursive(32), 31, 'Stack overflow error: Check for non-terminating recursive function.'],
  ['$count([1..873782])', '$count([1..873783])', 873_782, 'Expression evaluation memory limit exceeded: Check for excessive memory usage'],
  ['$count($range(1, 360145, 1))', '$count($range(1, 360146, 1))', 360_145, 'Expression evaluation memory limit exceeded'],
  [doubled(22), doubled(23), 4_194_304, 'Expression evaluation memory limit exceeded'],
])('an evaluation ends where it ends on AWS: %.40s', async (fits, exceeds, value, reason) => {
  const of = (expression: string) => run(jsonata({ A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }));
  expect(await of(fits)).toEqual(succeeded(value));
  expect(await of(exceeds)).toMatchObject({
    error: 'States.QueryEvaluationError',
    cause: expect.stringContaining(`threw an error during evaluation: ${reason}`),
  });
});

test('a long literal is not taken for deep nesting', async () => {
  const items = Array.from({ length: 150 }, (_, index) => `$f(${index})`).join(', ');
  const machine = jsonata({ A: { Type: 'Pass', Output: `{% ($f := function($x){ $x }; $count([${items}])) %}`, End: true } });
  expect(await run(machine)).toEqual(succeeded(150));
});

test.each([
  ['$uuid(1, 2)', 'T0410: Argument 1 of function "uuid" does not match function signature'],
  ['$range(1)', 'T0410: Argument 2 of function "range" does not match function signature'],
  ['$range(1, 5, 1, 99)', 'T0410: Argument 4 of function "range" does not match function signature'],
  ['$hash()', 'T0410: Argument 1 of function "hash" does not match function signature'],
  ['$partition("text", 2)', 'T0412: Argument 1 of function "partition" must be an array of undefined'],
  ['$hash("a", "md5")', "D3137: Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"],
  [`$parse('{"a":1,"a":2}')`, 'D3137: Invalid JSON'],
  ["$parse('1e400')", 'D3137: Invalid JSON'],
  ["$eval('1')", 'T1006: Attempted to invoke a non-function'],
])('%s says what AWS says', async (expression, reason) => {
  const { cause } = await run(jsonata({ A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }));
  expect(cause).toBe(
    `An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression '${expression}' ` +
      `specified for the field 'Output' threw an error during evaluation. ${reason}`,
  );
});
