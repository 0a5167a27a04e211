import { existsSync, readdirSync } from 'node:fs';
import { arnOf, isAlive, LocalFunctions, REGION, until } from './local-functions';

jest.setTimeout(60_000);

const SOURCE = `
let count = 0;
let ticks = 0;
export const handler = async (event, context) => ({ count: ++count, event, arn: context.invokedFunctionArn, version: context.functionVersion });
export const remaining = async (event, context) => context.getRemainingTimeInMillis();
export const variables = async () => process.env;
export const throwing = async () => {
  const error = new TypeError('not a number');
  error.name = 'Step.InvalidInput';
  throw error;
};
export const sleeping = async ({ ms }) => { await new Promise((resolve) => setTimeout(resolve, ms)); return 'slept'; };
export const spinning = async () => { for (;;); };
export const exiting = async ({ code }) => process.exit(code);
export const answeringThenExiting = async () => { setImmediate(() => setImmediate(() => process.exit(0))); return 'answered'; };
export const ticking = async () => { const seen = ticks; setInterval(() => { ticks += 1; }, 10); return seen; };
export const logging = async ({ text }) => { console.log(text); console.error('to the error log'); return null; };
export const leaving = async () => { (await import('node:fs')).writeFileSync(process.env.TMPDIR + '/left', 'x'); return process.env.TMPDIR; };
export const undefinedAnswer = async () => undefined;
`;

