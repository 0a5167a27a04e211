import { ASL, type ConformanceCase, FUNCTION, GUIDE, INVOKE, jsonata, jsonPath } from '../conformance-case';

const most = 262_144;
const quotas = `${GUIDE}/service-quotas.html#service-limits-task-executions`;
const context = `${GUIDE}/concepts-context-object.html`;
const history = 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html';
const tooLarge = (name: string) => ({
  error: 'States.DataLimitExceeded',
  cause: `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
});
const task = (fields: object = {}) => ({ Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f' }, End: true, ...fields });

export const CASES: readonly ConformanceCase[] = [
  {
    title: 'events follow one another, the first state follows nothing',
    section: history,
    definition: jsonPath({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } }),
    input: { a: 1 },
    expect: {
      output: { a: 1 },
      history: [
        {
          id: 1,
          previousEventId: 0,
          type: 'ExecutionStarted',
          timestamp: '2026-01-01T00:00:00.000Z',
          executionStartedEventDetails: { input: '{"a":1}', inputDetails: { truncated: false } },
        },
        {
          id: 2,
          previousEventId: 0,
          type: 'PassStateEntered',
          stateEnteredEventDetails: { name: 'A', input: '{"a":1}', inputDetails: { truncated: false } },
        },
        {
          id: 3,
          previousEventId: 2,
          type: 'PassStateExited',
          stateExitedEventDetails: { name: 'A', output: '{"a":1}', outputDetails: { truncated: false } },
        },
        { id: 4, previousEventId: 3, type: 'SucceedStateEntered' },
        { id: 5, previousEventId: 4, type: 'SucceedStateExited' },
        {
          id: 6,
          previousEventId: 5,
          type: 'ExecutionSucceeded',
          executionSucceededEventDetails: { output: '{"a":1}', outputDetails: { truncated: false } },
        },
      ],
    },
  },
  {
    title: 'the context object of a Pass state',
    section: context,
    definition: jsonata({ P: { Type: 'Pass', Output: '{% $states.context %}', End: true } }),
    input: { a: 1 },
    context: { Execution: { Id: 'arn:e', Name: 'run', RoleArn: 'arn:r' }, StateMachine: { Id: 'arn:m', Name: 'machine' } },
    expect: {
      output: {
        Execution: { Id: 'arn:e', Input: { a: 1 }, StartTime: '2026-01-01T00:00:00.000Z', Name: 'run', RoleArn: 'arn:r', RedriveCount: 0 },
        StateMachine: { Id: 'arn:m', Name: 'machine' },
        State: { Name: 'P', EnteredTime: '2026-01-01T00:00:00.000Z' },
      },
    },
  },
  {
    title: 'a task knows how often it was retried',
    section: context,
    definition: jsonata({
      T: task({
        Arguments: { FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}' },
        Output: '{% $states.context.State.RetryCount %}',
        Retry: [{ ErrorEquals: ['E'] }],
      }),
    }),
    mocks: { f: [{ throw: { Error: 'E' } }, { throw: { Error: 'E' } }, { return: {} }] },
    expect: { output: 2 },
  },
  {
    title: 'a task that waits has a token in its context',
    section: context,
    definition: jsonPath({
      T: task({
        Arguments: undefined,
        Resource: `${INVOKE}.waitForTaskToken`,
        Parameters: { FunctionName: 'f', Payload: { 'token.$': '$$.Task.Token' } },
      }),
    }),
    context: { Task: { Token: 'mine' } },
    mocks: { f: [{ return: 'ok' }] },
    expect: { output: 'ok', history: [{ taskScheduledEventDetails: { parameters: '{"FunctionName":"f","Payload":{"token":"mine"}}' } }] },
  },
  {
    title: 'EnteredTime is when the state was entered',
    section: context,
    definition: jsonata({
      W: { Type: 'Wait', Seconds: 5, Next: 'P' },
      P: { Type: 'Pass', Output: '{% $states.context.State.EnteredTime %}', End: true },
    }),
    expect: { output: '2026-01-01T00:00:05.000Z' },
  },
  {
    title: 'the context object can be read by paths',
    section: context,
    definition: jsonPath({ P: { Type: 'Pass', Parameters: { 'in.$': '$$.Execution.Input.a', 'name.$': '$$.State.Name' }, End: true } }),
    input: { a: 1 },
    expect: { output: { in: 1, name: 'P' } },
  },
  {
    title: 'TimeoutSeconds of the machine ends the execution',
    section: `${ASL}#toplevelfields`,
    definition: jsonata({ W: { Type: 'Wait', Seconds: 60, End: true } }, { TimeoutSeconds: 10 }),
    expect: {
      status: 'TIMED_OUT',
      error: 'States.Timeout',
      events: ['ExecutionStarted', 'WaitStateEntered', 'WaitStateAborted', 'ExecutionTimedOut'],
      history: [
        { type: 'ExecutionTimedOut', timestamp: '2026-01-01T00:00:10.000Z', executionTimedOutEventDetails: { error: 'States.Timeout' } },
      ],
    },
  },
  {
    title: 'nothing catches the timeout of the machine',
    section: `${ASL}#toplevelfields`,
    definition: jsonata(
      {
        T: task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S' }], Retry: [{ ErrorEquals: ['States.ALL'] }] }),
        S: { Type: 'Succeed' },
      },
      { TimeoutSeconds: 10 },
    ),
    mocks: { f: [{ return: 1, sleep: 11 }] },
    expect: { status: 'TIMED_OUT', error: 'States.Timeout' },
  },
  {
    title: 'a machine that ends in time is not timed out',
    section: `${ASL}#toplevelfields`,
    definition: jsonata({ W: { Type: 'Wait', Seconds: 9, End: true } }, { TimeoutSeconds: 10 }),
    expect: { output: {} },
  },
  {
    title: 'a result of more than 256 KiB',
    section: quotas,
    definition: jsonata({ T: task() }),
    mocks: { f: [{ return: 'x'.repeat(most - 1) }] },
    expect: tooLarge('lambda'),
  },
  {
    title: 'a result of exactly 256 KiB',
    section: quotas,
    definition: jsonata({ T: task({ Output: '{% $length($states.result) %}' }) }),
    mocks: { f: [{ return: 'x'.repeat(most - 2) }] },
    expect: { output: most - 2 },
  },
  {
    title: 'the limit counts bytes, not characters',
    section: quotas,
    definition: jsonata({ T: task({ Resource: FUNCTION, Arguments: undefined }) }),
    mocks: { f: [{ return: 'é'.repeat(most / 2) }] },
    expect: tooLarge(FUNCTION),
  },
  {
    title: 'States.ALL does not catch States.DataLimitExceeded, its own name does',
    section: `${GUIDE}/concepts-error-handling.html`,
    definition: jsonata({
      T: task({
        Catch: [
          { ErrorEquals: ['States.TaskFailed'], Output: 'failed', Next: 'S' },
          { ErrorEquals: ['States.DataLimitExceeded'], Output: 'large', Next: 'S' },
        ],
      }),
      S: { Type: 'Succeed' },
    }),
    mocks: { f: [{ return: 'x'.repeat(most) }] },
    expect: { output: 'large' },
  },
  {
    title: 'an output of more than 256 KiB',
    section: quotas,
    definition: jsonata({ P: { Type: 'Pass', Output: '{% $pad("", 262143, "x") %}', End: true } }),
    expect: { ...tooLarge('P'), events: ['ExecutionStarted', 'PassStateEntered', 'ExecutionFailed'] },
  },
  {
    title: 'a variable of more than 256 KiB',
    section: `${GUIDE}/workflow-variables.html#variable-limits`,
    definition: jsonata({ P: { Type: 'Pass', Assign: { v: '{% $pad("", 262143, "x") %}' }, Output: 1, End: true } }),
    expect: { error: 'States.DataLimitExceeded' },
  },
  {
    title: 'all variables together have 10 MiB',
    section: `${GUIDE}/workflow-variables.html#variable-limits`,
    definition: jsonata(
      Object.fromEntries(
        Array.from({ length: 42 }, (_, index) => [
          `Set ${index}`,
          {
            Type: 'Pass',
            Assign: { [`v${index}`]: '{% $pad("", 260000, "x") %}' },
            ...(index < 41 ? { Next: `Set ${index + 1}` } : { End: true }),
          },
        ]),
      ),
    ),
    expect: { error: 'States.DataLimitExceeded', cause: /'Set 40' assigned variables with a total size exceeding/ },
  },
  {
    title: '25,000 events end an execution, and nothing catches that',
    section: quotas,
    definition: jsonPath({
      Fan: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'A',
            States: {
              A: { Type: 'Pass', Next: 'B' },
              B: { Type: 'Choice', Choices: [{ Variable: '$.never', IsPresent: true, Next: 'C' }], Default: 'A' },
              C: { Type: 'Succeed' },
            },
          },
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Pass', End: true },
    }),
    expect: {
      error: 'States.Runtime',
      cause: /The execution reached the maximum number of history events \(25000\)\./,
      history: [{ id: 25_000, type: 'ExecutionFailed' }],
    },
  },
  {
    title: 'an error of States.Runtime is not retried',
    section: `${GUIDE}/concepts-error-handling.html`,
    definition: jsonPath({
      T: task({
        Arguments: undefined,
        Parameters: { 'FunctionName.$': '$.missing' },
        Retry: [{ ErrorEquals: ['States.ALL'] }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S' }],
      }),
      S: { Type: 'Succeed' },
    }),
    expect: { error: 'States.Runtime', events: ['ExecutionStarted', 'TaskStateEntered', 'ExecutionFailed'] },
  },
];
