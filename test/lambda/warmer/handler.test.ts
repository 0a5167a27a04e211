import type { WarmingReport } from '../../../lambda/contract/warming';
import { type Answer, LambdaDouble } from './lambda-double';

const arn = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}:live`;
let double: LambdaDouble | undefined;
let lines: string[];

async function warm(targets: { name: string; environments: number }[], script?: (functionName: string) => Answer | undefined) {
  double = new LambdaDouble(script);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_LAMBDA: await double.start(),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    WARMING_TARGETS: JSON.stringify(
      targets.map(({ name, environments }) => ({ functionArn: arn(name), environments, coldStartMs: 1_000 })),
    ),
  });
  jest.resetModules();
  const { handler } = require('../../../lambda/warmer/handler') as { handler: () => Promise<WarmingReport[]> };
  return handler();
}

beforeEach(() => {
  lines = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  jest.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(async () => {
  jest.restoreAllMocks();
  await double?.stop();
});

test('60 environments are all reached at once: every ping has a socket of its own', async () => {
  const [report] = await warm([{ name: 'agent', environments: 60 }]);
  expect(report).toMatchObject({ functionArn: arn('agent'), asked: 60, distinct: 60, cold: 60, failed: 0 });
  expect(double!.mostConcurrent).toBe(60);
}, 20_000);

test('each target is pinged through its alias; metrics arrive as one line each', async () => {
  await warm([
    { name: 'agent', environments: 2 },
    { name: 'sentiment', environments: 1 },
  ]);
  expect(new Set(double!.calls.map((call) => call.functionName))).toEqual(new Set([arn('agent'), arn('sentiment')]));
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ FunctionName: 'agent:live', Asked: 2, Distinct: 2, Cold: 2, Failed: 0, NotReady: 0, Pings: 2, Rounds: 1 }),
    expect.objectContaining({ FunctionName: 'sentiment:live', Asked: 1, Distinct: 1, Cold: 1, Failed: 0 }),
  ]);
  expect(JSON.parse(lines[0]!)._aws.CloudWatchMetrics).toEqual([
    {
      Namespace: 'ServerlessAi/Warming',
      Dimensions: [['FunctionName']],
      Metrics: ['Asked', 'Distinct', 'Cold', 'Failed', 'NotReady', 'Pings'].map((Name) => ({ Name, Unit: 'Count' })),
    },
  ]);
  expect(lines.every((line) => line.endsWith('}\n'))).toBe(true);
});

test.each<[string, Answer, string, number]>([
  [
    'throttled',
    { status: 429, errorType: 'TooManyRequestsException', payload: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' } },
    'TooManyRequestsException',
    0,
  ],
  ['missing', { status: 404, errorType: 'ResourceNotFoundException' }, 'ResourceNotFoundException', 0],
  ['broken', { functionError: 'Unhandled', payload: { errorType: 'Error', errorMessage: 'init failed' } }, 'init failed', 3],
  ['not wrapped', { payload: { statusCode: 400 } }, 'wrap its handler in keepWarm', 3],
  ['answering null', { payload: null }, 'wrap its handler in keepWarm', 3],
])('a target that is %s is asked once per ping, and the other target is warmed', async (_what, answer, reason, pings) => {
  const reports = await warm(
    [
      { name: 'bad', environments: 3 },
      { name: 'good', environments: 2 },
    ],
    (functionName) => (functionName === arn('bad') ? answer : undefined),
  );
  expect(reports).toMatchObject([
    { distinct: 0, failed: 3, rounds: 1, pings },
    { distinct: 2, failed: 0, pings: 2 },
  ]);
  expect(double!.calls.filter((call) => call.functionName === arn('bad'))).toHaveLength(3);
  expect(console.warn).toHaveBeenCalledWith(expect.stringContaining(reason));
});

test('importing the handler loads no SDK: a warmer with nothing to do stays small', () => {
  process.env['WARMING_TARGETS'] = '[]';
  jest.resetModules();
  jest.doMock('@aws-sdk/client-lambda', () => {
    throw new Error('loaded');
  });
  expect(() => require('../../../lambda/warmer/handler')).not.toThrow();
  jest.dontMock('@aws-sdk/client-lambda');
});

test('a deployment without targets says what is missing', () => {
  delete process.env['WARMING_TARGETS'];
  jest.resetModules();
  expect(() => require('../../../lambda/warmer/handler')).toThrow('environment variable WARMING_TARGETS is required');
});
