import { type ConformanceCase, evaluating, GUIDE } from '../conformance-case';

const SECTION = `${GUIDE}/transforming-data.html`;
const INPUT = { orders: [{ id: 'a', total: 5 }] };

/** There is no item around an expression: what reads one is refused wherever it stands, and a value has its own. */
const READS_NOTHING: readonly (readonly [string, string])[] = [
  ['a field', 'total'],
  ['a field of a field', 'order.total'],
  ['a field given to a function', '$count(orders)'],
  ['a field given to a part of a function', '$append(?, orders)'],
  ['a field in a list', '[1, total]'],
  ['a field as a value of an object', '{"t": total}'],
  ['a field as a key of an object', '{name: 1}'],
  ['a field that is negated', '-total'],
  ['a field on the right of an operator', '1 + total'],
  ['a field in a branch of a condition', 'true ? 1 : total'],
  ['a field in a block', '($a := 1; total)'],
  ['a field that is given a name', '($a := total; 1)'],
  ['a field in the body of a function', '$map($states.input.orders, function($o) { total })'],
  ['a field handed on', 'total ~> $string'],
  ['a quoted field', '"order".total'],
  ['the current item', '$'],
  ['the root', '$$'],
  ['a field of the root', '$$.total'],
];

const READS_A_VALUE: readonly (readonly [string, string, unknown])[] = [
  ['a predicate', '$states.input.orders[total > 1].id', 'a'],
  ['an order', '$states.input.orders^(total).id', 'a'],
  ['an object for each item', '$states.input.orders.{"name": id}', { name: 'a' }],
  ['a function for each item', '$states.input.orders.$string(total)', '5'],
  ['a group', '$states.input.orders{id: total}', { a: 5 }],
  ['a transformation', '($states.input ~> |orders|{"id": total}|).orders.id', 5],
  ['a name', '($o := $states.input.orders; $o.total)', 5],
];

export const CASES: readonly ConformanceCase[] = [
  ...READS_NOTHING.map(([what, expression]): ConformanceCase => {
    return {
      title: `${what} outside of any value is refused`,
      section: SECTION,
      definition: evaluating(expression),
      expect: { refused: ['/States/Evaluate/Output'] },
    };
  }),
  ...READS_A_VALUE.map(([what, expression, output]): ConformanceCase => {
    return {
      title: `${what} reads fields of the value before it`,
      section: SECTION,
      definition: evaluating(expression),
      input: INPUT,
      expect: { output },
    };
  }),
];
