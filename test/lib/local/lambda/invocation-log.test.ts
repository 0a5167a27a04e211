import { LocalFunctions } from './local-functions';

jest.setTimeout(60_000);

const CODE = {
  'index.js': `exports.handler = async (event) => {
    if (event.fail) throw Object.assign(new Error('no luck'), { name: 'Luck.None' });
    if (event.exit) process.exit(3);
    return { echoed: event };
  };`,
};

let functions: LocalFunctions;

beforeEach(() => {
  functions = new LocalFunctions();
  functions.code(CODE);
});

afterEach(() => functions.close());

const call = (event: unknown) =>
  functions.lambda.invoke({ functionName: 'echo', payload: JSON.stringify(event), invocationType: 'RequestResponse' });

test('every invocation is recorded with its event, its end, its environment and whether it was cold', async () => {
  await functions.start([functions.spec('echo')]);
  const seen: string[] = [];
  const forget = functions.lambda.onInvocation(({ requestId }) => seen.push(requestId));
  await call({ n: 1 });
  await call({ fail: true });
  await call({ exit: true });
  forget();
  await call({ n: 4 });

  const records = functions.lambda.invocationsOf('echo');
  expect(records).toMatchObject([
    { functionName: 'echo', cold: true, event: { n: 1 }, result: { echoed: { n: 1 } } },
    { cold: false, event: { fail: true }, error: { name: 'Luck.None', message: 'no luck' } },
    { cold: false, error: { name: 'Runtime.ExitError', message: expect.stringContaining('exit status 3') } },
    { cold: true, event: { n: 4 }, result: { echoed: { n: 4 } } },
  ]);
  expect(records.every(({ durationMs = -1, startedAt }) => durationMs >= 0 && startedAt <= Date.now())).toBe(true);
  expect(new Set(records.map(({ environmentId }) => environmentId)).size).toBe(2);
  expect(seen).toEqual(records.slice(0, 3).map(({ requestId }) => requestId));
});

test('an invocation under way has no end yet, and one that is lost says so', async () => {
  functions.code({ 'index.js': 'exports.handler = () => new Promise(() => setInterval(() => {}, 1000));' });
  await functions.start([functions.spec('echo')]);
  const answer = call({}).catch((error: Error) => error);
  const [record] = functions.lambda.invocationsOf('echo');
  expect(record?.durationMs).toBeUndefined();
  functions.lambda.stop(record?.environmentId ?? '');
  expect(await answer).toBeInstanceOf(Error);
  expect(record).toMatchObject({ durationMs: expect.any(Number), error: { name: expect.any(String), message: expect.any(String) } });
  expect(functions.lambda.invocationsOf('none')).toEqual([]);
});
