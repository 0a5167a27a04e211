import {
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { AslError } from '../../../../lib/local/asl/asl-error';
import { TaskTokens } from '../../../../lib/local/asl/task-tokens';
import { Gateway } from '../../../../lib/local/gateway/gateway';
import { SkipClock } from '../../../../lib/local/skip-clock';
import { Executions } from '../../../../lib/local/stepfunctions/executions';
import type { StateMachineModel } from '../../../../lib/local/stepfunctions/state-machine-model';
import { statesApi } from '../../../../lib/local/stepfunctions/states-api';
import { until } from '../lambda/local-functions';
import { chain } from './written-machines';

const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine';
const EXECUTION = ARN.replace('stateMachine', 'execution');
const DAY = 86_400_000;
const VERSION = `${ARN}:Versioned:1`;
const ALIAS = `${ARN}:Versioned:live`;

const clock = new SkipClock();
const tokens = new TaskTokens();
const issued: string[] = [];
let broken = true;
const closedStatuses: string[] = [];

function model(name: string, definition: object, more: Partial<StateMachineModel> = {}): StateMachineModel {
  const body = JSON.stringify({ QueryLanguage: 'JSONata', ...definition });
  return { logicalId: name, path: `App/${name}`, name, arn: `${ARN}:${name}`, aliasArns: [], versionArns: [], definition: body, ...more };
}

const waitForToken = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Arguments: {} };
const executions = new Executions({
  machines: [
    model('Echo', chain({ Echo: { Type: 'Pass', Assign: { seen: 1 } } })),
    model('Long', chain({ Long: { Type: 'Pass' }, Again: { Type: 'Pass' }, More: { Type: 'Pass' } })),
    model('Token', chain({ Ask: waitForToken })),
    model('Fragile', chain({ Work: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: {} } }), {
      roleArn: 'arn:aws:iam::000000000000:role/fragile',
    }),
    model('Express', chain({ Echo: { Type: 'Pass' } }), { type: 'EXPRESS' }),
    model('Slow', chain({ Wait: { Type: 'Wait', Seconds: 400 } }), { type: 'EXPRESS' }),
    model('Wrong', chain({ Ask: waitForToken }), { type: 'EXPRESS' }),
    model('Web', chain({ Call: { Type: 'Task', Resource: 'arn:aws:states:::http:invoke', Arguments: {} } })),
    model('Versioned', chain({ Echo: { Type: 'Pass' } }), {
      aliasArns: [ALIAS],
      aliases: [{ arn: ALIAS, name: 'live', routes: [{ stateMachineVersionArn: VERSION, weight: 100 }] }],
      versionArns: [VERSION],
    }),
  ],
  clock,
  tokens,
  tasks: async ({ taskToken }) => {
    if (taskToken !== undefined) issued.push(taskToken);
    else if (broken) throw new AslError('Broken', 'for now');
    return 'whole';
  },
  onStatus: ({ name, execution }) => closedStatuses.push(`${name} ${execution.status}`),
});

let gateway: Gateway;
let sfn: SFNClient;

beforeAll(async () => {
  gateway = new Gateway();
  await gateway.start();
  gateway.register('states', statesApi(executions, tokens, clock));
  const credentials = { accessKeyId: 'TEST', secretAccessKey: 'TEST' };
  sfn = new SFNClient({ endpoint: gateway.url, region: 'us-east-1', credentials, maxAttempts: 1, disableHostPrefix: true });
});

afterAll(async () => {
  sfn.destroy();
  executions.stopAll();
  await gateway.close();
});

async function started(machine: string, name?: string, input: unknown = {}): Promise<string> {
  const { executionArn = '' } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn: `${ARN}:${machine}`, name, input: JSON.stringify(input) }),
  );
  return executionArn;
}

const described = async (executionArn: string) => {
  await executions.get(executionArn).result;
  return sfn.send(new DescribeExecutionCommand({ executionArn }));
};

describe('history', () => {
  test('comes in pages, forwards and backwards', async () => {
    const executionArn = await started('Long');
    await described(executionArn);
    for (const reverseOrder of [false, true]) {
      const ids: (number | undefined)[] = [];
      let nextToken: string | undefined;
      do {
        const page = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 3, reverseOrder, nextToken }));
        expect(page.events?.length).toBeLessThanOrEqual(3);
        ids.push(...(page.events ?? []).map(({ id }) => id));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      expect(ids).toEqual(reverseOrder ? [8, 7, 6, 5, 4, 3, 2, 1] : [1, 2, 3, 4, 5, 6, 7, 8]);
    }
  });

  test('can be had without the data of the execution', async () => {
    const executionArn = await started('Echo', undefined, { secret: 1 });
    await described(executionArn);
    const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }));
    expect(events).toHaveLength(4);
    expect(JSON.stringify(events)).not.toContain('secret');
    expect(events[1]?.stateEnteredEventDetails).toMatchObject({ name: 'Echo' });
  });

  test('has 100 events a page unless asked for more', async () => {
    const executionArn = await started('Echo');
    await described(executionArn);
    const { history } = executions.get(executionArn).execution;
    const many = Array.from({ length: 150 }, (_, at) => ({ ...history[0]!, id: at + 1 }));
    jest.spyOn(executions.get(executionArn).execution, 'history', 'get').mockReturnValue(many);
    const { events, nextToken } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
    expect([events?.length, typeof nextToken]).toEqual([100, 'string']);
    expect((await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }))).events).toHaveLength(150);
  });
});

