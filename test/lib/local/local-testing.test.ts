import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Duration } from 'aws-cdk-lib/core';
import { LocalRunner } from '../../../lib/local/local-runner';
import { SkipClock } from '../../../lib/local/skip-clock';
import { WorkflowStateMachine } from '../../../lib/workflow/workflow-state-machine';
import { WorkflowStep } from '../../../lib/workflow/workflow-step';
import { inlineFunction, runSmall, smallApp, stopAll } from './small-app';

jest.setTimeout(120_000);

afterEach(stopAll);

test('a workflow is tested in five lines', async () => {
  const app = smallApp((stack) => {
    const search = inlineFunction(stack, 'Search', 'return event.input ?? event;').addAlias('live', {
      provisionedConcurrentExecutions: undefined,
    });
    new WorkflowStateMachine(stack, 'Research', {
      steps: [
        WorkflowStep.invoke('Search', { function: search }),
        WorkflowStep.approval('Approve', {
          approvers: ['ana@example.com', 'bo@example.com'],
          subject: 'Report',
          timeout: Duration.days(1),
        }),
      ],
    });
  });
  const local = await LocalRunner.fromApp(app);
  try {
    const run = await local.workflow('Research').start({ topic: 'cold starts' });
    await run.waitForApproval().approve({ by: 'ana' });
    expect(await run.result()).toMatchObject({ status: 'SUCCEEDED' });
    expect(local.function('Search').coldStarts).toBe(1);

    expect(local.function('Search').invocations).toMatchObject([{ cold: true, durationMs: expect.any(Number) }]);
    expect(local.calls({ service: 'sns', operation: 'Publish', function: 'Research/Approvals/Handler' })).toHaveLength(2);
    expect(local.calls({ service: 'sns', function: 'Search' })).toEqual([]);
    const decided = (await local.table('Research').items()).filter(({ decision }) => decision !== undefined);
    expect(decided.map(({ decision }) => JSON.parse(String(decision)))).toMatchObject([{ approved: true, by: 'ana@example.com' }]);
  } finally {
    await local.stop();
  }
});

test('whoever is no approver, or is two of them, does not decide', async () => {
  const local = await runSmall((stack) => {
    const approvers = ['ana@one.example', 'ana@two.example'];
    new WorkflowStateMachine(stack, 'Ask', {
      steps: [WorkflowStep.approval('Approve', { approvers, subject: 'x', timeout: Duration.days(1) })],
    });
  });
  const run = await local.workflow('Ask').start({});
  const request = await run.waitForApproval();
  const message = /is no approver of this request, its approvers are ana@one\.example, ana@two\.example$/;
  await expect(request.approve({ by: 'ana' })).rejects.toThrow(message);
  await expect(request.approve({ by: 'bo' })).rejects.toThrow(message);
  await request.reject({ by: 'ana@two.example' });
  expect(await run.result()).toMatchObject({ status: 'FAILED', error: 'Approval.Rejected' });
});

describe('time', () => {
  const waiting = () =>
    smallApp((stack) => {
      new WorkflowStateMachine(stack, 'Work', { steps: [WorkflowStep.wait('Wait', { duration: Duration.days(2) })] });
    });

  test('by hand: nothing ends before its time, and everything at it', async () => {
    const local = await LocalRunner.fromApp(waiting(), { time: 'manual' });
    try {
      const run = await local.workflow('Work').start({});
      await local.advance(Duration.days(2).toMilliseconds() - 1);
      expect(run.status).toBe('RUNNING');
      await local.advance(Duration.millis(1));
      expect(await run.result()).toMatchObject({ status: 'SUCCEEDED' });
    } finally {
      await local.stop();
    }
  });

  test('cannot be moved where it passes by itself, and is named once', async () => {
    const app = waiting();
    const local = await LocalRunner.fromApp(app, { time: 'skipped' });
    try {
      await expect(local.advance(1)).rejects.toThrow("advance needs a local run that was started with time: 'manual'");
      expect(await (await local.workflow('Work').start({})).result()).toMatchObject({ status: 'SUCCEEDED' });
    } finally {
      await local.stop();
    }
    await expect(LocalRunner.fromApp(app, { time: 'skipped', clock: new SkipClock() })).rejects.toThrow('either time or clock, got both');
    await expect(LocalRunner.fromApp(app, { time: 'fast' as 'real' })).rejects.toThrow('time must be real, skipped or manual, got "fast"');
  });
});

test('a reset leaves the stack as freshly deployed, with its environments warm', async () => {
  const local = await runSmall((stack) => {
    new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING } });
    inlineFunction(stack, 'Fn', 'return process.pid;');
    new WorkflowStateMachine(stack, 'Work', { steps: [WorkflowStep.wait('Wait', { duration: Duration.seconds(1) })] });
  });
  const pid = await local.function('Fn').invoke({});
  const run = await local.workflow('Work').start({}, { name: 'once' });
  expect((await local.stored()).map(({ kind, value }) => [kind, value])).toEqual([['run', { name: 'once', status: 'RUNNING' }]]);
  await local.reset();
  expect(await run.result()).toMatchObject({ status: 'ABORTED' });
  expect(await local.stored()).toEqual([]);
  expect(await local.function('Fn').invoke({})).toBe(pid);
  await local.workflow('Work').start({}, { name: 'once' });
});
