import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { RetryPolicy } from '../../../lib/workflow/retry-policy';
import { WorkflowStateMachine } from '../../../lib/workflow/workflow-state-machine';
import { WorkflowStep } from '../../../lib/workflow/workflow-step';
import { newStack, problemsOf, workflowOf } from './workflow-fixture';

test('an invoke step calls the alias with the step envelope', () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.invoke('Search', { function: fn('Search', Duration.minutes(5)), expose: ['count'] }),
  ]);
  const { StartAt, States, QueryLanguage, TimeoutSeconds } = definition();
  expect({ StartAt, QueryLanguage, TimeoutSeconds }).toEqual({ StartAt: 'Search', QueryLanguage: 'JSONata', TimeoutSeconds: 30 * 86_400 });
  expect(States.Search).toMatchObject({
    Type: 'Task',
    QueryLanguage: 'JSONata',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: {
      FunctionName: expect.stringMatching(/^<SearchAlias/),
      Payload: {
        workflow: {
          executionArn: '{% $states.context.Execution.Id %}',
          name: '{% $states.context.Execution.Name %}',
          startedAt: '{% $states.context.Execution.StartTime %}',
        },
        step: {
          id: 'Search',
          attempt: '{% $states.context.State.RetryCount %}',
          redrive: '{% $states.context.Execution.RedriveCount %}',
          maxInlineBytes: 204_800,
          expose: ['count'],
        },
        input: '{% $states.input %}',
      },
    },
    TimeoutSeconds: 330,
    Output: '{% $states.result.Payload %}',
    End: true,
  });
});

test('without the envelope the function gets the bare input and cannot continue', () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.invoke('Plain', { function: fn('Plain'), envelope: false, input: '{% $states.input.text %}' }),
  ]);
  const { Plain } = definition().States;
  expect(Plain.Arguments.Payload).toBe('{% $states.input.text %}');
  expect(Plain.Retry.flatMap((retrier: { ErrorEquals: string[] }) => retrier.ErrorEquals)).not.toContain('Workflow.Continue');
});

test('retriers stand in order: continue, terminal, infrastructure, throttling, unavailable, own', () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.invoke('Search', { function: fn('Search'), retry: RetryPolicy.of({ onErrors: ['Search.Busy'], maxContinuations: 7 }) }),
  ]);
  const { Retry } = definition().States.Search;
  expect(Retry.map((retrier: { ErrorEquals: string[] }) => retrier.ErrorEquals[0])).toEqual([
    'Workflow.Continue',
    'Step.NoProgress',
    'Lambda.ServiceException',
    'Model.Throttled',
    'Model.Unavailable',
    'Search.Busy',
  ]);
  expect(Retry[0]).toEqual({ ErrorEquals: ['Workflow.Continue'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 7 });
  expect(Retry[1]).toMatchObject({ MaxAttempts: 0, ErrorEquals: expect.arrayContaining(['Step.InvalidInput', 'Step.LeaseLost']) });
  expect(Retry[2].ErrorEquals).toEqual(
    expect.arrayContaining(['Sandbox.Timedout', 'Runtime.ExitError', 'States.Timeout', 'Lambda.Unknown']),
  );
  for (const retrier of Retry.slice(2)) {
    expect(retrier).toMatchObject({ JitterStrategy: 'FULL', MaxDelaySeconds: 300 });
    expect(retrier.BackoffRate).toBeGreaterThan(1);
  }
});

test('a failed step ends in a state that a redrive runs again and that leads back to the step with its input', () => {
  const { definition } = workflowOf((fn) => [WorkflowStep.invoke('Search', { function: fn('Search') })]);
  const { States } = definition();
  expect(States.Search.Catch).toEqual([
    {
      ErrorEquals: ['States.ALL'],
      Assign: {
        failure0: {
          error: '{% $states.errorOutput.Error ? $states.errorOutput.Error : "States.TaskFailed" %}',
          cause: '{% $exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : "" %}',
          redrive: '{% $states.context.Execution.RedriveCount %}',
        },
      },
      Output: '{% $states.input %}',
      Next: 'Search failed',
    },
  ]);
  expect(States['Search failed']).toMatchObject({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: {
      FunctionName: expect.stringMatching(/^<WorkflowFailureRecorderAlias/),
      Payload: {
        failure: { stepId: 'Search', error: '{% $failure0.error %}', cause: '{% $failure0.cause %}', redrive: '{% $failure0.redrive %}' },
        redrive: '{% $states.context.Execution.RedriveCount %}',
      },
    },
    Output: '{% $states.input %}',
    Next: 'Search',
  });
  expect(States['Search failed'].Catch).toBeUndefined();
  expect(Object.values(States).some((state) => (state as { Type: string }).Type === 'Fail')).toBe(false);
});

test.each([
  [44, ['step "Search" timeout must be at least 45 s, got 44 s, since its function may run for 15 s; raise it or leave it out']],
  [45, []],
])('a timeout of %i s over a function of 15 s', (timeout, problems) => {
  const build = () =>
    workflowOf((fn) => [
      WorkflowStep.invoke('Search', { function: fn('Search', Duration.seconds(15)), timeout: Duration.seconds(timeout) }),
    ]);
  expect(problemsOf(build)).toEqual(problems);
});

test('a function without a timeout has the 3 s of the service', () => {
  const { definition } = workflowOf((fn) => [WorkflowStep.invoke('Search', { function: fn('Search') })]);
  expect(definition().States.Search.TimeoutSeconds).toBe(33);
});

test('fails when an imported function comes without a timeout', () => {
  const stack = newStack();
  const imported = lambda.Function.fromFunctionArn(stack, 'Imported', 'arn:aws:lambda:eu-west-1:123456789012:function:other');
  const build = () => new WorkflowStateMachine(stack, 'Workflow', { steps: [WorkflowStep.invoke('Call', { function: imported })] });
  expect(problemsOf(build)).toEqual([
    'step "Call" needs a timeout, since this app does not know that of its function; set it to the function\'s timeout and 30 s',
  ]);
});

test('fails when a heartbeat is set, saying why', () => {
  const build = () => workflowOf((fn) => [WorkflowStep.invoke('Call', { function: fn('Call'), heartbeat: Duration.seconds(10) })]);
  expect(problemsOf(build)).toEqual([
    'step "Call" heartbeat is not possible: a called function has no task token to beat with; use WorkflowStep.callback, or drop it',
  ]);
});

test('the role may invoke the alias and nothing else of the function', () => {
  const { template } = workflowOf((fn) => [WorkflowStep.invoke('Search', { function: fn('Search') })]);
  const policies = template().findResources('AWS::IAM::Policy');
  const statements = Object.entries(policies)
    .filter(([id]) => id.startsWith('WorkflowMachineRole'))
    .flatMap(([, policy]) => policy['Properties'].PolicyDocument.Statement);
  const invoke = statements.filter(({ Action }: { Action: string }) => Action === 'lambda:InvokeFunction');
  expect(invoke.flatMap(({ Resource }: { Resource: unknown }) => Resource)).toEqual(
    expect.arrayContaining([
      { Ref: expect.stringMatching(/^SearchAlias/) },
      { Ref: expect.stringMatching(/^WorkflowFailureRecorderAlias/) },
    ]),
  );
  expect(JSON.stringify(invoke)).not.toContain('*');
});
