import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import type { StepEnvelope, StepFailure } from '../../../lambda/contract/envelope';
import type { TaskHandler } from '../../../lib/local/asl/task';
import { TaskTokens } from '../../../lib/local/asl/task-tokens';
import { RetryPolicy } from '../../../lib/workflow/retry-policy';
import { OnReject } from '../../../lib/workflow/step-props';
import { WorkflowStep } from '../../../lib/workflow/workflow-step';
import { execution, fault } from '../local/asl/machine';
import { type Json, workflowOf } from './workflow-fixture';

type Call = { readonly fn: string; readonly payload: Json; readonly token?: string };

/** Runs lambda:invoke tasks against functions by construct id; the failure recorder behaves as its contract says. */
function world(functions: Readonly<Record<string, (payload: Json, token?: string) => unknown>>): {
  tasks: TaskHandler;
  calls: Call[];
  failures: StepFailure[];
} {
  const calls: Call[] = [];
  const failures: StepFailure[] = [];
  const tasks: TaskHandler = async ({ resource, input, taskToken }) => {
    const { FunctionName, Payload } = input as Json;
    if (/FailureRecorder/.test(FunctionName)) {
      const failure = Payload as StepFailure;
      if (failure.redrive > failure.failure.redrive) return { Payload: { resume: true } };
      failures.push(failure);
      throw fault(failure.failure.error, failure.failure.cause);
    }
    const name = /^<(\w+?)Alias/.exec(FunctionName)?.[1] ?? '';
    const fn = /Approvals/.test(FunctionName) ? 'Approval' : name;
    calls.push({ fn, payload: Payload, token: taskToken });
    const answer = functions[fn]?.(Payload, taskToken);
    if (answer instanceof Error) throw answer;
    return resource.endsWith('.waitForTaskToken') ? {} : { Payload: answer };
  };
  return { tasks, calls, failures };
}

const idOf = ({ payload }: Call) => (payload as StepEnvelope).step.id;

test('the output of a step is the input of the next one', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.invoke('Double', { function: fn('Double') }),
    WorkflowStep.invoke('Add', { function: fn('Add'), input: '{% $states.input.value %}' }),
  ]);
  const { tasks } = world({ Double: ({ input }) => ({ value: input * 2 }), Add: ({ input }) => input + 1 });
  expect(await execution(definition(), 20, { tasks }).run()).toEqual({ status: 'SUCCEEDED', output: 41 });
});

test('a continuing step is called again until it ends, whatever its other budgets', async () => {
  const { definition } = workflowOf((fn) => [WorkflowStep.invoke('Long', { function: fn('Long'), retry: RetryPolicy.none() })]);
  let left = 30;
  const { tasks, calls } = world({ Long: () => (left-- > 0 ? fault('Workflow.Continue') : 'done') });
  expect(await execution(definition(), {}, { tasks }).run()).toEqual({ status: 'SUCCEEDED', output: 'done' });
  expect(calls.map(({ payload }) => payload['step'].attempt)).toEqual([...Array(31).keys()]);
});

test('a terminal error is not retried even when all errors are', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.invoke('Bad', { function: fn('Bad'), retry: RetryPolicy.of({ onErrors: ['States.ALL'] }) }),
  ]);
  const { tasks, calls } = world({ Bad: () => fault('Step.InvalidInput', 'no text') });
  expect(await execution(definition(), {}, { tasks }).run()).toEqual({ status: 'FAILED', error: 'Step.InvalidInput', cause: 'no text' });
  expect(calls).toHaveLength(1);
});

test('a failed run fails with the true error, and a redrive resumes the step with its original input', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.invoke('First', { function: fn('First') }),
    WorkflowStep.invoke('Second', { function: fn('Second') }),
  ]);
  let broken = true;
  const { tasks, calls, failures } = world({
    First: () => ({ from: 'first' }),
    Second: () => (broken ? fault('Report.Broken', 'disk full') : 'written'),
  });
  const run = execution(definition(), {}, { tasks });
  expect(await run.run()).toEqual({ status: 'FAILED', error: 'Report.Broken', cause: 'disk full' });
  expect(failures).toEqual([
    {
      workflow: { executionArn: expect.any(String), name: 'run-1', startedAt: '2026-03-01T00:00:00.000Z' },
      failure: { stepId: 'Second', error: 'Report.Broken', cause: 'disk full', redrive: 0 },
      redrive: 0,
    },
  ]);
  broken = false;
  expect(await run.redrive()).toEqual({ status: 'SUCCEEDED', output: 'written' });
  expect(calls.map(idOf)).toEqual(['First', 'Second', 'Second']);
  expect(calls.at(-1)?.payload).toMatchObject({ input: { from: 'first' }, step: { redrive: 1 } });
});

