import { ASL, type ConformanceCase, GUIDE, jsonPath } from '../conformance-case';

const section = `${GUIDE}/state-choice.html`;
const choose = (rule: object, fallback: object = { Default: 'No' }) =>
  jsonPath({
    C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], ...fallback },
    Yes: { Type: 'Pass', Result: true, End: true },
    ...('Default' in fallback && { No: { Type: 'Pass', Result: false, End: true } }),
  });
const of = (operator: string, operand: unknown) => choose({ Variable: '$.v', [operator]: operand });
const fails = (cause: string) => ({
  error: 'States.Runtime',
  cause: `An error occurred while executing the state 'C' (entered at the event id #2). ${cause}`,
});
const invalid = (path: string) => fails(`Invalid path '${path}': The choice state's condition path references an invalid value.`);

const EARLY = '2026-01-01T00:00:00Z';
const LATE = '2026-01-01T00:00:00.001Z';

/** Operator, a lower and a higher value of its type, and a value of another type. */
const ORDERED: readonly (readonly [string, unknown, unknown, unknown])[] = [
  ['String', 'Zebra', 'ant', 5],
  ['Numeric', -1.5, 2, '2'],
  ['Timestamp', EARLY, LATE, 'yesterday'],
];

/** Whether `left <suffix> right` holds for left below, at and above right. */
const RELATIONS: Readonly<Record<string, readonly [boolean, boolean, boolean]>> = {
  Equals: [false, true, false],
  LessThan: [true, false, false],
  GreaterThan: [false, false, true],
  LessThanEquals: [true, true, false],
  GreaterThanEquals: [false, true, true],
};

const comparisons: readonly ConformanceCase[] = ORDERED.flatMap(([type, low, high, other]) =>
  Object.entries(RELATIONS).flatMap(([suffix, [below, at, above]]): ConformanceCase[] => {
    const operator = `${type}${suffix}`;
    return [
      { title: `${operator} of a lower value`, section, definition: of(operator, high), input: { v: low }, expect: { output: below } },
      { title: `${operator} of the same value`, section, definition: of(operator, low), input: { v: low }, expect: { output: at } },
      {
        title: `${operator}Path of a higher value`,
        section,
        definition: of(`${operator}Path`, '$.w'),
        input: { v: high, w: low },
        expect: { output: above },
      },
      {
        title: `${operator} never holds for another type`,
        section,
        definition: of(operator, low),
        input: { v: other },
        expect: { output: false },
      },
      {
        title: `${operator}Path never holds for another type`,
        section,
        definition: of(`${operator}Path`, '$.w'),
        input: { v: low, w: other },
        expect: { output: false },
      },
    ];
  }),
);

const matching: readonly (readonly [string, unknown, boolean])[] = [
  ['log-*.txt', 'log-2026.txt', true],
  ['log-*.txt', 'log-.txt', true],
  ['log-*.txt', 'a log-1.txt', false],
  ['*.a.*', 'x.a.y', true],
  ['\\*', '*', true],
  ['\\*', 'x', false],
  ['\\\\*', '\\x', true],
  ['a.c', 'abc', false],
  ['*', '', true],
  ['1', 1, false],
];

/** Type test, a value that passes, values that do not. */
const TYPES: readonly (readonly [string, unknown, readonly unknown[]])[] = [
  ['IsNull', null, ['null', 0, {}]],
  ['IsString', '', [1, null, []]],
  ['IsNumeric', 0, ['0', true, null]],
  ['IsBoolean', false, ['false', 0, null]],
  ['IsTimestamp', EARLY, ['2026-01-01', '2026-02-29T00:00:00Z', '2026-01-01T00%3A00%3A00Z', 1767225600]],
];

const typeTests: readonly ConformanceCase[] = TYPES.flatMap(([operator, fits, others]): ConformanceCase[] => [
  { title: `${operator} true`, section, definition: of(operator, true), input: { v: fits }, expect: { output: true } },
  { title: `${operator} false`, section, definition: of(operator, false), input: { v: fits }, expect: { output: false } },
  ...others.map((other) => ({
    title: `${operator} false of ${JSON.stringify(other)}`,
    section,
    definition: of(operator, false),
    input: { v: other },
    expect: { output: true },
  })),
  { title: `${operator} of nothing`, section, definition: choose({ Variable: '$.x', [operator]: true }), expect: invalid('$.x') },
]);

