import { ASL, type ConformanceCase, FUNCTION, GUIDE, jsonata } from '../conformance-case';

const section = `${GUIDE}/concepts-error-handling.html`;
const handled = { Handled: { Type: 'Pass', Output: '{% $states.input.Error %}', End: true } };
const catching = (...names: string[]) =>
  jsonata({ T: { Type: 'Task', Resource: FUNCTION, Catch: [{ ErrorEquals: names, Next: 'Handled' }], End: true }, ...handled });
const throwing = (name: string) => ({ f: [{ throw: { Error: name, Cause: 'why' } }] });

const NAMES = [
  'States.Timeout',
  'States.HeartbeatTimeout',
  'States.TaskFailed',
  'States.Permissions',
  'States.ResultPathMatchFailure',
  'States.ParameterPathFailure',
  'States.BranchFailed',
  'States.NoChoiceMatched',
  'States.IntrinsicFailure',
  'States.ExceedToleratedFailureThreshold',
  'States.ItemReaderFailed',
  'States.ResultWriterFailed',
  'States.QueryEvaluationError',
  'States.DataLimitExceeded',
  'Lambda.TooManyRequestsException',
  'My Own.Error 1',
];

export const CASES: readonly ConformanceCase[] = [
  ...NAMES.map((name) => ({
    title: `${name} is caught by its own name`,
    section,
    definition: catching(name),
    mocks: throwing(name),
    expect: { output: name },
  })),
  ...['States.Timeout', 'States.Permissions', 'States.BranchFailed', 'Custom'].map((name) => ({
    title: `${name} is caught by States.ALL`,
    section,
    definition: catching('States.ALL'),
    mocks: throwing(name),
    expect: { output: name },
  })),
  ...['Custom', 'Lambda.Unknown'].map((name) => ({
    title: `${name} is caught by States.TaskFailed`,
    section,
    definition: catching('States.TaskFailed'),
    mocks: throwing(name),
    expect: { output: name },
  })),
  ...['States.Timeout', 'States.DataLimitExceeded', 'States.Runtime'].map((name) => ({
    title: `${name} is not caught by States.TaskFailed`,
    section,
    definition: catching('States.TaskFailed'),
    mocks: throwing(name),
    expect: { error: name, cause: 'why' },
  })),
  ...['States.DataLimitExceeded', 'States.Runtime'].map((name) => ({
    title: `${name} is not caught by States.ALL`,
    section,
    definition: catching('States.ALL'),
    mocks: throwing(name),
    expect: { error: name, cause: 'why' },
  })),
  {
    title: 'the first catcher that fits is used',
    section: `${ASL}#errors`,
    definition: jsonata({
      T: {
        Type: 'Task',
        Resource: FUNCTION,
        Catch: [
          { ErrorEquals: ['Other'], Output: 'other', Next: 'End' },
          { ErrorEquals: ['One', 'Two'], Output: 'one of two', Next: 'End' },
          { ErrorEquals: ['States.ALL'], Output: 'any', Next: 'End' },
        ],
        End: true,
      },
      End: { Type: 'Succeed' },
    }),
    mocks: throwing('Two'),
    expect: { output: 'one of two' },
  },
  {
    title: 'names are compared letter by letter',
    section: `${ASL}#errors`,
    definition: catching('custom', 'Custom.', 'Cust*'),
    mocks: throwing('Custom'),
    expect: { error: 'Custom' },
  },
  {
    title: 'States.ALL stands alone and last',
    section: `${ASL}#errors`,
    definition: jsonata({
      T: {
        Type: 'Task',
        Resource: FUNCTION,
        Retry: [{ ErrorEquals: ['States.ALL', 'E'] }],
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'Handled' },
          { ErrorEquals: ['E'], Next: 'Handled' },
        ],
        End: true,
      },
      ...handled,
    }),
    expect: { refused: ['/States/T/Retry[0]/ErrorEquals', '/States/T/Catch[0]/ErrorEquals'] },
  },
  {
    title: 'ErrorEquals is a list of at least one name',
    section: `${ASL}#errors`,
    definition: jsonata({
      T: { Type: 'Task', Resource: FUNCTION, Retry: [{ ErrorEquals: [] }, {}], Catch: [{ ErrorEquals: 'E', Next: 'Handled' }], End: true },
      ...handled,
    }),
    expect: { refused: ['/States/T/Retry[0]/ErrorEquals', '/States/T/Retry[1]/ErrorEquals', '/States/T/Catch[0]/ErrorEquals'] },
  },
  {
    title: 'a catcher names a state that exists',
    section: `${ASL}#errors`,
    definition: jsonata({
      T: {
        Type: 'Task',
        Resource: FUNCTION,
        Catch: [{ ErrorEquals: ['A'] }, { ErrorEquals: ['B'], Next: 'Nowhere' }, { ErrorEquals: ['C'], Next: 'Handled' }],
        End: true,
      },
      ...handled,
    }),
    expect: { refused: ['/States/T/Catch[0]/Next', '/States/T/Catch[1]/Next'] },
  },
  ...['Pass', 'Wait', 'Succeed', 'Fail', 'Choice'].map((type) => ({
    title: `a ${type} state catches and retries nothing`,
    section: `${ASL}#errors`,
    definition: jsonata({
      X: {
        Type: type,
        ...(type === 'Wait' && { Seconds: 1 }),
        ...(type === 'Choice'
          ? { Choices: [{ Condition: true, Next: 'Handled' }] }
          : type === 'Pass' || type === 'Wait'
            ? { Next: 'Handled' }
            : {}),
        Retry: [{ ErrorEquals: ['States.ALL'] }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Handled' }],
      },
      ...handled,
    }),
    expect: { refused: ['/States/X/Retry', '/States/X/Catch'] },
  })),
];
