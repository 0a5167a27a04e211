import { jsonata, jsonPath, problemsOf } from '../machine';

const END = { Type: 'Pass', End: true };

describe('a machine is refused', () => {
  test.each<[string, string | object, string]>([
    ['that is not JSON', '{', '/: is not JSON'],
    ['that is not an object', '[]', '/: must be an object'],
    ['without StartAt', { States: { A: END } }, "/StartAt: must be a state's name, got undefined"],
    ['that starts nowhere', { StartAt: 'B', States: { A: END } }, '/StartAt: there is no state "B"'],
    ['without states', { StartAt: 'A', States: {} }, '/States: must be an object with at least one state'],
    ['with an unknown field', jsonPath({ A: END }, { Start: 1 }), '/Start: there is no field Start here'],
    [
      'with an unknown language',
      jsonPath({ A: END }, { QueryLanguage: 'JMESPath' }),
      '/QueryLanguage: must be JSONata or JSONPath, got "JMESPath"',
    ],
    [
      'with a timeout of 0',
      jsonPath({ A: END }, { TimeoutSeconds: 0 }),
      '/TimeoutSeconds: must be a whole number from 1 to 99999999, got 0',
    ],
    ['of another version', jsonPath({ A: END }, { Version: '2.0' }), '/Version: must be "1.0", got "2.0"'],
    ['of more than 1 MiB', jsonPath({ A: { ...END, Comment: 'x'.repeat(1_048_576) } }), '/: must be at most 1048576 bytes, got 1048646'],
    [
      'with an unknown state type',
      jsonPath({ A: { Type: 'Loop', End: true } }),
      '/States/A/Type: must be one of Task, Pass, Choice, Wait, Parallel, Map, Succeed, Fail, got "Loop"',
    ],
    ['with an unknown field of a state', jsonPath({ A: { ...END, Retries: 3 } }), '/States/A/Retries: a Pass state has no field Retries'],
    ['with an unknown Next', jsonPath({ A: { Type: 'Pass', Next: 'B' } }), '/States/A/Next: there is no state "B" here'],
    [
      'with an unknown Default',
      jsonPath({ A: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'B' }], Default: 'C' }, B: END }),
      '/States/A/Default: there is no state "C" here',
    ],
    ['with an unreachable state', jsonPath({ A: END, B: END }), '/States/B: cannot be reached from StartAt'],
    [
      'that never ends',
      jsonPath({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }),
      '/States: no state ends: one must be Succeed, Fail or have End: true',
    ],
    ['whose state leads nowhere', jsonPath({ A: { Type: 'Pass' } }), '/States/A: must have either Next or End: true'],
    [
      'whose state both ends and goes on',
      jsonPath({ A: { Type: 'Pass', End: true, Next: 'A' } }),
      '/States/A: must have either Next or End: true',
    ],
    [
      'with a name over 80 characters',
      jsonPath({ ['a'.repeat(81)]: END }),
      `/States/${'a'.repeat(81)}: a state's name must have 1 to 80 characters, got 81`,
    ],
    [
      'with one name twice',
      jsonPath({ A: { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: END } }], End: true } }),
      '/States/A/Branches[0]/States/A: another state has the same name',
    ],
    [
      'that jumps out of a branch',
      jsonPath({ A: { Type: 'Parallel', Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass', Next: 'C' } } }], Next: 'C' }, C: END }),
      '/States/A/Branches[0]/States/B/Next: there is no state "C" here',
    ],
    [
      'with a JSONPath state in a JSONata machine',
      jsonata({ A: { ...END, QueryLanguage: 'JSONPath' } }),
      '/States/A/QueryLanguage: must not be JSONPath in a machine whose query language is JSONata',
    ],
  ])('%s', (_, definition, problem) => {
    expect(problemsOf(definition)).toContainEqual(expect.stringContaining(problem));
  });

  test('with all its problems at once', () => {
    const definition = jsonPath({ A: { Type: 'Pass', Next: 'B', Foo: 1 }, C: { Type: 'Wait', End: true } });
    expect(problemsOf(definition)).toEqual([
      '/States/A/Foo: a Pass state has no field Foo',
      '/States/C: must have exactly one of Seconds, SecondsPath, Timestamp and TimestampPath, got none',
      '/States/A/Next: there is no state "B" here',
      '/States/C: cannot be reached from StartAt',
    ]);
  });
});