describe('a function on this machine', () => {
  const functions = new LocalFunctions();
  const plain = (name: string, overrides = {}) => functions.spec(name, { handler: `index.${name}`, ...overrides });

  beforeAll(async () => {
    functions.code({
      'index.mjs': SOURCE,
      'broken.js': "require('no-such-module'); exports.handler = async () => 1;",
      'syntax.js': 'exports.handler = async () => {',
      'failing.js': "throw new RangeError('at init');",
      'quitting.js': 'process.exit(4);',
    });
    await functions.start([
      functions.spec('counter', { aliases: { live: '7' } }),
      plain('remaining', { timeoutMs: 5_000 }),
      plain('variables', { environment: { MODEL_ID: 'a-model', AWS_REGION: 'elsewhere' }, aliases: { live: '2' } }),
      plain('throwing'),
      plain('sleeping', { timeoutMs: 300 }),
      plain('spinning', { timeoutMs: 300 }),
      plain('exiting'),
      plain('answeringThenExiting'),
      plain('ticking'),
      plain('logging'),
      plain('leaving'),
      plain('undefinedAnswer'),
      functions.spec('broken', { handler: 'broken.handler' }),
      functions.spec('syntax', { handler: 'syntax.handler' }),
      functions.spec('failing', { handler: 'failing.handler' }),
      functions.spec('quitting', { handler: 'quitting.handler' }),
      functions.spec('missing', { handler: 'index.nowhere' }),
      functions.spec('nofile', { handler: 'nofile.handler' }),
      functions.spec('java', { runtime: 'java21' }),
    ]);
  });

  afterAll(() => functions.close());

  test('keeps its environment between calls', async () => {
    expect((await functions.call('counter', { a: 1 })).value).toMatchObject({ count: 1, event: { a: 1 }, arn: arnOf('counter') });
    expect((await functions.call('counter')).value).toMatchObject({ count: 2, version: '$LATEST' });
    expect(functions.lambda.coldStarts('counter')).toBe(1);
    expect(functions.lambda.invocations('counter')).toBe(2);
  });

  test('runs each version in environments of its own', async () => {
    const result = await functions.call(`${arnOf('counter')}:live`);
    expect(result.value).toMatchObject({ count: 1, version: '7', arn: `${arnOf('counter')}:live` });
    expect(result.executedVersion).toBe('7');
  });

  test('sees its deadline', async () => {
    const { value } = await functions.call('remaining');
    expect(value).toBeGreaterThan(3_000);
    expect(value).toBeLessThanOrEqual(5_000);
  });

  test('finds the variables of a Lambda environment and none of this machine', async () => {
    process.env['LEAK_OF_THIS_MACHINE'] = 'x';
    const { value } = await functions.call('variables', {}, 'live');
    delete process.env['LEAK_OF_THIS_MACHINE'];
    expect(value).toMatchObject({
      MODEL_ID: 'a-model',
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL: functions.gateway.url,
      AWS_LAMBDA_FUNCTION_NAME: 'variables',
      AWS_LAMBDA_FUNCTION_VERSION: '2',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/variables',
      LAMBDA_TASK_ROOT: functions.directory,
    });
    expect(value['AWS_ACCESS_KEY_ID']).toMatch(/^ASIA/);
    expect(value['LEAK_OF_THIS_MACHINE']).toBeUndefined();
  });

  test('answers null for undefined', async () => {
    expect((await functions.call('undefinedAnswer')).payload.toString()).toBe('null');
  });

  test('fails by the name of its own error and keeps its environment', async () => {
    const result = await functions.call('throwing');
    expect(result.functionError).toBe('Unhandled');
    expect(result.value).toMatchObject({ errorType: 'Step.InvalidInput', errorMessage: 'not a number' });
    expect(result.value.trace[0]).toBe('Step.InvalidInput: not a number');
    await functions.call('throwing');
    expect(functions.lambda.coldStarts('throwing')).toBe(1);
  });

  test.each(['sleeping', 'spinning'])('is killed at its timeout when %s', async (name) => {
    const result = await functions.call(name, { ms: 20_000 });
    expect(result.functionError).toBe('Unhandled');
    expect(result.value.errorType).toBe('Sandbox.Timedout');
    expect(result.value.errorMessage).toBe(`RequestId: ${result.requestId} Error: Task timed out after 0.30 seconds`);
    expect(functions.lambda.environments(name)).toEqual([]);
    const said = functions.lambda.logs(name).filter(({ requestId }) => requestId === result.requestId);
    expect(said.map(({ text }) => text)).toEqual([
      `START RequestId: ${result.requestId} Version: $LATEST`,
      expect.stringMatching(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z ${result.requestId} Task timed out after 0\\.30 seconds$`)),
      `END RequestId: ${result.requestId}`,
      expect.stringMatching(/\tDuration: 300\.00 ms\t.*\tStatus: timeout$/),
    ]);
    expect(said.every(({ stream }) => stream === 'platform')).toBe(true);
  });

  test('runs in a fresh environment after a timeout', async () => {
    const before = functions.lambda.coldStarts('sleeping');
    expect((await functions.call('sleeping', { ms: 1 })).value).toBe('slept');
    expect(functions.lambda.coldStarts('sleeping')).toBe(before + 1);
  });

  test.each([
    [3, 'Runtime exited with error: exit status 3'],
    [0, 'Runtime exited without providing a reason'],
  ])('fails with Runtime.ExitError when its process exits with %d', async (code, reason) => {
    const { value, requestId } = await functions.call('exiting', { code });
    expect(value).toEqual({ errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${reason}` });
  });

  test('has answered when it exits right after answering', async () => {
    const result = await functions.call('answeringThenExiting');
    expect(result.functionError).toBeUndefined();
    expect(result.value).toBe('answered');
  });

  test.each([
    ['broken', 'Runtime.ImportModuleError', /^Error: Cannot find module 'no-such-module'/],
    ['nofile', 'Runtime.ImportModuleError', /^Error: Cannot find module 'nofile'/],
    ['syntax', 'Runtime.UserCodeSyntaxError', /^SyntaxError: Unexpected end of input/],
    ['failing', 'RangeError', /^at init$/],
    ['missing', 'Runtime.HandlerNotFound', /^index\.nowhere is undefined or not exported$/],
    ['quitting', 'Runtime.ExitError', /exit status 4$/],
  ])('%s fails at init with %s', async (name, errorType, message) => {
    const { value, functionError } = await functions.call(name);
    expect(functionError).toBe('Unhandled');
    expect(value.errorType).toBe(errorType);
    expect(value.errorMessage).toMatch(message);
    expect(functions.lambda.environments(name)).toEqual([]);
  });

  test('does not run between calls', async () => {
    expect((await functions.call('ticking')).value).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await functions.call('ticking')).value).toBeLessThan(10);
  });

  test('writes log lines that carry their request', async () => {
    const heard: string[] = [];
    const unlisten = functions.lambda.onLog(({ text }) => heard.push(text));
    const { requestId } = await functions.call('logging', { text: 'grüße\nsecond line' });
    unlisten();
    const lines = functions.lambda.logs('logging').filter((line) => line.requestId === requestId);
    expect(lines.filter(({ stream }) => stream !== 'platform').map(({ text }) => text.split('\t').at(-1))).toEqual([
      'grüße\rsecond line',
      'to the error log',
    ]);
    expect(heard).toEqual(lines.map(({ text }) => text));
  });

  test('has a /tmp of its own that ends with it', async () => {
    const { value: directory } = await functions.call('leaving');
    expect(readdirSync(directory)).toEqual(['left']);
    const [{ id, pid } = { id: '', pid: 0 }] = functions.lambda.environments('leaving');
    functions.lambda.kill(id);
    await until(() => functions.lambda.environments('leaving').length === 0);
    expect(existsSync(directory)).toBe(false);
    expect(isAlive(pid!)).toBe(false);
  });

  test.each([
    ['nowhere', 'ResourceNotFoundException', `Function not found: ${arnOf('nowhere')}`],
    ['counter:draft', 'ResourceNotFoundException', `Function not found: ${arnOf('counter')}:draft`],
    [
      'a/b',
      'InvalidParameterValueException',
      'not a function name or ARN: "a/b"; expected name, name:qualifier, an ARN or a qualified ARN',
    ],
    ['java', 'InvalidRuntimeException', 'function java needs java21; the local run knows nodejs and python runtimes'],
  ])('%s is refused with %s', async (name, error, message) => {
    await expect(functions.call(name)).rejects.toMatchObject({ name: error, message });
  });

  test('lets a caller give up and goes on itself', async () => {
    const abort = new AbortController();
    const call = functions.lambda.invoke({
      functionName: 'logging',
      payload: '{"text":"still here"}',
      invocationType: 'RequestResponse',
      signal: abort.signal,
    });
    abort.abort(new Error('no longer needed'));
    await expect(call).rejects.toThrow('no longer needed');
    await until(() => functions.lambda.logs('logging').some(({ text }) => text.endsWith('still here')));
  });
});

describe('idle environments', () => {
  test('are recycled', async () => {
    const functions = new LocalFunctions();
    functions.code({ 'index.mjs': 'export const handler = async () => 1;' });
    await functions.start([functions.spec('idle')], { idleTimeoutMs: 50 });
    await functions.call('idle');
    await until(() => functions.lambda.environments('idle').length === 0);
    await functions.call('idle');
    expect(functions.lambda.coldStarts('idle')).toBe(2);
    await functions.close();
  });
});
