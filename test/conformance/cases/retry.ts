import { ASL, type ConformanceCase, FUNCTION, GUIDE, jsonPath } from '../conformance-case';

const section = `${GUIDE}/concepts-error-handling.html#error-handling-retrying-after-an-error`;
const names = `${GUIDE}/concepts-error-handling.html#error-handling-error-representation`;
const retrying = (...Retry: readonly object[]) =>
  jsonPath({ T: { Type: 'Task', Resource: FUNCTION, Retry, Next: 'P' }, P: { Type: 'Pass', Parameters: { 'v.$': '$' }, End: true } });
const failure = (name: string) => ({ throw: { Error: name, Cause: 'why' } });
const ok = { return: 'ok' };
const START = Date.parse('2026-01-01T00:00:00Z');
/** The state that follows begins so many seconds after the start. */
const after = (seconds: number) => ({
  output: { v: 'ok' },
  history: [{ type: 'PassStateEntered', timestamp: new Date(START + seconds * 1000).toISOString() }],
});
const one = (title: string, retriers: readonly object[], errors: readonly string[], seconds: number, where = section): ConformanceCase => ({
  title,
  section: where,
  definition: retrying(...retriers),
  mocks: { f: [...errors.map(failure), ok] },
  expect: after(seconds),
});
const gives = (title: string, retriers: readonly object[], errors: readonly string[], error: string, where = section): ConformanceCase => ({
  title,
  section: where,
  definition: retrying(...retriers),
  mocks: { f: [...errors.map(failure), ok] },
  expect: { error, cause: 'why' },
});
const all = { ErrorEquals: ['States.ALL'] };

