import { type ConformanceCase, evaluating, JSONATA } from '../conformance-case';

const ORDERS = {
  orders: [
    { id: 'a', total: 10, lines: [{ sku: 'x', n: 1 }] },
    {
      id: 'b',
      total: 30,
      lines: [
        { sku: 'y', n: 2 },
        { sku: 'z', n: 3 },
      ],
    },
    { id: 'c', total: 20, lines: [] },
  ],
};

const ROWS: readonly (readonly [page: string, expression: string, output: unknown])[] = [
  ['path-operators', '$states.input.orders.id', ['a', 'b', 'c']],
  ['path-operators', '$states.input.orders[0].id', 'a'],
  ['path-operators', '$states.input.orders[-1].id', 'c'],
  ['path-operators', '$states.input.orders[total > 15].id', ['b', 'c']],
  ['path-operators', '$states.input.orders[total = 10].id', 'a'],
  ['path-operators', '$states.input.orders[total = 10].id[]', ['a']],
  ['path-operators', '$states.input.orders^(>total).id', ['b', 'c', 'a']],
  ['path-operators', '$states.input.orders{id: total}', { a: 10, b: 30, c: 20 }],
  ['path-operators', '$states.input.orders.lines.(%.id & sku)', ['ax', 'by', 'bz']],
  ['path-operators', '$states.input.orders#$i.($i & id)', ['0a', '1b', '2c']],
  ['path-operators', '$states.input.orders@$o.($o.id & $o.total)', ['a10', 'b30', 'c20']],
  ['path-operators', '$states.input.**.sku', ['x', 'y', 'z']],
  ['path-operators', '$states.input.orders[0].*', ['a', 10, { sku: 'x', n: 1 }]],
  ['numeric-operators', '[7 + 2, 7 - 2, 7 * 2, 7 / 2, 7 % 2, -7]', [9, 5, 14, 3.5, 1, -7]],
  ['numeric-operators', '[1..5]', [1, 2, 3, 4, 5]],
  ['comparison-operators', '[1 = 1, 1 != 1, 1 < 2, 2 <= 2, 3 > 4, 4 >= 4]', [true, false, true, true, false, true]],
  ['comparison-operators', '["a" in ["a", "b"], "c" in ["a", "b"]]', [true, false]],
  ['comparison-operators', '{"a": [1]} = {"a": [1]}', true],
  ['boolean-operators', '[true and false, true or false]', [false, true]],
  ['other-operators', '"a" & 1 & true & null', 'a1truenull'],
  ['other-operators', '$states.input.missing & "x"', 'x'],
  ['other-operators', '2 > 1 ? "yes" : "no"', 'yes'],
  ['other-operators', '$states.input.missing ?? "default"', 'default'],
  ['other-operators', '0 ?: "falsy"', 'falsy'],
  ['other-operators', '($x := 5; $y := $x * 2; $x + $y)', 15],
  ['other-operators', '"a b" ~> $uppercase() ~> $split(" ")', ['A', 'B']],
  ['other-operators', '$states.input.orders[0] ~> |$|{"total": total * 2}, ["lines"]|', { id: 'a', total: 20 }],
  ['programming', '($twice := function($f) { function($x) { $f($f($x)) } }; $twice(function($x) { $x + 3 })(1))', 7],
  ['programming', '($f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; $f(5))', 120],
  ['programming', '($add := function($a, $b) { $a + $b }; $inc := $add(1, ?); $inc(4))', 5],
  ['regex', '$match("2026-01-02", /(\\d+)-(\\d+)/).groups', ['2026', '01']],
  ['construction', '{"ids": $states.input.orders.id, "n": $count($states.input.orders)}', { ids: ['a', 'b', 'c'], n: 3 }],
  ['construction', '[[1, 2], [3]]', [[1, 2], [3]]],
  ['comments', '/* a remark */ 1', 1],
  ['processing', '1/0', 'Infinity'],
];

const ERRORS: readonly (readonly [expression: string, reason: string])[] = [
  ['"a" + 1', 'T2001: The left side of the "+" operator must evaluate to a number'],
  ['1 + "a"', 'T2002: The right side of the "+" operator must evaluate to a number'],
  ['1 < "a"', 'T2009: The values 1 and "a" either side of operator "<" must be of the same data type'],
  ['{"a": 1} > 1', 'T2010: The expressions either side of operator ">" must evaluate to numeric or string values'],
  ['[1.5..3]', 'T2003: The left side of the range operator (..) must evaluate to an integer'],
  ['-"a"', 'D1002: Cannot negate a non-numeric value: "a"'],
  ['{1: 2}', 'T1003: Key in object structure must evaluate to a string; got: 1'],
];

export const CASES: readonly ConformanceCase[] = [
  ...ROWS.map(([page, expression, output]) => ({
    title: expression,
    section: `${JSONATA}/${page}`,
    definition: evaluating(expression),
    input: ORDERS,
    expect: { output },
  })),
  ...ERRORS.map(([expression, reason]) => ({
    title: `${expression} fails`,
    section: `${JSONATA}/processing`,
    definition: evaluating(expression),
    expect: {
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'Evaluate' (entered at the event id #2). " +
        `The JSONata expression '${expression}' specified for the field 'Output' threw an error during evaluation. ${reason}`,
    },
  })),
];
