import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Resolver } from '../../../lib/local/assembly/resolver';
import { runnableFunctions } from '../../../lib/local/runnable-functions';
import { LocalFunctions } from './lambda/local-functions';
import { inlineFunction, runSmall, smallApp, stopAll } from './small-app';

jest.setTimeout(60_000);

afterEach(stopAll);

test('a function with JSON logs writes JSON, one with text logs does not', async () => {
  const local = await runSmall((stack) => {
    const json = inlineFunction(stack, 'Json', `console.log('quiet'); console.warn('a warning', { n: 1 }); return 1;`);
    const { loggingConfig } = { loggingConfig: { logFormat: 'JSON', applicationLogLevel: 'WARN' } };
    (json.node.defaultChild as lambda.CfnFunction).loggingConfig = loggingConfig;
    inlineFunction(stack, 'Text', `console.warn('a warning'); return 1;`);
  });
  for (const name of ['Json', 'Text']) await local.function(name).invoke({});
  const json = local.function('Json').logs.filter(({ text, stream }) => stream !== 'platform' && text.startsWith('{'));
  expect(json.map(({ text }) => JSON.parse(text))).toEqual([
    { timestamp: expect.any(String), level: 'WARN', requestId: json[0]?.requestId, message: 'a warning { n: 1 }' },
  ]);
  expect(json[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(local.function('Text').logs.map(({ text }) => text)).toContainEqual(expect.stringMatching(/\tWARN\ta warning$/));
});

describe('a function whose environment names a server that is starting', () => {
  const specs = (ready: Promise<unknown>) => {
    const app = smallApp((stack) => {
      inlineFunction(stack, 'Waits', 'return 1;').addEnvironment('CACHE', '127.0.0.1:6379');
      inlineFunction(stack, 'Goes', 'return 2;');
    });
    return runnableFunctions(Resolver.read(app.synth().directory), [{ address: '127.0.0.1:6379', ready }], () => {});
  };
  const functions = new LocalFunctions();
  let open: () => void = () => {};
  let name = '';
  let other = '';

  beforeAll(async () => {
    const ready = new Promise<void>((resolve) => {
      open = resolve;
    });
    const all = specs(ready);
    const spec = all.find(({ environment }) => environment['CACHE'] !== undefined);
    name = spec?.name ?? '';
    other = all.find(({ environment }) => environment['CACHE'] === undefined)?.name ?? '';
    const failing = specs(Promise.reject(new Error('the cache did not start'))).find(({ ready: awaited }) => awaited !== undefined);
    await functions.start([...all, { ...all[0], ...failing, name: 'failing' } as (typeof all)[number]]);
  });

  afterAll(() => functions.close());

  test('waits for it, and others do not', async () => {
    let answered = false;
    const call = functions.call(name).then(({ value }) => {
      answered = true;
      return value;
    });
    expect((await functions.call(other)).value).toBe(2);
    expect(answered).toBe(false);
    open();
    expect(await call).toBe(1);
  });

  test('fails with the reason when it never comes', async () => {
    await expect(functions.call('failing')).rejects.toThrow('the cache did not start');
  });
});
