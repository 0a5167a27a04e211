import { jsonata, jsonPath, problemsOf } from '../machine';

const END = { Type: 'Pass', End: true };

describe('a choice is refused', () => {
  const one = (fields: object) => jsonPath({ A: fields, B: END });
  test.each<[string, object, string]>([
    ['no choices', one({ Type: 'Choice', Choices: [], Default: 'B' }), '/States/A/Choices: must be a list with at least one rule'],
    [
      'a rule without operator',
      one({ Type: 'Choice', Choices: [{ Variable: '$.a', Next: 'B' }] }),
      '/States/A/Choices[0]: a rule must have exactly one operator, got none',
    ],
    [
      'a rule with two operators',
      one({ Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, StringEquals: 'a', Next: 'B' }] }),
      '/States/A/Choices[0]: a rule must have exactly one operator, got IsNull, StringEquals',
    ],
    [
      'an operator that does not exist',
      one({ Type: 'Choice', Choices: [{ Variable: '$.a', StringMatchesPath: '$.b', Next: 'B' }] }),
      '/States/A/Choices[0]/StringMatchesPath: a JSONPath rule has no field StringMatchesPath',
    ],
    [
      'an operand of another type',
      one({ Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: '1', Next: 'B' }] }),
      '/States/A/Choices[0]/NumericEquals: must be a number, got "1"',
    ],
    [
      'an operand that is no timestamp',
      one({ Type: 'Choice', Choices: [{ Variable: '$.a', TimestampEquals: 'now', Next: 'B' }] }),
      '/States/A/Choices[0]/TimestampEquals: must be a timestamp, got "now"',
    ],
    [
      'a variable that is no path',
      one({ Type: 'Choice', Choices: [{ Variable: 'a', IsNull: true, Next: 'B' }] }),
      '/States/A/Choices[0]/Variable: "a" is not a path',
    ],
    [
      'an empty Or inside Not',
      one({ Type: 'Choice', Choices: [{ Not: { Or: [] }, Next: 'B' }] }),
      '/States/A/Choices[0]/Not/Or: must be a list with at least one rule',
    ],
    [
      'a rule without Next',
      one({ Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true }], Default: 'B' }),
      '/States/A/Choices[0]/Next: a rule must name the next state',
    ],
    [
      'a nested rule with Next',
      one({ Type: 'Choice', Choices: [{ Not: { Variable: '$.a', IsNull: true, Next: 'B' }, Next: 'B' }] }),
      '/States/A/Choices[0]/Not/Next: a JSONPath rule has no field Next',
    ],
    [
      'a JSONata rule with a Variable',
      jsonata({ A: { Type: 'Choice', Choices: [{ Variable: '$.a', Condition: '{% true %}', Next: 'B' }] }, B: END }),
      '/States/A/Choices[0]/Variable: a rule of a JSONata state has no field Variable',
    ],
    [
      'a condition that is no expression',
      jsonata({ A: { Type: 'Choice', Choices: [{ Condition: 'yes', Next: 'B' }] }, B: END }),
      '/States/A/Choices[0]/Condition: must be a JSONata expression, got "yes"',
    ],
  ])('for %s', (_, definition, problem) => {
    expect(problemsOf(definition)).toContainEqual(expect.stringContaining(problem));
  });
});