test('a run that fails again after a redrive can be redriven again', async () => {
  const { definition } = workflowOf((fn) => [WorkflowStep.invoke('Only', { function: fn('Only') })]);
  let failuresLeft = 2;
  const { tasks, failures } = world({ Only: () => (failuresLeft-- > 0 ? fault('Only.Broken') : 'ok') });
  const run = execution(definition(), {}, { tasks });
  expect((await run.run()).status).toBe('FAILED');
  expect((await run.redrive()).status).toBe('FAILED');
  expect(await run.redrive()).toEqual({ status: 'SUCCEEDED', output: 'ok' });
  expect(failures.map(({ failure }) => failure.redrive)).toEqual([0, 1]);
});

test('a failure inside a parallel branch is recorded there, and a redrive runs that branch only', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.parallel('Both', {
      branches: [[WorkflowStep.invoke('Left', { function: fn('Left') })], [WorkflowStep.invoke('Right', { function: fn('Right') })]],
    }),
  ]);
  let broken = true;
  let leftDone: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leftDone = resolve;
  });
  const { tasks, calls, failures } = world({ Left: () => 'l', Right: () => (broken ? fault('Right.Broken') : 'r') });
  const ordered: TaskHandler = async (request) => {
    const right = /Right/.test(JSON.stringify(request.input));
    if (right) await left;
    const answer = await tasks(request);
    if (!right) setImmediate(leftDone);
    return answer;
  };
  const run = execution(definition(), 'in', { tasks: ordered });
  expect(await run.run()).toEqual({ status: 'FAILED', error: 'Right.Broken' });
  expect(failures.map(({ failure }) => failure.stepId)).toEqual(['Right']);
  broken = false;
  expect(await run.redrive()).toEqual({ status: 'SUCCEEDED', output: ['l', 'r'] });
  expect(calls.map(({ fn }) => fn)).toEqual(['Left', 'Right', 'Right']);
});

test('step ids of nested maps are distinct and hold every index', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.map('Books', {
      items: '{% $states.input %}',
      steps: [
        WorkflowStep.map('Pages', {
          items: '{% $states.input.pages %}',
          steps: [WorkflowStep.invoke('Read', { function: fn('Read') })],
        }),
        WorkflowStep.invoke('Bind', { function: fn('Bind') }),
      ],
    }),
  ]);
  const { tasks, calls } = world({ Read: ({ input }) => input, Bind: ({ input }) => input.join('') });
  const input = [{ pages: ['a', 'b'] }, { pages: ['c'] }];
  expect(await execution(definition(), input, { tasks }).run()).toEqual({ status: 'SUCCEEDED', output: ['ab', 'c'] });
  expect(calls.map(idOf).sort()).toEqual(['Bind[0]', 'Bind[1]', 'Read[0][0]', 'Read[0][1]', 'Read[1][0]']);
});

test('a map takes a single item as a list, and refuses nothing at all and more items than it promised', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.map('Each', {
      items: '{% $states.input.list[size > 1] %}',
      maxItems: 2,
      steps: [WorkflowStep.invoke('Read', { function: fn('Read') })],
    }),
  ]);
  const { tasks } = world({ Read: ({ input }) => input.size });
  const run = (sizes: number[]) => execution(definition(), { list: sizes.map((size) => ({ size })) }, { tasks }).run();
  expect(await run([1, 2])).toEqual({ status: 'SUCCEEDED', output: [2] });
  expect(await run([1])).toMatchObject({
    status: 'FAILED',
    error: 'States.QueryEvaluationError',
    cause: expect.stringContaining('items gave nothing; expose the field if it travels by claim check'),
  });
  expect(await run([2, 3])).toEqual({ status: 'SUCCEEDED', output: [2, 3] });
  expect(await run([2, 3, 4])).toMatchObject({
    status: 'FAILED',
    error: 'States.QueryEvaluationError',
    cause: expect.stringContaining('more items than maxItems 2: 3'),
  });
});

test('a loop gives each entry of a step an id of its own and ends at its bound', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.invoke('Draft', { function: fn('Draft') }),
    WorkflowStep.choice('Good enough', { branches: [{ when: '{% $states.input.score < 9 %}', goTo: 'Draft', atMost: 2 }] }),
    WorkflowStep.invoke('Send', { function: fn('Send') }),
  ]);
  const { tasks, calls } = world({ Draft: () => ({ score: 1 }), Send: () => 'sent' });
  expect(await execution(definition(), {}, { tasks }).run()).toEqual({ status: 'SUCCEEDED', output: 'sent' });
  expect(calls.map(idOf)).toEqual(['Draft#0', 'Draft#1', 'Draft#2', 'Send']);
});

