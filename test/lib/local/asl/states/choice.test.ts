import { jsonata, jsonPath, run, succeeded } from '../machine';

const outcome = (Result: string) => ({ Type: 'Pass', Result, End: true });
const choose = async (rule: object, input: unknown) => {
  const machine = jsonPath({
    C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
    Yes: outcome('yes'),
    No: outcome('no'),
  });
  const result = await run(machine, input);
  return result.output ?? result.error;
};
const early = '2026-01-01T00:00:00Z';
const late = '2026-01-01T02:00:00.5+01:00';

test.each<[string, unknown, unknown, boolean]>([
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a', 'A', false],
  ['StringLessThan', 'B', 'a', true],
  ['StringLessThan', 'a', 'a', false],
  ['StringGreaterThan', 'b', 'a', true],
  ['StringLessThanEquals', 'a', 'a', true],
  ['StringGreaterThanEquals', 'a', 'b', false],
  ['NumericEquals', 1, 1.0, true],
  ['NumericEquals', '1', 1, false],
  ['NumericEquals', true, 1, false],
  ['NumericLessThan', 1, 2, true],
  ['NumericGreaterThan', 2, 2, false],
  ['NumericLessThanEquals', 2, 2, true],
  ['NumericGreaterThanEquals', -1, -2, true],
  ['BooleanEquals', false, false, true],
  ['BooleanEquals', 'false', false, false],
  ['TimestampEquals', '2026-01-01T01:00:00+01:00', early, true],
  ['TimestampLessThan', early, late, true],
  ['TimestampGreaterThan', early, late, false],
  ['TimestampLessThanEquals', early, early, true],
  ['TimestampGreaterThanEquals', late, early, true],
  ['TimestampEquals', 'not a time', early, false],
  ['TimestampEquals', '2026-01-01t00:00:00z', early, false],
])('%s of %j with %j', async (operator, value, operand, matches) => {
  const answer = matches ? 'yes' : 'no';
  expect(await choose({ Variable: '$.v', [operator]: operand }, { v: value })).toBe(answer);
  expect(await choose({ Variable: '$.v', [`${operator}Path`]: '$.o' }, { v: value, o: operand })).toBe(answer);
});

test.each<[string, unknown, boolean]>([
  ['*', 5, false],
  ['*', null, false],
  ['log-*.txt', 'log-1.txt', true],
  ['log-*.txt', 'log-1xtxt', false],
  ['*', '', true],
  ['a\\*', 'a*', true],
  ['a\\*', 'ab', false],
  ['a\\\\*', 'a\\b', true],
  ['(a|b)+', 'a', false],
  ['a*c', 'a\nc', true],
])('StringMatches %j of %j', async (pattern, value, matches) => {
  expect(await choose({ Variable: '$.v', StringMatches: pattern }, { v: value })).toBe(matches ? 'yes' : 'no');
});

test.each<[string, unknown, boolean]>([
  ['IsNull', null, true],
  ['IsNull', 0, false],
  ['IsString', '', true],
  ['IsString', 1, false],
  ['IsNumeric', 1.5, true],
  ['IsNumeric', '1', false],
  ['IsBoolean', false, true],
  ['IsBoolean', 0, false],
  ['IsTimestamp', early, true],
  ['IsTimestamp', '2026-13-01T00:00:00Z', false],
  ['IsTimestamp', 1767225600, false],
  ['IsPresent', null, true],
])('%s of %j', async (operator, value, matches) => {
  expect(await choose({ Variable: '$.v', [operator]: true }, { v: value })).toBe(matches ? 'yes' : 'no');
  expect(await choose({ Variable: '$.v', [operator]: false }, { v: value })).toBe(matches ? 'no' : 'yes');
});

test('only IsPresent takes a path that matches nothing', async () => {
  expect(await choose({ Variable: '$.v', IsPresent: false }, {})).toBe('yes');
  for (const rule of [{ IsNull: true }, { IsString: false }, { NumericEquals: 1 }, { StringMatches: '*' }]) {
    expect(await choose({ Variable: '$.v', ...rule }, {})).toBe('States.Runtime');
  }
  expect(await choose({ Variable: '$.v', NumericEqualsPath: '$.o' }, { v: 1 })).toBe('States.Runtime');
});

