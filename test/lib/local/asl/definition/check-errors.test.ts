import { INVOKE, jsonata, jsonPath, problemsOf } from '../machine';

const END = { Type: 'Pass', End: true };
const task = (fields: object) => ({ Type: 'Task', Resource: INVOKE, End: true, ...fields });

describe('error handling is refused', () => {
  test.each<[string, object, string]>([
    ['IntervalSeconds', { IntervalSeconds: 0 }, 'must be a whole number from 1 to 99999999, got 0'],
    ['MaxAttempts', { MaxAttempts: -1 }, 'must be a whole number from 0 to 99999999, got -1'],
    ['MaxAttempts', { MaxAttempts: 100_000_000 }, 'must be a whole number from 0 to 99999999, got 100000000'],
    ['BackoffRate', { BackoffRate: 0.9 }, 'must be a number of at least 1, got 0.9'],
    ['MaxDelaySeconds', { MaxDelaySeconds: 31_622_400 }, 'must be a whole number from 1 to 31622399, got 31622400'],
    ['MaxDelaySeconds', { IntervalSeconds: 5, MaxDelaySeconds: 5 }, 'must be greater than IntervalSeconds (5), got 5'],
    ['JitterStrategy', { JitterStrategy: 'HALF' }, 'must be FULL or NONE, got "HALF"'],
    ['Backoff', { Backoff: 2 }, 'a retrier has no field Backoff'],
    ['ErrorEquals', { ErrorEquals: [] }, 'must be a list with at least one error name'],
    ['ErrorEquals', { ErrorEquals: ['States.ALL', 'A'] }, 'States.ALL must appear alone'],
  ])('for a retrier with a wrong %s', (field, fields, problem) => {
    const definition = jsonPath({ A: task({ Retry: [{ ErrorEquals: ['A'], ...fields }] }) });
    expect(problemsOf(definition)).toEqual([`/States/A/Retry[0]/${field}: ${problem}`]);
  });

  test.each([
    ['Retry', {}],
    ['Catch', { Next: 'B' }],
  ])('when States.ALL is not the last in %s', (field, fields) => {
    const list = [
      { ErrorEquals: ['States.ALL'], ...fields },
      { ErrorEquals: ['A'], ...fields },
    ];
    const definition = jsonPath({ A: task({ [field]: list, End: undefined, Next: 'B' }), B: END });
    expect(problemsOf(definition)).toEqual([`/States/A/${field}[0]/ErrorEquals: States.ALL must be in the last entry`]);
  });

  test.each([
    [
      'Parallel',
      { Type: 'Parallel', Branches: [{ StartAt: 'In', States: { In: { ...END, Assign: { x: 2 } } } }], End: true },
      '/Branches[0]',
    ],
    ['Map', { Type: 'Map', ItemProcessor: { StartAt: 'In', States: { In: { ...END, Assign: { x: 2 } } } }, End: true }, '/ItemProcessor'],
  ])('when a variable of an outer scope is assigned inside %s', (_, outer, at) => {
    const definition = jsonata({ First: { Type: 'Pass', Assign: { x: 1 }, Next: 'Outer' }, Outer: outer });
    expect(problemsOf(definition)).toEqual([
      `/States/Outer${at}/States/In/Assign/x: the variable name 'x' was already defined in a parent scope`,
    ]);
  });
});
