import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { MAX_HOLD_MS } from '../../../lambda/contract/warming';

type KeepWarm = typeof import('../../../lambda/runtime/keep-warm').keepWarm;

/** A new execution environment: module state starts afresh. */
function environment(): KeepWarm {
  jest.resetModules();
  return require('../../../lambda/runtime/keep-warm').keepWarm;
}

const ping = (holdMs = 0) => ({ keepWarm: { id: 'p1', holdUntil: Date.now() + holdMs } });
const call = (handler: (...args: never[]) => unknown, ...args: unknown[]) => (handler as (...args: unknown[]) => unknown)(...args);

describe('a real event', () => {
  test('reaches the handler with all arguments, and its promise comes back unchanged', () => {
    const promise = Promise.resolve('answer');
    const handler = jest.fn((_event: unknown, _context: unknown) => promise);
    const wrapped = environment()(handler);
    const event = { body: 'x' };
    const context = {};
    expect(wrapped(event, context)).toBe(promise);
    expect(handler).toHaveBeenCalledWith(event, context);
  });

  test.each([
    null,
    undefined,
    'ping',
    '',
    0,
    true,
    [],
    [1],
    {},
    { keepWarm: null },
    { keepWarm: 'yes' },
    { keepWarm: {} },
    { keepWarm: { id: 7 } },
    { body: JSON.stringify({ keepWarm: { id: 'x', holdUntil: 0 } }) },
  ])('%j is not a ping', (event) => {
    const wrapped = environment()((got: unknown) => ({ got }));
    expect(wrapped(event)).toEqual({ got: event });
  });

  test('declares fewer arguments than a callback handler, which the Node 24 runtime refuses', () => {
    expect(environment()((_a: unknown, _b: unknown, _c: unknown) => 1).length).toBeLessThan(3);
  });
});

describe('a ping', () => {
  test('never reaches the handler; the first finds a cold environment, the next the same one warm', async () => {
    const handler = jest.fn();
    const wrapped = environment()(handler);
    const first = await call(wrapped, ping());
    const second = await call(wrapped, ping());
    expect(first).toEqual({ environmentId: expect.stringMatching(/^[0-9a-f-]{36}$/), coldStart: true, ready: true, heldMs: 0 });
    expect(second).toEqual({ ...(first as object), coldStart: false });
    expect(handler).not.toHaveBeenCalled();
  });

  test('after a real event finds no cold start', async () => {
    const wrapped = environment()(() => 1);
    wrapped();
    expect(await call(wrapped, ping())).toMatchObject({ coldStart: false });
  });

  test('two environments have two ids', async () => {
    const ids = await Promise.all(
      [environment(), environment()].map((keepWarm) =>
        call(
          keepWarm(() => 1),
          ping(),
        ),
      ),
    );
    expect(new Set(ids.map((pong) => (pong as { environmentId: string }).environmentId)).size).toBe(2);
  });

  test.each([Number.NaN, Number.NEGATIVE_INFINITY, 'soon', undefined, null, -5])('holdUntil %p does not hold', async (holdUntil) => {
    const pong = call(
      environment()(() => 1),
      { keepWarm: { id: 'p', holdUntil } },
    );
    expect(await pong).toMatchObject({ heldMs: 0 });
  });

  describe('with a fake clock', () => {
    beforeEach(() => void jest.useFakeTimers());
    afterEach(() => void jest.useRealTimers());

    async function answeredAfter(holdMs: number, context?: object, onWarm?: () => unknown): Promise<number> {
      const start = Date.now();
      let end = Number.NaN;
      const pong = call(
        environment()(() => 1, { onWarm }),
        ping(holdMs),
        context,
      ) as Promise<unknown>;
      pong.then(() => {
        end = Date.now() - start;
      });
      await jest.advanceTimersByTimeAsync(60_000);
      return end;
    }

    test('it holds until the stated time, and says how long', async () => {
      expect(await answeredAfter(150)).toBe(150);
      const pong = call(
        environment()(() => 1),
        ping(150),
      );
      await jest.advanceTimersByTimeAsync(150);
      expect(await pong).toMatchObject({ heldMs: 150 });
    });

    test('a caller cannot hold longer than the bound', async () => {
      expect(await answeredAfter(3_600_000)).toBe(MAX_HOLD_MS);
      expect(await answeredAfter(Number.POSITIVE_INFINITY)).toBe(MAX_HOLD_MS);
    });

    test.each([
      [1_500, 1_000],
      [400, 0],
    ])('with %i ms left it answers after %i ms', async (left, expected) => {
      expect(await answeredAfter(MAX_HOLD_MS, { getRemainingTimeInMillis: () => left })).toBe(expected);
    });

    test('it answers "not ready" before the invocation ends, whatever onWarm does', async () => {
      const never = () => new Promise(() => {});
      expect(await answeredAfter(0, { getRemainingTimeInMillis: () => 3_000 }, never)).toBe(2_500);
      expect(jest.getTimerCount()).toBe(0);
    });

    test('leaves no timer behind that would fire in a later invocation', async () => {
      await answeredAfter(100, { getRemainingTimeInMillis: () => 3_000 }, () => undefined);
      expect(jest.getTimerCount()).toBe(0);
    });
  });
});