describe('names', () => {
  test('are free again 90 days after the execution closed, and not a day before', async () => {
    const executionArn = await started('Echo', 'reused', { n: 1 });
    await described(executionArn);
    await clock.sleep(89 * DAY);
    await expect(started('Echo', 'reused', { n: 1 })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${EXECUTION}:Echo:reused'`,
    });
    await clock.sleep(DAY + 1000);
    expect(await started('Echo', 'reused', { n: 2 })).toBe(executionArn);
    expect(await described(executionArn)).toMatchObject({ input: '{"n":2}' });
  });

  test('may have what the API allows', async () => {
    expect(await started('Echo', 'Bestellung.ä@1=+!')).toBe(`${EXECUTION}:Echo:Bestellung.ä@1=+!`);
  });
});

describe('redrive', () => {
  test('is possible within 14 days, which its status says', async () => {
    broken = true;
    const executionArn = await started('Fragile');
    expect(await described(executionArn)).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE', redriveCount: 0 });
    await clock.sleep(13 * DAY);
    broken = false;
    const { redriveDate } = await sfn.send(new RedriveExecutionCommand({ executionArn }));
    expect(redriveDate?.getTime()).toBe(clock.now());
    expect(await described(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      redriveDate,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    const names = async (redriveFilter: 'REDRIVEN' | 'NOT_REDRIVEN') =>
      (await sfn.send(new ListExecutionsCommand({ stateMachineArn: `${ARN}:Fragile`, redriveFilter }))).executions?.map(
        (each) => each.executionArn,
      );
    expect(await names('REDRIVEN')).toEqual([executionArn]);
    expect(await names('NOT_REDRIVEN')).toEqual([]);
  });

  test('is refused after 14 days', async () => {
    broken = true;
    const executionArn = await started('Fragile');
    await described(executionArn);
    await clock.sleep(14 * DAY + 1000);
    expect(await described(executionArn)).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution redrivable period exceeded',
    });
    await expect(sfn.send(new RedriveExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
      message: 'Execution redrivable period exceeded',
    });
  });
});

describe('EXPRESS machines', () => {
  test('run synchronously', async () => {
    const answer = await sfn.send(new StartSyncExecutionCommand({ stateMachineArn: `${ARN}:Express`, name: 'now', input: '{"n":1}' }));
    expect(answer).toMatchObject({
      status: 'SUCCEEDED',
      input: '{"n":1}',
      output: '{"n":1}',
      name: 'now',
      stateMachineArn: `${ARN}:Express`,
    });
    expect(answer.executionArn).toMatch(/^arn:aws:states:us-east-1:000000000000:express:Express:now:[\da-f-]{36}$/);
    expect(answer.billingDetails).toEqual({ billedDurationInMilliseconds: 100, billedMemoryUsedInMB: 64 });
  });

  test('may take five minutes', async () => {
    const answer = await sfn.send(new StartSyncExecutionCommand({ stateMachineArn: `${ARN}:Slow` }));
    expect(answer).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect(answer.stopDate!.getTime() - answer.startDate!.getTime()).toBe(300_000);
  });

  test('use a name as often as they like, and are neither described nor listed', async () => {
    const [one, other] = [await started('Express', 'same'), await started('Express', 'same')];
    expect(one).not.toBe(other);
    await expect(sfn.send(new DescribeExecutionCommand({ executionArn: one }))).rejects.toMatchObject({
      name: 'InvalidArn',
      message: "Invalid Arn: 'Resource type not valid in this context: express'",
    });
    await expect(sfn.send(new ListExecutionsCommand({ stateMachineArn: `${ARN}:Express` }))).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
      message: 'This operation is not supported by this type of state machine',
    });
  });

  test('have no callbacks, and standard ones no synchronous start', async () => {
    await expect(started('Wrong')).rejects.toMatchObject({
      name: 'DefinitionError',
      message: '/States/Ask/Resource: EXPRESS state machines do not support .waitForTaskToken; use a STANDARD one',
    });
    await expect(sfn.send(new StartSyncExecutionCommand({ stateMachineArn: `${ARN}:Echo` }))).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
    });
  });
});

