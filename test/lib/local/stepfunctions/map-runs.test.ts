import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { Gateway } from '../../../../lib/local/gateway/gateway';
import { statesApi } from '../../../../lib/local/stepfunctions/states-api';
import { aliasOf, chain, machinesOf } from './written-machines';

const { executions, tokens } = machinesOf({
  Each: {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Items: [1, 2, 3],
        MaxConcurrency: 2,
        Label: 'work',
        ToleratedFailureCount: 1,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Odd',
          States: {
            Odd: {
              Type: 'Choice',
              Choices: [{ Condition: '{% $states.input = 2 %}', Next: 'No' }],
              Default: 'Yes',
            },
            Yes: { Type: 'Pass', End: true },
            No: { Type: 'Fail', Error: 'Two', Cause: 'is not wanted' },
          },
        },
        End: true,
      },
    },
  },
  Plain: chain({ P: { Type: 'Pass' } }),
});
let gateway: Gateway;
let sfn: SFNClient;

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

test('a map run tells of itself and of its children', async () => {
  const { executionArn, result } = executions.start({ stateMachineArn: aliasOf('Each'), input: {} });
  expect(await result).toMatchObject({ status: 'SUCCEEDED' });
  const { mapRuns = [] } = await sfn.send(new ListMapRunsCommand({ executionArn }));
  expect(mapRuns).toHaveLength(1);
  const [{ mapRunArn = '', stateMachineArn } = {}] = mapRuns;
  expect(stateMachineArn).toBe(aliasOf('Each').replace(/:live$/, '/work'));

  const run = await sfn.send(new DescribeMapRunCommand({ mapRunArn }));
  expect(run).toMatchObject({ executionArn, status: 'SUCCEEDED', maxConcurrency: 2, toleratedFailureCount: 1, redriveCount: 0 });
  expect(run.itemCounts).toMatchObject({ total: 3, succeeded: 2, failed: 1, pending: 0 });
  expect(run.executionCounts).toMatchObject({ total: 3, succeeded: 2, failed: 1 });

  const { executions: children = [] } = await sfn.send(new ListExecutionsCommand({ mapRunArn }));
  expect(children.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED', 'SUCCEEDED']);
  expect(children[0]).toMatchObject({ mapRunArn, itemCount: 1, stateMachineArn: expect.stringMatching(/:Each\/work$/) });
  const { executions: failed = [] } = await sfn.send(new ListExecutionsCommand({ mapRunArn, statusFilter: 'FAILED' }));
  const child = { executionArn: failed[0]?.executionArn };
  expect(await sfn.send(new DescribeExecutionCommand(child))).toMatchObject({
    status: 'FAILED',
    error: 'Two',
    cause: 'is not wanted',
    input: '2',
    mapRunArn,
    redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
  });
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand(child));
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']));
});

test('an execution without a map run has none, and one that is not there is said so', async () => {
  const { executionArn, result } = executions.start({ stateMachineArn: aliasOf('Plain'), input: {} });
  await result;
  expect((await sfn.send(new ListMapRunsCommand({ executionArn }))).mapRuns).toEqual([]);
  const mapRunArn = `${executionArn.replace(':execution:', ':mapRun:').replace(':Plain:', ':Plain/Each:')}`;
  await expect(sfn.send(new DescribeMapRunCommand({ mapRunArn }))).rejects.toMatchObject({
    name: 'ResourceNotFound',
    message: `Resource Not Found: '${mapRunArn}'`,
  });
});
