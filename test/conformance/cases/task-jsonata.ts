import { ASL, type ConformanceCase, FUNCTION, GUIDE, INVOKE, jsonata, jsonPath } from '../conformance-case';

const section = `${GUIDE}/state-task.html`;
const language = `${GUIDE}/transforming-data.html`;
const WAIT = `${INVOKE}.waitForTaskToken`;
const call = (fields: object = {}, machine: object = {}) =>
  jsonata({ T: { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: FUNCTION }, End: true, ...fields } }, machine);
const caught = { Caught: { Type: 'Pass', End: true } };
const at = "An error occurred while executing the state 'T' (entered at the event id #2). ";

export const CASES: readonly ConformanceCase[] = [
  {
    title: 'Arguments are what the task gets, Output is what goes on',
    section: language,
    definition: call({
      Arguments: { FunctionName: FUNCTION, Payload: { n: '{% $states.input.n + 1 %}', fixed: [true, null] } },
      Output: { got: '{% $states.result.Payload %}', from: '{% $states.input.n %}' },
    }),
    input: { n: 1 },
    mocks: { [INVOKE]: [{ return: { StatusCode: 200, Payload: 'answer' } }] },
    expect: {
      output: { got: 'answer', from: 1 },
      history: [
        {
          type: 'TaskScheduled',
          taskScheduledEventDetails: {
            resourceType: 'lambda',
            resource: 'invoke',
            region: 'us-east-1',
            parameters: JSON.stringify({ FunctionName: FUNCTION, Payload: { n: 2, fixed: [true, null] } }),
          },
        },
        {
          type: 'TaskSucceeded',
          taskSucceededEventDetails: { output: '{"StatusCode":200,"Payload":"answer"}', outputDetails: { truncated: false } },
        },
      ],
    },
  },
  {
    title: 'without Output the result goes on',
    section: language,
    definition: call(),
    mocks: { f: [{ return: { Payload: 1 } }] },
    expect: {
      output: { Payload: 1 },
      events: [
        'ExecutionStarted',
        'TaskStateEntered',
        'TaskScheduled',
        'TaskStarted',
        'TaskSucceeded',
        'TaskStateExited',
        'ExecutionSucceeded',
      ],
    },
  },
  {
    title: 'without Arguments the input is what the task gets',
    section: language,
    definition: jsonata({ T: { Type: 'Task', Resource: FUNCTION, End: true } }),
    input: { n: 1 },
    mocks: { [FUNCTION]: [{ return: 'direct' }] },
    expect: {
      output: 'direct',
      events: [
        'ExecutionStarted',
        'TaskStateEntered',
        'LambdaFunctionScheduled',
        'LambdaFunctionStarted',
        'LambdaFunctionSucceeded',
        'TaskStateExited',
        'ExecutionSucceeded',
      ],
      history: [{ lambdaFunctionScheduledEventDetails: { resource: FUNCTION, input: '{"n":1}', inputDetails: { truncated: false } } }],
    },
  },
  {
    title: 'Arguments by one expression',
    section: language,
    definition: call({ Arguments: '{% {"FunctionName": "f", "Payload": $states.input} %}', Output: '{% $states.result.Payload %}' }),
    mocks: { f: [{ return: { Payload: null } }] },
    expect: { output: null },
  },
  {
    title: 'an argument that gives nothing fails before the call',
    section: `${language}#jsonata-errors`,
    definition: call({ Arguments: { FunctionName: FUNCTION, Payload: { a: ['{% $states.input.missing %}'] } } }),
    expect: {
      error: 'States.QueryEvaluationError',
      cause: `${at}The JSONata expression '$states.input.missing' specified for the field 'Arguments/Payload/a[0]' returned nothing (undefined).`,
      events: ['ExecutionStarted', 'TaskStateEntered', 'EvaluationFailed', 'ExecutionFailed'],
      history: [
        {
          evaluationFailedEventDetails: {
            error: 'States.QueryEvaluationError',
            location: 'Arguments/Payload/a[0]',
            state: 'T',
            cause:
              "The JSONata expression '$states.input.missing' specified for the field 'Arguments/Payload/a[0]' returned nothing (undefined).",
          },
        },
      ],
    },
  },
  {
    title: 'an evaluation error can be caught',
    section: `${language}#jsonata-errors`,
    definition: jsonata({
      T: {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: FUNCTION, Payload: '{% 1 + "a" %}' },
        Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Output: '{% $states.errorOutput.Error %}', Next: 'Caught' }],
        End: true,
      },
      ...caught,
    }),
    expect: { output: 'States.QueryEvaluationError' },
  },
  {
    title: 'an evaluation error can be retried',
    section: `${language}#jsonata-errors`,
    definition: call({
      Output: '{% $states.result.Payload.ok %}',
      Retry: [{ ErrorEquals: ['States.QueryEvaluationError'], IntervalSeconds: 2, MaxAttempts: 1 }],
    }),
    mocks: { f: [{ return: { Payload: {} } }, { return: { Payload: { ok: 1 } } }] },
    expect: { output: 1 },
  },
  {
    title: 'an Output that gives nothing fails after the call',
    section: `${language}#jsonata-errors`,
    definition: call({ Output: { v: '{% $states.result.missing %}' } }),
    mocks: { f: [{ return: {} }] },
    expect: {
      error: 'States.QueryEvaluationError',
      cause: `${at}The JSONata expression '$states.result.missing' specified for the field 'Output/v' returned nothing (undefined).`,
      events: [
        'ExecutionStarted',
        'TaskStateEntered',
        'TaskScheduled',
        'TaskStarted',
        'TaskSucceeded',
        'EvaluationFailed',
        'ExecutionFailed',
      ],
    },
  },
  {
    title: 'a catcher without Output hands the error on',
    section: `${ASL}#errors`,
    definition: jsonata({
      T: { Type: 'Task', Resource: FUNCTION, Catch: [{ ErrorEquals: ['Broken'], Next: 'Caught' }], End: true },
      ...caught,
    }),
    mocks: { f: [{ throw: { Error: 'Broken', Cause: 'why' } }] },
    expect: { output: { Error: 'Broken', Cause: 'why' } },
  },
  {
    title: 'an Output of a catcher that gives nothing names the catcher',
    section: `${language}#jsonata-errors`,
    definition: jsonata({
      T: {
        Type: 'Task',
        Resource: FUNCTION,
        Catch: [
          { ErrorEquals: ['States.Timeout'], Next: 'Caught' },
          { ErrorEquals: ['States.ALL'], Output: { v: '{% $states.input.missing %}' }, Next: 'Caught' },
        ],
        End: true,
      },
      ...caught,
    }),
    mocks: { f: [{ throw: { Error: 'Broken', Cause: '' } }] },
    expect: {
      error: 'States.QueryEvaluationError',
      cause: `${at}The JSONata expression '$states.input.missing' specified for the field 'Catch[1]/Output/v' returned nothing (undefined).`,
    },
  },
  {
    title: 'an error that nobody handles fails the execution as it came',
    section: `${ASL}#errors`,
    definition: call(),
    mocks: { f: [{ throw: { Error: 'Broken', Cause: '{"errorMessage":"why"}' } }] },
    expect: {
      error: 'Broken',
      cause: '{"errorMessage":"why"}',
      events: ['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskFailed', 'ExecutionFailed'],
      history: [
        { taskFailedEventDetails: { resourceType: 'lambda', resource: 'invoke', error: 'Broken', cause: '{"errorMessage":"why"}' } },
        { executionFailedEventDetails: { error: 'Broken', cause: '{"errorMessage":"why"}' } },
      ],
    },
  },
  {
    title: 'a callback gives what SendTaskSuccess brings',
    section: `${GUIDE}/connect-to-resource.html#connect-wait-token`,
    definition: call({ Resource: WAIT, Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } } }),
    mocks: { f: [{ return: { approved: true }, sleep: 3600 }] },
    expect: {
      output: { approved: true },
      events: [
        'ExecutionStarted',
        'TaskStateEntered',
        'TaskScheduled',
        'TaskStarted',
        'TaskSubmitted',
        'TaskSucceeded',
        'TaskStateExited',
        'ExecutionSucceeded',
      ],
      history: [
        { type: 'TaskSubmitted', timestamp: '2026-01-01T00:00:00.000Z' },
        { type: 'TaskSucceeded', timestamp: '2026-01-01T01:00:00.000Z' },
      ],
    },
  },
  {
    title: 'a callback fails as SendTaskFailure says',
    section: `${GUIDE}/connect-to-resource.html#connect-wait-token`,
    definition: call({ Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Arguments: { QueueUrl: 'q', MessageBody: 'm' } }),
    mocks: { 'arn:aws:states:::sqs:sendMessage.waitForTaskToken': [{ throw: { Error: 'Rejected', Cause: 'no' } }] },
    expect: { error: 'Rejected', cause: 'no' },
  },
  {
    title: 'the token exists only where it is waited for',
    section: `${GUIDE}/concepts-context-object.html`,
    definition: call({ Arguments: { FunctionName: 'f', Payload: '{% $states.context.Task.Token %}' } }),
    expect: { error: 'States.QueryEvaluationError', cause: /specified for the field 'Arguments\/Payload' returned nothing/ },
  },
  {
    title: 'TimeoutSeconds ends a call with States.Timeout',
    section,
    definition: call({ TimeoutSeconds: 5 }),
    mocks: { f: [{ return: {}, sleep: 6 }] },
    expect: {
      error: 'States.Timeout',
      cause: null,
      events: ['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskTimedOut', 'ExecutionFailed'],
      history: [
        { type: 'TaskScheduled', taskScheduledEventDetails: { timeoutInSeconds: 5 } },
        { type: 'TaskTimedOut', timestamp: '2026-01-01T00:00:05.000Z', taskTimedOutEventDetails: { error: 'States.Timeout' } },
      ],
    },
  },
  {
    title: 'a call within TimeoutSeconds is left alone',
    section,
    definition: call({ TimeoutSeconds: 5 }),
    mocks: { f: [{ return: 'ok', sleep: 4 }] },
    expect: { output: 'ok' },
  },
  {
    title: 'TimeoutSeconds by JSONata',
    section,
    definition: call({ TimeoutSeconds: '{% $states.input.t %}' }),
    input: { t: 3 },
    mocks: { f: [{ return: {}, sleep: 4 }] },
    expect: { error: 'States.Timeout' },
  },
  {
    title: 'TimeoutSeconds by JSONata that is no number',
    section: `${language}#jsonata-errors`,
    definition: call({ TimeoutSeconds: '{% "3" %}' }),
    expect: {
      error: 'States.QueryEvaluationError',
      cause: `${at}The JSONata expression '"3"' specified for the field 'TimeoutSeconds' returned an unexpected result type. Expected 'number', but was 'string' for value: "3"`,
    },
  },
  {
    title: 'TimeoutSeconds by JSONata below zero',
    section: `${language}#jsonata-errors`,
    definition: call({ TimeoutSeconds: '{% -1 %}' }),
    expect: { error: 'States.QueryEvaluationError', cause: `${at}TimeoutSeconds must be between 0 and 99999999 but was: -1` },
  },
  {
    title: 'TimeoutSeconds by JSONata that is no whole number',
    section: `${language}#jsonata-errors`,
    definition: call({ TimeoutSeconds: '{% 1.6 %}' }),
    expect: { error: 'States.QueryEvaluationError', cause: `${at}The TimeoutSeconds field cannot be parsed as an integer: 1.6` },
  },
  {
    title: 'a missed heartbeat is a States.Timeout',
    section,
    definition: call({ Resource: WAIT, HeartbeatSeconds: 10, TimeoutSeconds: 600 }),
    mocks: { f: [{ return: {}, sleep: 60 }] },
    expect: {
      error: 'States.Timeout',
      history: [
        { type: 'TaskScheduled', taskScheduledEventDetails: { heartbeatInSeconds: 10, timeoutInSeconds: 600 } },
        { type: 'TaskTimedOut', timestamp: '2026-01-01T00:00:10.000Z', taskTimedOutEventDetails: { error: 'States.Timeout' } },
      ],
    },
  },
  {
    title: 'a missed heartbeat is caught by the name States.HeartbeatTimeout',
    section: `${GUIDE}/concepts-error-handling.html`,
    definition: jsonata({
      T: {
        Type: 'Task',
        Resource: WAIT,
        Arguments: { FunctionName: 'f' },
        HeartbeatSeconds: '{% 10 %}',
        Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Output: 'missed', Next: 'Caught' }],
        End: true,
      },
      ...caught,
    }),
    mocks: { f: [{ return: {}, sleep: 60 }] },
    expect: { output: 'missed' },
  },
  {
    title: 'heartbeats are shorter than the timeout',
    section: `${ASL}#timeouts-and-heartbeats`,
    definition: call({ Resource: WAIT, HeartbeatSeconds: 10, TimeoutSeconds: 10 }),
    expect: { refused: ['/States/T/HeartbeatSeconds'] },
  },
  {
    title: 'a nested execution is answered by its Resource',
    section: `${GUIDE}/connect-stepfunctions.html`,
    definition: call({
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Inner', Input: { a: 1 } },
      Output: '{% $states.result.Output.b %}',
    }),
    mocks: { 'arn:aws:states:::states:startExecution.sync:2': [{ return: { Status: 'SUCCEEDED', Output: { b: 2 } } }] },
    expect: {
      output: 2,
      history: [
        { type: 'TaskScheduled', taskScheduledEventDetails: { resourceType: 'states', resource: 'startExecution.sync:2' } },
        { type: 'TaskStarted' },
        { type: 'TaskSubmitted' },
        { type: 'TaskSucceeded' },
      ],
    },
  },
  {
    title: 'an SDK integration is answered by its Resource',
    section: `${GUIDE}/supported-services-awssdk.html`,
    definition: call({ Resource: 'arn:aws:states:::aws-sdk:dynamodb:query', Arguments: {}, Output: '{% $states.result.Count %}' }),
    mocks: { 'arn:aws:states:::aws-sdk:dynamodb:query': [{ return: { Count: 3, Items: [] } }] },
    expect: { output: 3, history: [{ taskScheduledEventDetails: { resourceType: 'aws-sdk:dynamodb', resource: 'query' } }] },
  },
  {
    title: 'the errors of an SDK integration have the name of its service',
    section: `${GUIDE}/supported-services-awssdk.html`,
    definition: jsonata({
      T: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:s3:headBucket',
        Arguments: { Bucket: 'b' },
        Catch: [{ ErrorEquals: ['S3.NoSuchBucketException'], Output: 'none', Next: 'Caught' }],
        End: true,
      },
      ...caught,
    }),
    mocks: { 'arn:aws:states:::aws-sdk:s3:headBucket': [{ throw: { Error: 'S3.NoSuchBucketException', Cause: 'gone' } }] },
    expect: { output: 'none' },
  },
  {
    title: 'outcomes are used in the order of the calls, and the last repeats',
    section: `${GUIDE}/sfn-local-mock-cfg-file.html`,
    definition: jsonata({
      Each: {
        Type: 'Map',
        Items: [1, 2, 3, 4],
        MaxConcurrency: 1,
        ItemProcessor: { StartAt: 'T', States: { T: { Type: 'Task', Resource: FUNCTION, End: true } } },
        End: true,
      },
    }),
    mocks: { f: [{ return: 'a' }, { return: 'b' }] },
    expect: { output: ['a', 'b', 'b', 'b'] },
  },
  {
    title: 'a mock of a version is used for that version',
    section: `${GUIDE}/connect-lambda.html`,
    definition: jsonata({
      A: {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: `${FUNCTION}:live` },
        Assign: { a: '{% $states.result %}' },
        Next: 'B',
      },
      B: {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: 'f', Qualifier: 'old' },
        Output: '{% [$a, $states.result] %}',
        End: true,
      },
    }),
    mocks: { f: [{ return: 'any' }], 'f:live': [{ return: 'live' }] },
    expect: { output: ['live', 'any'] },
  },
  {
    title: 'a call that no mock answers fails the execution, caught or not',
    section: `${GUIDE}/sfn-local-test-sm-exec.html`,
    definition: jsonata({
      T: {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: 'f' },
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
        End: true,
      },
      ...caught,
    }),
    mocks: { other: [{ return: 1 }] },
    expect: {
      error: 'States.Runtime',
      cause: /No mock answers the call of the state 'T' to arn:aws:states:::lambda:invoke for the function "f"/,
    },
  },
  {
    title: 'a result with the name of a variable is the result',
    section: language,
    definition: call({ Output: '{% $states.result = $states.input %}' }),
    input: { a: [1] },
    mocks: { f: [{ return: { a: [1] } }] },
    expect: { output: true },
  },
  {
    title: '$states.result does not exist before the call',
    section: language,
    definition: call({ Arguments: { FunctionName: 'f', Payload: '{% $states.result %}' } }),
    expect: { refused: ['/States/T/Arguments/Payload'] },
  },
  {
    title: '$states.errorOutput exists in a catcher only',
    section: language,
    definition: call({ Output: '{% $states.errorOutput %}', Assign: { e: '{% $states.errorOutput.Error %}' } }),
    expect: { refused: ['/States/T/Output', '/States/T/Assign/e'] },
  },
  {
    title: '$states.result does not exist in a catcher',
    section: language,
    definition: jsonata({
      T: {
        Type: 'Task',
        Resource: FUNCTION,
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.result %}', Next: 'Caught' }],
        End: true,
      },
      ...caught,
    }),
    expect: { refused: ['/States/T/Catch[0]/Output'] },
  },
  {
    title: 'a Task state must have a Resource that is an ARN',
    section: `${ASL}#task-state`,
    definition: jsonPath({ A: { Type: 'Task', Next: 'B' }, B: { Type: 'Task', Resource: 'my-function', End: true } }),
    expect: { refused: ['/States/A/Resource', '/States/B/Resource'] },
  },
];
