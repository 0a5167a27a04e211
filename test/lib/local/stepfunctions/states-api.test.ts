import {
  CreateActivityCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { AslError } from '../../../../lib/local/asl/asl-error';
import { Gateway } from '../../../../lib/local/gateway/gateway';
import { statesApi } from '../../../../lib/local/stepfunctions/states-api';
import { until } from '../lambda/local-functions';
import { aliasOf, chain, machinesOf } from './written-machines';

const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution';
const tokensIssued: string[] = [];
let broken = true;
let gateway: Gateway;
let sfn: SFNClient;

const { executions, tokens } = machinesOf(
  {
    Echo: chain({ Echo: { Type: 'Pass' } }),
    Token: chain({
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: { token: '{% $states.context.Task.Token %}' },
      },
    }),
    Fragile: chain({ Work: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: {} } }),
    Broken: {
      StartAt: 'Read',
      States: { Read: { Type: 'Map', ItemReader: {}, ItemProcessor: chain({ A: { Type: 'Pass' } }), End: true } },
    },
  },
  async ({ taskToken }) => {
    if (taskToken !== undefined) tokensIssued.push(taskToken);
    else if (broken) throw new AslError('Broken', 'for now');
    return 'whole';
  },
);

beforeAll(async () => {
  gateway = new Gateway();
  await gateway.start();
  gateway.register('states', statesApi(executions, tokens));
  const credentials = { accessKeyId: 'TEST', secretAccessKey: 'TEST' };
  sfn = new SFNClient({ endpoint: gateway.url, region: 'us-east-1', credentials, maxAttempts: 1 });
});

afterAll(async () => {
  sfn.destroy();
  await gateway.close();
});

const start = (machine: string, name?: string, input: unknown = {}) =>
  sfn.send(new StartExecutionCommand({ stateMachineArn: aliasOf(machine), name, input: JSON.stringify(input) }));

async function settled(executionArn: string) {
  await executions.get(executionArn).result;
  return sfn.send(new DescribeExecutionCommand({ executionArn }));
}

test('a run is started through the alias and described with its input and output', async () => {
  const { executionArn = '', startDate } = await start('Echo', 'one', { a: 1 });
  expect(executionArn).toBe('arn:aws:states:us-east-1:000000000000:execution:Echo:one');
  expect(Math.abs((startDate?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  expect(await settled(executionArn)).toMatchObject({
    status: 'SUCCEEDED',
    name: 'one',
    stateMachineAliasArn: aliasOf('Echo'),
    input: '{"a":1}',
    output: '{"a":1}',
    redriveCount: 0,
  });
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events.map(({ type }) => type)).toEqual(['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']);
  const reversed = await sfn.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true }));
  expect(reversed.events?.map(({ id }) => id)).toEqual([4, 3, 2, 1]);
});

test('a name runs once: the same input while it runs is the same run, anything else is refused', async () => {
  const first = await start('Token', 'once', { a: 1 });
  expect((await start('Token', 'once', { a: 1 })).executionArn).toBe(first.executionArn);
  await expect(start('Token', 'once', { a: 2 })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  await sfn.send(new StopExecutionCommand({ executionArn: first.executionArn, error: 'Enough', cause: 'of it' }));
  expect(await settled(first.executionArn ?? '')).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'of it' });
  await expect(start('Token', 'once', { a: 1 })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  const { executions: aborted = [] } = await sfn.send(
    new ListExecutionsCommand({ stateMachineArn: aliasOf('Token'), statusFilter: 'ABORTED' }),
  );
  expect(aborted.map(({ name }) => name)).toEqual(['once']);
});

test('a token is answered once, by success or by failure', async () => {
  const [one, other] = await Promise.all([start('Token'), start('Token')]);
  await until(() => tokensIssued.length >= 3);
  const [first, second] = tokensIssued.slice(-2) as [string, string];
  await sfn.send(new SendTaskHeartbeatCommand({ taskToken: first }));
  await sfn.send(new SendTaskSuccessCommand({ taskToken: first, output: '{"done":true}' }));
  await sfn.send(new SendTaskFailureCommand({ taskToken: second, error: 'No', cause: 'not today' }));
  const outcomes = await Promise.all([one, other].map(({ executionArn = '' }) => settled(executionArn)));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['FAILED', 'SUCCEEDED']);
  expect(outcomes.find(({ status }) => status === 'SUCCEEDED')?.output).toBe('{"done":true}');
  expect(outcomes.find(({ status }) => status === 'FAILED')).toMatchObject({ error: 'No', cause: 'not today' });
  await expect(sfn.send(new SendTaskSuccessCommand({ taskToken: first, output: '{}' }))).rejects.toMatchObject({ name: 'TaskTimedOut' });
});

test('a run that failed is redriven, one that succeeded is not', async () => {
  const { executionArn = '' } = await start('Fragile');
  expect(await settled(executionArn)).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'for now' });
  broken = false;
  await sfn.send(new RedriveExecutionCommand({ executionArn }));
  expect(await settled(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"whole"', redriveCount: 1 });
  await expect(sfn.send(new RedriveExecutionCommand({ executionArn }))).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
});

test.each<[string, () => Promise<unknown>, string, RegExp]>([
  ['a machine that is not there', () => start('Nobody'), 'StateMachineDoesNotExist', /the assembly has App\/Echo, App\/Token/],
  [
    'a run that is not there',
    () => sfn.send(new DescribeExecutionCommand({ executionArn: `${EXECUTION}:Echo:none` })),
    'ExecutionDoesNotExist',
    /^Execution Does Not Exist: 'arn:aws:states:us-east-1:000000000000:execution:Echo:none'$/,
  ],
  ['a name with other characters', () => start('Echo', 'a b'), 'InvalidName', /^Invalid Name: 'a b' must have 1 to 80/],
  ['a name of 81 characters', () => start('Echo', 'x'.repeat(81)), 'InvalidName', /must have 1 to 80/],
  [
    'an input that is no JSON',
    () => sfn.send(new StartExecutionCommand({ stateMachineArn: aliasOf('Echo'), input: '{' })),
    'InvalidExecutionInput',
    /^Invalid State Machine Execution Input: '/,
  ],
  [
    'a token that nobody issued',
    () => sfn.send(new SendTaskSuccessCommand({ taskToken: 'x', output: '1' })),
    'InvalidToken',
    /^Invalid Token: 'Invalid token'$/,
  ],
  ['a definition that cannot be run here', () => start('Broken'), 'DefinitionError', /Read\/ItemReader\/Arguments: is required/],
  [
    'an operation that is not served',
    () => sfn.send(new CreateActivityCommand({ name: 'work' })),
    'UnknownOperationException',
    /does not emulate states:CreateActivity; it knows StartExecution/,
  ],
])('fails by name for %s', async (_what, call, name, message) => {
  await expect(call()).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
});
