import type { LocalRunner } from '../../../../../lib/local/local-runner';
import type { LocalRun } from '../../../../../lib/local/local-workflow';
import { until } from '../../lambda/local-functions';
import { runSmall, stopAll } from '../../small-app';
import { machineArn, machines, task } from './task-machines';

jest.setTimeout(120_000);

const START = 'arn:aws:states:::states:startExecution';
const INPUT = '{% $states.input %}';
const pass = { QueryLanguage: 'JSONata', StartAt: 'P', States: { P: { Type: 'Pass', Output: { got: INPUT }, End: true } } };
const fail = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Boom', Cause: 'nested' } } };
const wait = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 86_400, End: true } } };
let local: LocalRunner;

const start = (pattern: string, child: string, more: object = {}) =>
  task(
    `${START}${pattern}`,
    { StateMachineArn: machineArn(child), Name: '{% $states.context.Execution.Name & "-child" %}', Input: INPUT },
    more,
  );

beforeAll(async () => {
  local = await runSmall((stack) =>
    machines(
      stack,
      {
        Pass: pass,
        Fail: fail,
        Wait: wait,
        Answer: task('arn:aws:states:::aws-sdk:sfn:sendTaskSuccess', {
          TaskToken: '{% $states.input.token %}',
          Output: { answered: true },
        }),
        StartOnly: start('', 'Pass'),
        SyncPass: start('.sync', 'Pass'),
        Sync2Pass: start('.sync:2', 'Pass'),
        SyncFail: start('.sync', 'Fail'),
        Sync2Fail: start('.sync:2', 'Fail'),
        SyncWait: start('.sync:2', 'Wait'),
        SyncLate: start('.sync:2', 'Wait', { TimeoutSeconds: 1 }),
        SyncNobody: start('.sync:2', 'Nobody'),
        Powerless: start('.sync:2', 'Pass'),
        Token: task(`${START}.waitForTaskToken`, {
          StateMachineArn: machineArn('Answer'),
          Input: { token: '{% $states.context.Task.Token %}' },
        }),
      },
      { powerless: ['Powerless'] },
    ),
  );
});

afterAll(stopAll);

const started = (name: string, input: unknown = {}, options: { name?: string } = {}) => local.workflow(name).start(input, options);
const childOf = (machine: string, parent: LocalRun) =>
  local
    .workflow(machine)
    .runs()
    .find(({ name }) => name === `${parent.name}-child`);

test('request-response starts and goes on, with milliseconds', async () => {
  const run = await started('StartOnly', { n: 1 });
  expect(await run.result()).toMatchObject({
    status: 'SUCCEEDED',
    output: {
      ExecutionArn: `arn:aws:states:us-east-1:000000000000:execution:Pass:${run.name}-child`,
      StartDate: expect.any(Number),
      SdkHttpMetadata: { HttpStatusCode: 200 },
    },
  });
  expect(run.history.map(({ type }) => type)).not.toContain('TaskSubmitted');
});

test.each([
  ['SyncPass', '{"n":1}', '{"got":{"n":1}}'],
  ['Sync2Pass', { n: 1 }, { got: { n: 1 } }],
])('%s waits and describes the child, in the order of the alphabet', async (machine, Input, Output) => {
  const run = await started(machine, { n: 1 });
  const { output } = await run.result();
  expect(output).toEqual({
    ExecutionArn: `arn:aws:states:us-east-1:000000000000:execution:Pass:${run.name}-child`,
    Input,
    InputDetails: { Included: true },
    Name: `${run.name}-child`,
    Output,
    OutputDetails: { Included: true },
    RedriveCount: 0,
    RedriveStatus: 'NOT_REDRIVABLE',
    RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    StartDate: expect.any(Number),
    StateMachineArn: machineArn('Pass'),
    Status: 'SUCCEEDED',
    StopDate: expect.any(Number),
  });
  expect(Object.keys(output as object)).toEqual(Object.keys(output as object).sort());
  const types = run.history.map(({ type }) => type);
  expect(types.slice(2, 6)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded']);
  const submitted = run.history[4]?.['taskSubmittedEventDetails'] as { output: string } | undefined;
  expect(JSON.parse(submitted?.output ?? '')).toMatchObject({ ExecutionArn: expect.any(String), StartDate: expect.any(Number) });
});

test.each([
  ['SyncFail', '{"n":1}'],
  ['Sync2Fail', { n: 1 }],
])('%s fails with the description of the child as its cause', async (machine, Input) => {
  const { status, error, cause = '' } = await (await started(machine, { n: 1 })).result();
  expect([status, error]).toEqual(['FAILED', 'States.TaskFailed']);
  expect(JSON.parse(cause)).toMatchObject({ Cause: 'nested', Error: 'Boom', Input, RedriveStatus: 'REDRIVABLE', Status: 'FAILED' });
});

test('a child is stopped with its parent, and told why', async () => {
  const run = await started('SyncWait');
  await until(() => childOf('Wait', run)?.status === 'RUNNING');
  run.stop('Enough', 'of it');
  expect(await run.result()).toMatchObject({ status: 'ABORTED' });
  const child = childOf('Wait', run)!;
  expect(await child.result()).toEqual({
    status: 'ABORTED',
    cause: `The Task state in AWS Step Functions execution [${run.executionArn}] which was managing this resource was aborted`,
  });
});

test('a child is stopped when its state times out', async () => {
  const run = await started('SyncLate');
  expect(await run.result()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect(await childOf('Wait', run)?.result()).toMatchObject({ status: 'ABORTED' });
});

test('names are unique: the same one with another input is a collision', async () => {
  await (await started('Sync2Pass', { n: 1 }, { name: 'once' })).result();
  const again = await started('SyncPass', { n: 2 }, { name: 'once' });
  expect(await again.result()).toMatchObject({
    status: 'FAILED',
    error: 'StepFunctions.ExecutionAlreadyExistsException',
    cause: expect.stringMatching(
      /^Execution Already Exists: 'arn:.*:once-child' \(Service: AWSStepFunctions; Status Code: 400; Error Code: ExecutionAlreadyExists; Request ID: .+; Proxy: null\)$/,
    ),
  });
});

test.each([
  ['SyncNobody', 'StepFunctions.StateMachineDoesNotExistException', /^State Machine Does Not Exist/],
  ['Powerless', 'StepFunctions.AWSStepFunctionsException', /is not authorized to perform: states:StartExecution/],
])('%s is refused as %s', async (machine, error, cause) => {
  expect(await (await started(machine)).result()).toMatchObject({ status: 'FAILED', error, cause: expect.stringMatching(cause) });
});

test('a child answers the token of its parent', async () => {
  expect(await (await started('Token')).result()).toMatchObject({ status: 'SUCCEEDED', output: { answered: true } });
});
