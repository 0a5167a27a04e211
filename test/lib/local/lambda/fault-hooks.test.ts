import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toAslError } from '../../../../lib/local/lambda/asl-error-of';
import { isAlive, LocalFunctions, until } from './local-functions';

jest.setTimeout(60_000);

describe('faults on demand', () => {
  const functions = new LocalFunctions();
  const fileOf = (name: string) => join(functions.directory, name);
  /** Starts a call that writes a file when it begins and, much later, another. */
  const begin = async (name: string) => {
    const call = functions.call('slow', { name });
    call.catch(() => undefined);
    await until(() => existsSync(fileOf(`${name}-begun`)));
    const environment = functions.lambda.environments('slow').find(({ state }) => state === 'busy')!;
    return { call, environment };
  };

  beforeAll(async () => {
    functions.code({
      'index.mjs': `
        import { spawn } from 'node:child_process';
        import { writeFileSync } from 'node:fs';
        export const handler = async ({ name }) => {
          writeFileSync(process.env.DIRECTORY + '/' + name + '-begun', 'x');
          if (name === 'parent') {
            const { pid } = spawn('sleep', ['1000'], { stdio: 'ignore' });
            writeFileSync(process.env.DIRECTORY + '/child-pid', String(pid));
          }
          await new Promise((resolve) => setTimeout(resolve, 700));
          writeFileSync(process.env.DIRECTORY + '/' + name + '-ended', 'x');
          return name;
        };`,
    });
    await functions.start([functions.spec('slow', { environment: { DIRECTORY: functions.directory } })]);
  });

  afterAll(() => functions.close());

  test('a killed environment fails its call and leaves nothing', async () => {
    const { call, environment } = await begin('killed');
    functions.lambda.kill(environment.id);
    const { value, requestId } = await call;
    expect(value).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    });
    expect(environment.requestId).toBe(requestId);
    expect(isAlive(environment.pid!)).toBe(false);
    expect(functions.lambda.environments('slow')).toEqual([]);
    expect(() => functions.lambda.kill(environment.id)).toThrow(`no environment ${environment.id}; it ended or never was`);
  });

  test('an environment dies with what it started', async () => {
    const { call, environment } = await begin('parent');
    await until(() => existsSync(fileOf('child-pid')) && readFileSync(fileOf('child-pid'), 'utf8') !== '');
    functions.lambda.kill(environment.id);
    await call;
    const pid = Number(readFileSync(fileOf('child-pid'), 'utf8'));
    await until(() => !isAlive(pid));
  });

  test('a stopped environment loses its call, goes on when resumed, and is not heard', async () => {
    const { call, environment } = await begin('zombie');
    functions.lambda.stop(environment.id);
    const failure = await call.catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'Lambda.Unknown' });
    expect(toAslError(failure).error).toBe('Lambda.Unknown');
    expect(isAlive(environment.pid!)).toBe(true);
    expect(functions.lambda.environments('slow')).toMatchObject([{ id: environment.id, state: 'lost' }]);

    // The function goes on in another environment while the zombie stands still.
    expect((await functions.call('slow', { name: 'successor' })).value).toBe('successor');
    expect(existsSync(fileOf('zombie-ended'))).toBe(false);

    functions.lambda.resume(environment.id);
    await until(() => functions.lambda.lateAnswers('slow') === 1);
    expect(existsSync(fileOf('zombie-ended'))).toBe(true);
    await until(() => functions.lambda.environments('slow').every(({ state }) => state !== 'lost'));
    expect(isAlive(environment.pid!)).toBe(false);
  });

  test('an idle environment that is killed is not used again', async () => {
    const { value } = await functions.call('slow', { name: 'idle' });
    expect(value).toBe('idle');
    const [idle] = functions.lambda.environments('slow').filter(({ state }) => state === 'idle');
    functions.lambda.kill(idle!.id);
    expect((await functions.call('slow', { name: 'fresh' })).functionError).toBeUndefined();
  });

  test('an idle environment that dies by itself is replaced', async () => {
    await functions.call('slow', { name: 'sitting' });
    const idle = functions.lambda.environments('slow').filter(({ state }) => state === 'idle');
    for (const { pid } of idle) process.kill(pid!, 'SIGKILL');
    await until(() => functions.lambda.environments('slow').length === 0);
    expect((await functions.call('slow', { name: 'next' })).value).toBe('next');
  });

  test('a zombie that is never resumed ends with the service', async () => {
    const other = new LocalFunctions();
    other.code({ 'index.mjs': 'export const handler = () => new Promise(() => setInterval(() => {}, 1000));' });
    await other.start([other.spec('stuck')]);
    const call = other.call('stuck').catch((error: Error) => error.name);
    await until(() => other.lambda.environments('stuck')[0]?.state === 'busy');
    other.lambda.stop(other.lambda.environments('stuck')[0]!.id);
    expect(await call).toBe('Lambda.Unknown');
    await other.close();
  });

  test('closing the service ends calls that are under way, in init too', async () => {
    const other = new LocalFunctions();
    other.code({ 'index.mjs': 'export const handler = () => new Promise(() => setInterval(() => {}, 1000));' });
    await other.start([other.spec('stuck')]);
    const busy = other.call('stuck');
    await until(() => other.lambda.environments('stuck')[0]?.state === 'busy');
    const starting = other.call('stuck');
    await other.close();
    expect((await busy).value.errorType).toBe('Runtime.ExitError');
    expect((await starting).value.errorType).toBe('Runtime.ExitError');
  });
});