test('the failure names the path', async () => {
  const machine = jsonPath({ C: { Type: 'Choice', Choices: [{ Variable: '$.v', IsNull: true, Next: 'Yes' }] }, Yes: outcome('yes') });
  expect((await run(machine)).cause).toBe(
    "An error occurred while executing the state 'C' (entered at the event id #2). Invalid path '$.v': The choice state's condition path references an invalid value.",
  );
});

describe('rules combine', () => {
  const a = { Variable: '$.a', BooleanEquals: true };
  const b = { Variable: '$.b', BooleanEquals: true };
  test.each<[string, object, object, string]>([
    ['And holds when all do', { And: [a, b] }, { a: true, b: true }, 'yes'],
    ['And fails when one does', { And: [a, b] }, { a: true, b: false }, 'no'],
    ['And looks no further than the first that fails', { And: [a, b] }, { a: false }, 'no'],
    ['Or holds when one does', { Or: [a, b] }, { a: false, b: true }, 'yes'],
    ['Or looks no further than the first that holds', { Or: [a, b] }, { a: true }, 'yes'],
    ['Not turns a rule round', { Not: a }, { a: false }, 'yes'],
    ['Not turns a mismatch of types round', { Not: a }, { a: 'true' }, 'yes'],
    ['they nest', { And: [{ Or: [a, b] }, { Not: { And: [a, b] } }] }, { a: false, b: true }, 'yes'],
    ['a variable is read', { Variable: '$$.Execution.Name', StringEquals: 'run-1' }, {}, 'yes'],
  ])('%s', async (_, rule, input, answer) => {
    expect(await choose(rule, input)).toBe(answer);
  });
});

const nothingMatches = {
  status: 'FAILED',
  error: 'States.Runtime',
  cause:
    "An error occurred while executing the state 'C' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
};

test('no match without Default fails', async () => {
  const byPath = jsonPath({ C: { Type: 'Choice', Choices: [{ Variable: '$.v', NumericEquals: 1, Next: 'Yes' }] }, Yes: outcome('yes') });
  const byCondition = jsonata({ C: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Yes' }] }, Yes: { Type: 'Succeed' } });
  expect(await run(byPath, { v: 2 })).toEqual(nothingMatches);
  expect(await run(byCondition)).toEqual(nothingMatches);
});

test('the first rule that matches wins; InputPath, OutputPath and Assign apply', async () => {
  const machine = jsonPath({
    C: {
      Type: 'Choice',
      InputPath: '$.in',
      OutputPath: '$.keep',
      Choices: [
        { Variable: '$.n', NumericGreaterThan: 1, Assign: { 'n.$': '$.n' }, Next: 'Show' },
        { Variable: '$.n', NumericGreaterThan: 0, Next: 'Show' },
      ],
    },
    Show: { Type: 'Pass', Parameters: { 'n.$': '$n', 'input.$': '$' }, End: true },
  });
  expect(await run(machine, { in: { n: 2, keep: 'k' } })).toEqual(succeeded({ n: 2, input: 'k' }));
});

describe('a JSONata choice', () => {
  const machine = jsonata({
    C: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n > 10 %}', Output: { big: '{% $states.input.n %}' }, Assign: { size: 'big' }, Next: 'Show' },
        { Condition: '{% $states.input.n > 5 %}', Assign: { size: 'middle' }, Next: 'Show' },
      ],
      Output: 'default',
      Assign: { size: 'small' },
      Default: 'Show',
    },
    Show: { Type: 'Pass', Output: '{% [$size, $states.input] %}', End: true },
  });
  test.each([
    [11, ['big', { big: 11 }]],
    [6, ['middle', { n: 6 }]],
    [1, ['small', 'default']],
  ])('of %j takes its output and variables from where it went', async (n, output) => {
    expect(await run(machine, { n })).toEqual(succeeded(output));
  });

  test('fails when the condition is not a boolean', async () => {
    const odd = jsonata({ C: { Type: 'Choice', Choices: [{ Condition: '{% "yes" %}', Next: 'S' }] }, S: { Type: 'Succeed' } });
    expect(await run(odd)).toEqual({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'C' (entered at the event id #2). The JSONata expression '\"yes\"' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'string' for value: \"yes\"",
    });
  });
});
