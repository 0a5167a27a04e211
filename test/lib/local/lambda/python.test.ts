import { spawnSync } from 'node:child_process';
import { launchOf } from '../../../../lib/local/lambda/runtime-launch';
import { LocalFunctions } from './local-functions';

jest.setTimeout(60_000);

const hasPython = spawnSync('python3', ['--version']).status === 0;

const SOURCE = `
import json
import logging
import os
import sys
import time

count = 0


def handler(event, context):
    global count
    count += 1
    return {"count": count, "event": event, "version": context.function_version, "left": context.get_remaining_time_in_millis()}


def failing(event, context):
    raise ValueError("not this one")


def unserializable(event, context):
    return {1, 2}


def slow(event, context):
    time.sleep(60)


def exiting(event, context):
    sys.exit(2)


def speaking(event, context):
    print("plain line")
    logging.getLogger().warning("a warning")
    return os.environ["AWS_EXECUTION_ENV"]
`;

test('a Python function without python3 on PATH is refused by name', () => {
  const path = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  try {
    const spec = new LocalFunctions().spec('agent', { runtime: 'python3.13', handler: 'app.handler' });
    expect(() => launchOf(spec)).toThrow(
      expect.objectContaining({
        name: 'InvalidRuntimeException',
        message: 'function agent needs python3.13, but python3 is not on PATH; install Python 3 to run it locally',
      }),
    );
  } finally {
    process.env['PATH'] = path;
  }
});

// Registered only where they can run: the test above says what happens elsewhere.
if (hasPython)
  describe('a Python function', () => {
    const functions = new LocalFunctions();

    beforeAll(async () => {
      functions.code({
        'app.py': SOURCE,
        'package/inner.py': 'def handler(event, context):\n    return "inner"\n',
        'importing.py': 'import no_such_module\n',
        'syntax.py': 'def handler(:\n',
        'raising.py': 'raise RuntimeError("at import")\n',
      });
      const python = (name: string, handler: string, overrides = {}) =>
        functions.spec(name, { runtime: 'python3.13', handler, ...overrides });
      await functions.start([
        python('counter', 'app.handler', { aliases: { live: '5' } }),
        python('image', 'app.handler', { runtime: undefined }),
        python('inner', 'package/inner.handler'),
        python('failing', 'app.failing'),
        python('unserializable', 'app.unserializable'),
        python('slow', 'app.slow', { timeoutMs: 400 }),
        python('exiting', 'app.exiting'),
        python('speaking', 'app.speaking'),
        python('importing', 'importing.handler'),
        python('syntax', 'syntax.handler'),
        python('raising', 'raising.handler'),
        python('missing', 'app.nowhere'),
        python('malformed', 'app'),
      ]);
    });

    afterAll(() => functions.close());

    test('keeps its environment and sees its context', async () => {
      await functions.call('counter', {}, 'live');
      const { value } = await functions.call('counter', { text: 'grüße' }, 'live');
      expect(value).toMatchObject({ count: 2, event: { text: 'grüße' }, version: '5' });
      expect(value.left).toBeGreaterThan(0);
      expect(functions.lambda.coldStarts('counter')).toBe(1);
    });

    test('is recognised in an image by its handler file', async () => {
      expect((await functions.call('image')).value.count).toBe(1);
    });

    test('is found in a folder', async () => {
      expect((await functions.call('inner')).value).toBe('inner');
    });

    test.each([
      ['failing', 'ValueError', /^not this one$/],
      ['unserializable', 'Runtime.MarshalError', /^Unable to marshal response: Object of type set is not JSON serializable$/],
      ['slow', 'Sandbox.Timedout', /Task timed out after 0\.40 seconds$/],
      ['exiting', 'Runtime.ExitError', /exit status 2$/],
      ['importing', 'Runtime.ImportModuleError', /^Unable to import module 'importing': No module named 'no_such_module'$/],
      ['syntax', 'Runtime.UserCodeSyntaxError', /^Syntax error in module 'syntax'/],
      ['raising', 'RuntimeError', /^at import$/],
      ['missing', 'Runtime.HandlerNotFound', /^Handler 'nowhere' missing on module 'app'$/],
      ['malformed', 'Runtime.MalformedHandlerName', /^Bad handler 'app'/],
    ])('%s fails with %s', async (name, errorType, message) => {
      const { value, functionError } = await functions.call(name);
      expect(functionError).toBe('Unhandled');
      expect(value.errorType).toBe(errorType);
      expect(value.errorMessage).toMatch(message);
    });

    test('says where its own code failed', async () => {
      const { value, requestId } = await functions.call('failing');
      expect(value.requestId).toBe(requestId);
      expect(value.stackTrace.at(-1)).toContain('raise ValueError("not this one")');
      expect(value.stackTrace.join('')).not.toContain('python-runtime.py');
    });

    test('writes log lines that carry their request', async () => {
      const { value, requestId } = await functions.call('speaking');
      expect(value).toBe('AWS_Lambda_python3.13');
      const lines = functions.lambda.logs('speaking').filter((line) => line.requestId === requestId && line.stream !== 'platform');
      expect(lines.map(({ text }) => text)).toEqual(['plain line', expect.stringMatching(/^\[WARNING\]\t.*Z\t.*\ta warning$/)]);
    });
  });
