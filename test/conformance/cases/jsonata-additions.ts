import { type ConformanceCase, evaluating, GUIDE } from '../conformance-case';

const section = `${GUIDE}/transforming-data.html#jsonata-functions-provided-by-sfn`;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const VALUES: readonly (readonly [expression: string, output: unknown, input?: unknown])[] = [
  ['$partition([1, 2, 3, 4], $states.input.size)', [[1, 2, 3], [4]], { size: 3 }],
  ['$partition([1, 2, 3, 4, 5], 2.9)', [[1, 2], [3, 4], [5]]],
  ['$partition([1, 2, 3])', [[1, 2, 3]]],
  ['$range(0, 10, 2)', [0, 2, 4, 6, 8, 10]],
  ['$range(10, 0, -5)', [10, 5, 0]],
  ['$range(1.4, 5.6, 2.2)', [1, 3, 5]],
  ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
  ['$range(3, 3, 1)', 3],
  ['$count($range(1, 1001, 1))', 1001],
  ['$hash("Hello", "MD5")', '8b1a9953c4611296a827abf8c47804d7'],
  ['$hash("Hello", "SHA-1")', 'f7ff9e8b7bb2e09b70935a5d785e0cc5d9d0abf0'],
  ['$hash("hello", "SHA-256")', '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
  ['$hash("Hello", "SHA-384")', '3519fe5ad2c596efe3e276a6f351b8fc0b03db861782490d45f7598ebd0ab5fd5520ed102f38c4a5ec834e98668035fc'],
  [
    '$hash("Hello", "SHA-512")',
    '3615f80c9d293ed7402687f94b22d58e529b8cc7916f8fac7fddf7fbd5af4cf777d3d795a7a00a16bf7e7f3fb9561ee9baae480da9fe7a18769e71886b03f315',
  ],
  ['$hash($states.input, "SHA-256")', '1dabba21cdad44541f6b15796f8d22978fc7ea10c46aeceeeeb66c23b3ac7604', '✓'],
  ['$random(42)', 0.7275636800328681],
  ['$random(77) = $random(77)', true],
  ['$random(0.9) = $random(0)', true],
  ['$random() = $random()', false],
  ['$uuid() = $uuid()', false],
  ['$parse($states.input)', { answer: 42, items: [1, 2] }, '{"answer":42,"items":[1,2]}'],
  ['$parse("null")', null],
  ['$parse(" [1] ")', [1]],
  ['$parse("1e2") + $parse("1.0")', 101],
  ['$map(["[1]", "[2]"], $parse)', [[1], [2]]],
];

const NOTHING = [
  '$partition([1, 2, 3], 0)',
  '$partition([], 2)',
  '$range(1, 5)',
  '$range(1, 10, 0)',
  '$range(1, 10, 0.49)',
  '$range(5, 1, 1)',
  '$hash("Hello")',
  '$parse()',
];

const ERRORS: readonly (readonly [expression: string, reason: string])[] = [
  ['$partition([1, 2, 3], -1)', 'D3137: Second argument must be zero or greater'],
  ['$partition([1, 2, 3], "2")', 'T0410: Argument 2 of function "partition" does not match function signature'],
  ['$partition([1, 2, 3], null)', 'T0410: Argument 2 of function "partition" does not match function signature'],
  ['$partition("text", 2)', 'T0412: Argument 1 of function "partition" must be an array of undefined'],
  ['$partition([1], 2, 99)', 'T0410: Argument 3 of function "partition" does not match function signature'],
  ['$range("a", 5, 1)', 'T0410: Argument 1 of function "range" does not match function signature'],
  ['$range(1, 5, null)', 'T0410: Argument 3 of function "range" does not match function signature'],
  ['$range(1, 5, 1, 99)', 'T0410: Argument 4 of function "range" does not match function signature'],
  ['$range(1)', 'T0410: Argument 2 of function "range" does not match function signature'],
  ['$hash("data", "CRC")', "D3137: Hash algorithm 'CRC' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"],
  ['$hash("data", "sha-256")', "D3137: Hash algorithm 'sha-256' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"],
  ['$hash(123, "MD5")', 'T0410: Argument 1 of function "hash" does not match function signature'],
  ['$hash()', 'T0410: Argument 1 of function "hash" does not match function signature'],
  ['$random("seed")', 'T0410: Argument 1 of function "random" does not match function signature'],
  ['$random(null)', 'T0410: Argument 1 of function "random" does not match function signature'],
  ['$random(1, 2)', 'T0410: Argument 2 of function "random" does not match function signature'],
  ['$uuid("x")', 'T0410: Argument 1 of function "uuid" does not match function signature'],
  ['$parse("{bad json}")', 'D3137: Invalid JSON'],
  ['$parse("")', 'D3137: Invalid JSON'],
  ['$parse("[1] [2]")', 'D3137: Invalid JSON'],
  ['$parse(123)', 'T0410: Argument 1 of function "parse" does not match function signature'],
  ['$parse(null)', 'T0410: Argument 1 of function "parse" does not match function signature'],
  ['$parse("1", 1)', 'T0410: Argument 2 of function "parse" does not match function signature'],
  ["$eval('1 + 1')", 'T1006: Attempted to invoke a non-function'],
];

function failing(expression: string, problem: string): ConformanceCase {
  return {
    title: `${expression} fails`,
    section,
    definition: evaluating(expression),
    expect: {
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'Evaluate' (entered at the event id #2). " +
        `The JSONata expression '${expression}' specified for the field 'Output' ${problem}`,
      events: ['ExecutionStarted', 'PassStateEntered', 'EvaluationFailed', 'ExecutionFailed'],
    },
  };
}

export const CASES: readonly ConformanceCase[] = [
  ...VALUES.map(([expression, output, input]) => ({
    title: expression,
    section,
    definition: evaluating(expression),
    ...(input !== undefined && { input }),
    expect: { output },
  })),
  {
    title: '$uuid() is a version 4 UUID',
    section,
    definition: evaluating('$uuid()'),
    expect: { matching: (output: unknown) => uuid.test(String(output)) },
  },
  ...NOTHING.map((expression) => failing(expression, 'returned nothing (undefined).')),
  ...ERRORS.map(([expression, reason]) => failing(expression, `threw an error during evaluation. ${reason}`)),
];