export const CASES: readonly ConformanceCase[] = [
  one('defaults: one second, doubled', [all], ['E', 'E', 'E'], 1 + 2 + 4),
  one('IntervalSeconds and BackoffRate', [{ ...all, IntervalSeconds: 3, BackoffRate: 1.5 }], ['E', 'E'], 3 + 4.5),
  one('BackoffRate of one', [{ ...all, IntervalSeconds: 2, BackoffRate: 1, MaxAttempts: 5 }], ['E', 'E', 'E', 'E'], 8),
  one(
    'MaxDelaySeconds bounds every delay',
    [{ ...all, IntervalSeconds: 2, MaxDelaySeconds: 5, MaxAttempts: 4 }],
    ['E', 'E', 'E', 'E'],
    2 + 4 + 5 + 5,
  ),
  one('JitterStrategy NONE is the default', [{ ...all, JitterStrategy: 'NONE' }], ['E'], 1),
  {
    title: 'JitterStrategy FULL waits up to the delay',
    section,
    definition: retrying({ ...all, IntervalSeconds: 100, JitterStrategy: 'FULL' }),
    mocks: { f: [failure('E'), ok] },
    expect: { matching: (output) => JSON.stringify(output) === '{"v":"ok"}' },
  },
  gives('MaxAttempts are used up after three retries by default', [all], ['E', 'E', 'E', 'E'], 'E'),
  gives('MaxAttempts of zero never retries', [{ ...all, MaxAttempts: 0 }], ['E'], 'E'),
  gives('MaxAttempts of one', [{ ...all, MaxAttempts: 1 }], ['E', 'E'], 'E'),
  gives('an error that no retrier names', [{ ErrorEquals: ['Other'] }], ['E'], 'E'),
  one(
    'each retrier counts its own attempts',
    [
      { ErrorEquals: ['A'], MaxAttempts: 1 },
      { ErrorEquals: ['B'], MaxAttempts: 1, IntervalSeconds: 10 },
    ],
    ['A', 'B'],
    11,
  ),
  gives(
    'attempts of a retrier are not given back by another',
    [
      { ErrorEquals: ['A'], MaxAttempts: 1 },
      { ErrorEquals: ['B'], MaxAttempts: 3 },
    ],
    ['A', 'B', 'A'],
    'A',
  ),
  one(
    'the first retrier that names the error is used',
    [
      { ErrorEquals: ['A', 'B'], IntervalSeconds: 5 },
      { ErrorEquals: ['A'], IntervalSeconds: 50 },
    ],
    ['A'],
    5,
  ),
  gives('the first that names it decides, also when it is used up', [{ ErrorEquals: ['A'], MaxAttempts: 0 }, all], ['A'], 'A'),
  one('States.TaskFailed covers what a task reports', [{ ErrorEquals: ['States.TaskFailed'] }], ['Custom.Error'], 1, names),
  gives(
    'States.TaskFailed does not cover States.Timeout',
    [{ ErrorEquals: ['States.TaskFailed'] }],
    ['States.Timeout'],
    'States.Timeout',
    names,
  ),
  one('States.ALL covers States.Timeout', [all], ['States.Timeout'], 1, names),
  gives('States.ALL does not cover States.Runtime', [all], ['States.Runtime'], 'States.Runtime', names),
  gives('States.ALL does not cover States.DataLimitExceeded', [all], ['States.DataLimitExceeded'], 'States.DataLimitExceeded', names),
  {
    title: 'a task that takes too long is retried as States.Timeout',
    section: names,
    definition: jsonPath({
      T: { Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 5, Retry: [{ ErrorEquals: ['States.Timeout'] }], Next: 'P' },
      P: { Type: 'Pass', Parameters: { 'v.$': '$' }, End: true },
    }),
    mocks: { f: [{ sleep: 60, return: 'late' }, ok] },
    expect: after(6),
  },
  {
    title: 'TimeoutSecondsPath gives the limit',
    section: `${GUIDE}/state-task.html`,
    definition: jsonPath({ T: { Type: 'Task', Resource: FUNCTION, TimeoutSecondsPath: '$.t', End: true } }),
    input: { t: 5 },
    mocks: { f: [{ sleep: 60, return: 'late' }] },
    expect: {
      error: 'States.Timeout',
      history: [
        { type: 'LambdaFunctionScheduled', lambdaFunctionScheduledEventDetails: { timeoutInSeconds: 5 } },
        { type: 'LambdaFunctionTimedOut' },
      ],
    },
  },
  ...(
    [
      ['nothing', {}, 'The TimeoutSecondsPath parameter does not reference an input value: $.t'],
      ['text', { t: 'soon' }, 'The TimeoutSecondsPath parameter cannot be parsed as a long value: $.t == "soon"'],
    ] as const
  ).map(([what, input, cause]) => ({
    title: `TimeoutSecondsPath to ${what}`,
    section: `${GUIDE}/state-task.html`,
    definition: jsonPath({ T: { Type: 'Task', Resource: FUNCTION, TimeoutSecondsPath: '$.t', End: true } }),
    input,
    mocks: { f: [ok] },
    expect: { error: 'States.Runtime', cause: `An error occurred while executing the state 'T' (entered at the event id #2). ${cause}` },
  })),
  {
    title: 'the context tells how often the state was tried again',
    section: `${GUIDE}/input-output-contextobject.html`,
    definition: jsonPath({
      T: { Type: 'Task', Resource: FUNCTION, Retry: [all], ResultSelector: { 'n.$': '$$.State.RetryCount' }, End: true },
    }),
    mocks: { f: [failure('E'), failure('E'), { return: {} }] },
    expect: { output: { n: 2 } },
  },
  {
    title: 'Parallel is retried as a whole',
    section: `${ASL}#errors`,
    definition: jsonPath({
      X: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'A', States: { A: { Type: 'Task', Resource: FUNCTION, End: true } } }],
        Retry: [{ ErrorEquals: ['E'] }],
        End: true,
      },
    }),
    mocks: { f: [failure('E'), ok] },
    expect: { output: ['ok'] },
  },
  ...(
    [
      ['ErrorEquals that is empty', { ErrorEquals: [] }, ['/States/T/Retry[0]/ErrorEquals']],
      ['States.ALL among others', { ErrorEquals: ['States.ALL', 'E'] }, ['/States/T/Retry[0]/ErrorEquals']],
      ['IntervalSeconds of zero', { ...all, IntervalSeconds: 0 }, ['/States/T/Retry[0]/IntervalSeconds']],
      ['a fraction of a second', { ...all, IntervalSeconds: 1.5 }, ['/States/T/Retry[0]/IntervalSeconds']],
      ['negative MaxAttempts', { ...all, MaxAttempts: -1 }, ['/States/T/Retry[0]/MaxAttempts']],
      ['BackoffRate under one', { ...all, BackoffRate: 0.5 }, ['/States/T/Retry[0]/BackoffRate']],
      [
        'MaxDelaySeconds not above IntervalSeconds',
        { ...all, IntervalSeconds: 5, MaxDelaySeconds: 5 },
        ['/States/T/Retry[0]/MaxDelaySeconds'],
      ],
      ['an unknown JitterStrategy', { ...all, JitterStrategy: 'SOME' }, ['/States/T/Retry[0]/JitterStrategy']],
      ['a field that a retrier does not have', { ...all, Next: 'P' }, ['/States/T/Retry[0]/Next']],
    ] as const
  ).map(([title, retrier, refused]) => ({ title: `refused: ${title}`, section, definition: retrying(retrier), expect: { refused } })),
  {
    title: 'refused: States.ALL before another retrier',
    section,
    definition: retrying(all, { ErrorEquals: ['E'] }),
    expect: { refused: ['/States/T/Retry[0]/ErrorEquals'] },
  },
];