describe('machines', () => {
  test('are listed and described, with their versions and aliases', async () => {
    const { stateMachines = [], nextToken } = await sfn.send(new ListStateMachinesCommand({ maxResults: 2 }));
    expect([stateMachines.map(({ name }) => name), typeof nextToken]).toEqual([['Echo', 'Long'], 'string']);
    const whole = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: `${ARN}:Fragile` }));
    expect(whole).toMatchObject({
      status: 'ACTIVE',
      type: 'STANDARD',
      roleArn: 'arn:aws:iam::000000000000:role/fragile',
      tracingConfiguration: { enabled: false },
    });
    expect(JSON.parse(whole.definition ?? '')).toHaveProperty('States.Work');
    expect(await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: VERSION }))).toMatchObject({ stateMachineArn: VERSION });
    const of = { stateMachineArn: `${ARN}:Versioned` };
    expect((await sfn.send(new ListStateMachineVersionsCommand(of))).stateMachineVersions).toMatchObject([
      { stateMachineVersionArn: VERSION },
    ]);
    expect((await sfn.send(new ListStateMachineAliasesCommand(of))).stateMachineAliases).toMatchObject([{ stateMachineAliasArn: ALIAS }]);
    expect(await sfn.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn: ALIAS }))).toMatchObject({
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: VERSION, weight: 100 }],
    });
  });

  test('tell by which alias and version an execution was started', async () => {
    const { executionArn = '' } = await sfn.send(new StartExecutionCommand({ stateMachineArn: ALIAS }));
    expect(await described(executionArn)).toMatchObject({ stateMachineAliasArn: ALIAS, stateMachineVersionArn: VERSION });
    const forExecution = await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(forExecution).toMatchObject({ name: 'Versioned', stateMachineArn: `${ARN}:Versioned` });
    const byVersion = await sfn.send(new ListExecutionsCommand({ stateMachineArn: VERSION }));
    expect(byVersion.executions).toHaveLength(1);
    await expect(sfn.send(new StartExecutionCommand({ stateMachineArn: `${ARN}:Versioned:2` }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });
});

test('a token of a state that was left is timed out, and what is no JSON is no output', async () => {
  const executionArn = await started('Token');
  await until(() => issued.length > 0);
  const taskToken = issued.at(-1)!;
  await expect(sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{' }))).rejects.toMatchObject({
    name: 'InvalidOutput',
    message: expect.stringMatching(/^Invalid Output: '/),
  });
  const { stopDate } = await sfn.send(new StopExecutionCommand({ executionArn, cause: 'enough' }));
  expect(await described(executionArn)).toMatchObject({ status: 'ABORTED', cause: 'enough', stopDate });
  await expect(sfn.send(new SendTaskFailureCommand({ taskToken, error: 'x' }))).rejects.toMatchObject({
    name: 'TaskTimedOut',
    message: "Task Timed Out: 'Provided task does not exist anymore'",
  });
  // A second stop changes nothing.
  expect(await sfn.send(new StopExecutionCommand({ executionArn }))).toMatchObject({ stopDate });
});

test.each<[string, () => Promise<unknown>, string, RegExp]>([
  [
    'too many results',
    () => sfn.send(new ListStateMachinesCommand({ maxResults: 1001 })),
    'ValidationException',
    /^1 validation error detected: Value '1001' at 'maxResults'.*less than or equal to 1000$/,
  ],
  [
    'a page nobody gave out',
    () => sfn.send(new ListStateMachinesCommand({ nextToken: 'x' })),
    'InvalidToken',
    /^Invalid Token: 'Invalid token'$/,
  ],
  [
    'a status that is none',
    () => sfn.send(new ListExecutionsCommand({ stateMachineArn: `${ARN}:Echo`, statusFilter: 'DONE' as never })),
    'ValidationException',
    /Member must satisfy enum value set: \[RUNNING, SUCCEEDED/,
  ],
  [
    'no ARN',
    () => sfn.send(new DescribeExecutionCommand({ executionArn: 'nothing' })),
    'InvalidArn',
    /^Invalid Arn: 'Invalid ARN prefix: nothing'$/,
  ],
  [
    'the ARN of something else',
    () => sfn.send(new DescribeExecutionCommand({ executionArn: `${ARN}:Echo` })),
    'InvalidArn',
    /^Invalid Arn: 'Resource type not valid in this context: stateMachine'$/,
  ],
  [
    'an input over 256 KiB',
    () => started('Echo', undefined, 'x'.repeat(262_144)),
    'ValidationException',
    /at 'input'.*less than or equal to 262144$/,
  ],
  [
    'a call that the local run does not make',
    () => started('Web'),
    'DefinitionError',
    /^\/States\/Call\/Resource: the local run cannot execute http:invoke/,
  ],
  [
    'an alias that is not there',
    () => sfn.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${ALIAS}x` })),
    'ResourceNotFound',
    /^Resource Not Found: '/,
  ],
])('fails by name for %s', async (_what, call, name, message) => {
  await expect(call()).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
});

test('status changes are told at the start, at the end and at a redrive', async () => {
  closedStatuses.length = 0;
  broken = true;
  const executionArn = await started('Fragile', 'told');
  await described(executionArn);
  broken = false;
  executions.redrive(executionArn);
  await described(executionArn);
  expect(closedStatuses).toEqual(['told RUNNING', 'told FAILED', 'told RUNNING', 'told SUCCEEDED']);
});
