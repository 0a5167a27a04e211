import { GetProvisionedConcurrencyConfigCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { LocalFunctions, REGION, until } from './local-functions';

jest.setTimeout(60_000);

describe('provisioned concurrency', () => {
  const functions = new LocalFunctions();
  let client: LambdaClient;
  const statusOf = (FunctionName: string) => client.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: 'live' }));

  beforeAll(async () => {
    functions.code({
      'index.mjs': `export const handler = async ({ ms = 0 }) => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        return { type: process.env.AWS_LAMBDA_INITIALIZATION_TYPE, pid: process.pid };
      };`,
      'broken.mjs': `throw new Error('no');`,
    });
    const ahead = { aliases: { live: '2' }, provisioned: { live: 1 } };
    await functions.start([functions.spec('ready', ahead), functions.spec('broken', { ...ahead, handler: 'broken.handler' })]);
    client = new LambdaClient({
      region: REGION,
      endpoint: functions.gateway.url,
      credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
    });
  });

  afterAll(async () => {
    client.destroy();
    await functions.close();
  });

  test('takes calls in environments that were initialised ahead, and spills over to on-demand', async () => {
    const held = functions.call('ready', { ms: 1_000 }, 'live');
    const spilled = await functions.call('ready', {}, 'live');
    expect((await held).value.type).toBe('provisioned-concurrency');
    expect(spilled.value.type).toBe('on-demand');
    expect((await functions.call('ready')).value.type).toBe('on-demand');
    // The one of $LATEST and the one that spilled over.
    expect(functions.lambda.coldStarts('ready')).toBe(2);
    expect(await statusOf('ready')).toMatchObject({
      RequestedProvisionedConcurrentExecutions: 1,
      AvailableProvisionedConcurrentExecutions: 1,
      Status: 'READY',
    });
  });

  test('is made up for when an environment is lost', async () => {
    const { value } = await functions.call('ready', {}, 'live');
    const environment = functions.lambda.environments('ready').find(({ pid }) => pid === value.pid)!;
    functions.lambda.kill(environment.id);
    await until(
      () => functions.lambda.provisioning('ready', '2').status === 'READY' && functions.lambda.environments('ready').length === 3,
    );
    const { value: next } = await functions.call('ready', {}, 'live');
    expect(next.type).toBe('provisioned-concurrency');
    expect(next.pid).not.toBe(value.pid);
  });

  test('fails where the code cannot be initialised', async () => {
    await until(() => functions.lambda.provisioning('broken', '2').status === 'FAILED');
    expect(await statusOf('broken')).toMatchObject({ Status: 'FAILED', StatusReason: 'FUNCTION_ERROR_INIT_FAILURE' });
  });
});

test('an alias sends a share of its calls to its other versions', async () => {
  const functions = new LocalFunctions();
  functions.code({ 'index.mjs': 'export const handler = async (event, context) => context.functionVersion;' });
  const draws = [0, 0.09, 0.1, 0.99];
  const spec = functions.spec('shared', { aliases: { live: '1' }, versions: ['1', '2'], weights: { live: { 2: 0.1 } } });
  await functions.start([spec], { random: () => draws.shift()! });
  const calls = [];
  for (let index = 0; index < 4; index += 1) calls.push(await functions.call('shared', {}, 'live'));
  expect(calls.map(({ executedVersion, value }) => [executedVersion, value])).toEqual([
    ['2', '2'],
    ['2', '2'],
    ['1', '1'],
    ['1', '1'],
  ]);
  await functions.close();
});