describe('onWarm', () => {
  test('runs once per environment, however many pings come', async () => {
    const onWarm = jest.fn(async () => 'model');
    const wrapped = environment()(() => 1, { onWarm });
    await Promise.all([call(wrapped, ping()), call(wrapped, ping())]);
    expect(await call(wrapped, ping())).toMatchObject({ ready: true });
    expect(onWarm).toHaveBeenCalledTimes(1);
  });

  test('a failed run is reported and tried again at the next ping', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation(() => {});
    const onWarm = jest.fn().mockRejectedValueOnce(new Error('no model')).mockResolvedValueOnce('model');
    const wrapped = environment()(() => 1, { onWarm });
    expect(await call(wrapped, ping())).toMatchObject({ ready: false });
    expect(error).toHaveBeenCalledWith(expect.stringContaining('no model'));
    expect(await call(wrapped, ping())).toMatchObject({ ready: true });
    error.mockRestore();
  });

  test('one that throws synchronously does not break the ping', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation(() => {});
    const wrapped = environment()(() => 1, {
      onWarm: () => {
        throw new Error('broken');
      },
    });
    expect(await call(wrapped, ping())).toMatchObject({ ready: false });
    error.mockRestore();
  });
});

test('onWarm that goes on after its ping was answered is not started again, and the next ping finds it done', async () => {
  let finish = () => {};
  const onWarm = jest.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const handler = jest.fn(() => 'answer');
  const wrapped = environment()(handler, { onWarm });
  // Nothing is left of the invocation, so the answer cannot wait.
  const late = { getRemainingTimeInMillis: () => 500 };
  expect(await call(wrapped, ping(), late)).toMatchObject({ ready: false });
  expect(await call(wrapped, ping(), late)).toMatchObject({ ready: false });
  expect(call(wrapped, {})).toBe('answer');
  finish();
  expect(await call(wrapped, ping())).toMatchObject({ ready: true });
  expect(onWarm).toHaveBeenCalledTimes(1);
  expect(handler).toHaveBeenCalledTimes(1);
});

describe('streaming handlers', () => {
  const mark = Symbol.for('aws.lambda.runtime.handler.streaming');

  test('a ping is answered on the stream', async () => {
    const handler = jest.fn(async (_event: unknown, _stream: PassThrough, _context: unknown) => {});
    const wrapped = environment()(handler);
    const stream = new PassThrough();
    await call(wrapped, ping(), stream, { getRemainingTimeInMillis: () => 10_000 });
    expect(JSON.parse(await text(stream))).toEqual({ environmentId: expect.any(String), coldStart: true, ready: true, heldMs: 0 });
    expect(handler).not.toHaveBeenCalled();
  });

  test('the mark of streamifyResponse survives the wrapping', () => {
    const streamified = Object.assign(async () => {}, { [mark]: 'response' });
    expect(environment()(streamified)).toHaveProperty([mark], 'response');
  });
});

test('costs a function at most 2 kB and loads no package', async () => {
  const result = await build({
    stdin: { contents: "export { keepWarm } from './lambda/runtime/keep-warm';", resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
  });
  expect(result.outputFiles[0]!.contents.byteLength).toBeLessThanOrEqual(2_048);
  expect(Object.keys(result.metafile.inputs).filter((file) => file.includes('node_modules'))).toEqual([]);
  expect(Object.values(result.metafile.outputs).flatMap((output) => output.imports)).toEqual([]);
});