test('a loop can run steps on its way back', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.invoke('Draft', { function: fn('Draft') }),
    WorkflowStep.choice('Good enough', {
      branches: [
        {
          when: '{% $states.input < 3 %}',
          steps: [WorkflowStep.invoke('Critique', { function: fn('Critique') })],
          goTo: 'Draft',
          atMost: 5,
        },
      ],
    }),
  ]);
  const { tasks, calls } = world({ Draft: ({ input }) => input + 1, Critique: ({ input }) => input });
  expect(await execution(definition(), 0, { tasks }).run()).toEqual({ status: 'SUCCEEDED', output: 3 });
  expect(calls.map(idOf)).toEqual(['Draft#0', 'Critique#1', 'Draft#1', 'Critique#2', 'Draft#2']);
});

test('a condition that gives nothing fails the run instead of being taken for false', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.invoke('Draft', { function: fn('Draft') }),
    WorkflowStep.choice('Good enough', { branches: [{ when: '{% $states.input.score < 3 %}', goTo: 'Draft', atMost: 5 }] }),
  ]);
  const { tasks } = world({ Draft: () => ({ $claimCheck: {} }) });
  expect(await execution(definition(), {}, { tasks }).run()).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
});

test('a map inside a loop inside a map keeps ids apart', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.map('Outer', {
      items: '{% [1, 2] %}',
      steps: [
        WorkflowStep.map('Inner', { items: '{% ["x"] %}', steps: [WorkflowStep.invoke('Work', { function: fn('Work') })] }),
        WorkflowStep.choice('Again', { branches: [{ when: '{% true %}', goTo: 'Inner', atMost: 1 }] }),
      ],
    }),
  ]);
  const { tasks, calls } = world({ Work: ({ input }) => input });
  expect(await execution(definition(), {}, { tasks }).run()).toEqual({ status: 'SUCCEEDED', output: [['x'], ['x']] });
  expect(calls.map(idOf).sort()).toEqual(['Work[0]#0[0]', 'Work[0]#1[0]', 'Work[1]#0[0]', 'Work[1]#1[0]']);
});

test.each([
  ['big', ['Big', 'After']],
  ['skip', ['After']],
  ['end', ['End']],
  ['other', ['Other', 'After']],
])('a choice on %s goes its way', async (kind, expected) => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.choice('Which', {
      branches: [
        { when: '{% $states.input = "big" %}', steps: [WorkflowStep.invoke('Big', { function: fn('Big') })] },
        { when: '{% $states.input = "skip" %}', goTo: 'After' },
        { when: '{% $states.input = "end" %}', goTo: 'End' },
      ],
      otherwise: { steps: [WorkflowStep.invoke('Other', { function: fn('Other') })] },
    }),
    WorkflowStep.invoke('After', { function: fn('After') }),
    WorkflowStep.choice('Done', {
      branches: [{ when: '{% false %}', goTo: 'End' }],
      otherwise: { steps: [WorkflowStep.wait('Pause', { duration: Duration.days(3) })] },
    }),
    WorkflowStep.choice('Stop', {
      branches: [{ when: '{% $states.input = "end" %}', steps: [WorkflowStep.wait('Never', { duration: Duration.hours(1) })] }],
    }),
    WorkflowStep.choice('Last', { branches: [{ when: '{% $states.input != "end" %}', goTo: 'Leave' }] }),
    WorkflowStep.invoke('End', { function: fn('End') }),
    WorkflowStep.wait('Leave', { duration: Duration.seconds(1) }),
  ]);
  const { tasks, calls } = world({ Big: () => 'x', Other: () => 'x', After: () => 'x', End: () => 'end' });
  expect((await execution(definition(), kind, { tasks }).run()).status).toBe('SUCCEEDED');
  expect(calls.map(({ fn }) => fn)).toEqual(expected);
});