export const CASES: readonly ConformanceCase[] = [
  ...comparisons,
  ...matching.map(([pattern, value, output]) => ({
    title: `StringMatches ${pattern} of ${JSON.stringify(value)}`,
    section: `${ASL}#choice-state`,
    definition: of('StringMatches', pattern),
    input: { v: value },
    expect: { output },
  })),
  ...typeTests,
  { title: 'BooleanEquals', section, definition: of('BooleanEquals', true), input: { v: true }, expect: { output: true } },
  { title: 'BooleanEquals of text', section, definition: of('BooleanEquals', true), input: { v: 'true' }, expect: { output: false } },
  {
    title: 'BooleanEqualsPath',
    section,
    definition: of('BooleanEqualsPath', '$.w'),
    input: { v: false, w: false },
    expect: { output: true },
  },
  {
    title: 'BooleanEqualsPath to nothing',
    section,
    definition: of('BooleanEqualsPath', '$.w'),
    input: { v: true },
    expect: invalid('$.w'),
  },
  { title: 'IsPresent of null', section, definition: of('IsPresent', true), input: { v: null }, expect: { output: true } },
  { title: 'IsPresent of nothing', section, definition: of('IsPresent', true), input: {}, expect: { output: false } },
  {
    title: 'IsPresent false of nothing',
    section,
    definition: choose({ Variable: '$.a.b[3]', IsPresent: false }),
    expect: { output: true },
  },
  {
    title: 'equal times in different offsets',
    section,
    definition: of('TimestampEquals', '2026-01-01T01:00:00+01:00'),
    input: { v: EARLY },
    expect: { output: true },
  },
  { title: 'a comparison of nothing', section, definition: of('NumericEquals', 1), input: {}, expect: invalid('$.v') },
  {
    title: 'And stops at the first rule that does not hold',
    section,
    definition: choose({
      And: [
        { Variable: '$.v', NumericEquals: 1 },
        { Variable: '$.x', NumericEquals: 1 },
      ],
    }),
    input: { v: 2 },
    expect: { output: false },
  },
  {
    title: 'Or stops at the first rule that holds',
    section,
    definition: choose({
      Or: [
        { Variable: '$.v', NumericEquals: 1 },
        { Variable: '$.x', NumericEquals: 1 },
      ],
    }),
    input: { v: 1 },
    expect: { output: true },
  },
  {
    title: 'Not of a type mismatch holds',
    section,
    definition: choose({ Not: { Variable: '$.v', NumericEquals: 1 } }),
    input: { v: '1' },
    expect: { output: true },
  },
  {
    title: 'And, Or and Not within each other',
    section,
    definition: choose({
      And: [
        { Not: { Variable: '$.v', IsNull: true } },
        {
          Or: [
            { Variable: '$.v', StringEquals: 'a' },
            { Variable: '$.v', StringEquals: 'b' },
          ],
        },
      ],
    }),
    input: { v: 'b' },
    expect: { output: true },
  },
  {
    title: 'no rule holds and there is no Default',
    section: `${ASL}#choice-state`,
    definition: choose({ Variable: '$.v', NumericEquals: 1 }, {}),
    input: { v: 2 },
    expect: fails('Failed to transition out of the state. The state does not point to a next state.'),
  },
  {
    title: 'the first rule that holds is taken',
    section,
    definition: jsonPath({
      C: { Type: 'Choice', Choices: [1, 2].map((n) => ({ Variable: '$', NumericGreaterThan: 0, Next: `N${n}` })) },
      N1: { Type: 'Pass', Result: 1, End: true },
      N2: { Type: 'Pass', Result: 2, End: true },
    }),
    input: 5,
    expect: { output: 1 },
  },
  {
    title: 'a rule reads the context and variables',
    section: `${GUIDE}/workflow-variables.html`,
    definition: jsonPath({
      A: { Type: 'Pass', Assign: { 'limit.$': '$.limit' }, Next: 'C' },
      C: {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: '$$.State.Name', StringEquals: 'C' },
              { Variable: '$limit', NumericEqualsPath: '$.v' },
            ],
            Next: 'Y',
          },
        ],
      },
      Y: { Type: 'Succeed' },
    }),
    input: { limit: 3, v: 3 },
    expect: { output: { limit: 3, v: 3 } },
  },
  {
    title: 'InputPath comes before the rules and OutputPath after them',
    section: `${GUIDE}/concepts-input-output-filtering.html`,
    definition: jsonPath({
      C: { Type: 'Choice', InputPath: '$.in', OutputPath: '$.out', Choices: [{ Variable: '$.v', NumericEquals: 1, Next: 'Y' }] },
      Y: { Type: 'Succeed' },
    }),
    input: { in: { v: 1, out: 'x' } },
    expect: { output: 'x' },
  },
];