describe('approval', () => {
  const approvalWorkflow = (onReject?: OnReject) =>
    workflowOf((fn) => [
      WorkflowStep.approval('Approve', { approvers: ['editor@example.com'], subject: 'Report', timeout: Duration.days(2), onReject }),
      WorkflowStep.invoke('Publish', { function: fn('Publish') }),
    ]).definition();

  const decide = (tokens: TaskTokens, decision: Json | undefined) => (_: Json, token?: string) => {
    if (decision !== undefined) setImmediate(() => tokens.succeed(token as string, decision));
  };

  test('a decision is added to the input', async () => {
    const tokens = new TaskTokens();
    const { tasks, calls } = world({
      Approval: decide(tokens, { approved: true, by: 'editor@example.com' }),
      Publish: ({ input }) => input,
    });
    const result = await execution(approvalWorkflow(), { report: 'r' }, { tasks, tokens }).run();
    expect(result).toEqual({ status: 'SUCCEEDED', output: { report: 'r', approval: { approved: true, by: 'editor@example.com' } } });
    expect(calls[0]?.payload).toEqual({
      workflow: expect.objectContaining({ name: 'run-1' }),
      stepId: 'Approve',
      taskToken: calls[0]?.token,
      attempt: 0,
      redrive: 0,
      approvers: ['editor@example.com'],
      expiresInSeconds: 172_800,
      subject: 'Report',
      input: { report: 'r' },
    });
  });

  test('an input that is no object stands beside the decision', async () => {
    const tokens = new TaskTokens();
    const { tasks } = world({ Approval: decide(tokens, { approved: true }), Publish: ({ input }) => input });
    const result = await execution(approvalWorkflow(), ['r'], { tasks, tokens }).run();
    expect(result.output).toEqual({ input: ['r'], approval: { approved: true } });
  });

  test('a rejection fails the run, and a redrive asks again with the same input', async () => {
    const tokens = new TaskTokens();
    let decision: Json = { approved: false, by: 'editor@example.com', comment: 'too long' };
    const { tasks, failures, calls } = world({
      Approval: (_, token) => setImmediate(() => tokens.succeed(token as string, decision)),
      Publish: ({ input }) => input.report,
    });
    const run = execution(approvalWorkflow(), { report: 'r' }, { tasks, tokens });
    expect(await run.run()).toEqual({ status: 'FAILED', error: 'Approval.Rejected', cause: 'rejected by editor@example.com: too long' });
    expect(failures[0]?.failure).toMatchObject({ stepId: 'Approve', error: 'Approval.Rejected' });
    decision = { approved: true };
    expect(await run.redrive()).toEqual({ status: 'SUCCEEDED', output: 'r' });
    const [first, second] = calls.filter(({ fn }) => fn === 'Approval');
    expect(second?.payload['input']).toEqual({ report: 'r' });
    expect(second?.token).not.toBe(first?.token);
  });

  test('with CONTINUE a rejection goes on with the decision', async () => {
    const tokens = new TaskTokens();
    const { tasks } = world({ Approval: decide(tokens, { approved: false, by: 'e' }), Publish: ({ input }) => input.approval.approved });
    expect(await execution(approvalWorkflow(OnReject.CONTINUE), {}, { tasks, tokens }).run()).toEqual({
      status: 'SUCCEEDED',
      output: false,
    });
  });

  test('nobody decides: the run fails with Approval.Expired once the links are no longer good', async () => {
    const { tasks, failures } = world({ Approval: () => undefined });
    const run = execution(approvalWorkflow(), {}, { tasks });
    expect(await run.run()).toEqual({ status: 'FAILED', error: 'Approval.Expired', cause: 'nobody decided within 172800 s' });
    expect(failures).toHaveLength(1);
  });
});

test('a callback step sends its token and gives what is answered', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.callback('Ask', { function: fn('Ask'), timeout: Duration.hours(1), heartbeat: Duration.minutes(5) }),
  ]);
  const tokens = new TaskTokens();
  const { tasks, calls } = world({ Ask: ({ step }) => setImmediate(() => tokens.succeed(step.taskToken, { answer: 42 })) });
  expect(await execution(definition(), 'q', { tasks, tokens }).run()).toEqual({ status: 'SUCCEEDED', output: { answer: 42 } });
  expect(calls[0]?.payload).toMatchObject({ input: 'q', step: { id: 'Ask', taskToken: calls[0]?.token } });
});

test('a missed heartbeat is an answer and not an infrastructure fault', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.callback('Ask', { function: fn('Ask'), timeout: Duration.hours(1), heartbeat: Duration.minutes(5) }),
  ]);
  const { tasks, calls } = world({ Ask: () => undefined });
  const result = await execution(definition(), 'q', { tasks }).run();
  expect(result.status).toBe('FAILED');
  expect(result.error).toMatch(/^States\.(HeartbeatTimeout|Timeout)$/);
  expect(calls).toHaveLength(1);
});

test.each([
  ['JSONata', 'JSONata'],
  ['JSONPath', undefined],
])('custom %s states lead on to the next step', async (language, machineLanguage) => {
  const { definition } = workflowOf((fn, stack) => {
    const pass =
      language === 'JSONata'
        ? sfn.Pass.jsonata(stack, 'Mark', { outputs: { seen: true } })
        : new sfn.Pass(stack, 'Mark', { result: sfn.Result.fromObject({ seen: true }) });
    return [
      WorkflowStep.invoke('Before', { function: fn('Before') }),
      WorkflowStep.custom('Custom', pass.next(new sfn.Pass(stack, 'Second'))),
      WorkflowStep.invoke('After', { function: fn('After') }),
    ];
  });
  if (language === 'JSONPath') expect(definition()['QueryLanguage']).toBe(machineLanguage);
  const { tasks } = world({ Before: () => 'b', After: ({ input }) => input });
  expect(await execution(definition(), {}, { tasks }).run()).toEqual({ status: 'SUCCEEDED', output: { seen: true } });
});
