import { LocalFunctions } from './local-functions';

jest.setTimeout(60_000);

describe('an init that outlasts its limit', () => {
  const functions = new LocalFunctions();

  beforeAll(async () => {
    functions.code({
      'slow.mjs': 'await new Promise((resolve) => setTimeout(resolve, 60_000)); export const handler = async () => 1;',
      'once.mjs': `
        import { existsSync, writeFileSync } from 'node:fs';
        if (!existsSync(process.env.MARK)) {
          writeFileSync(process.env.MARK, 'x');
          await new Promise(() => setInterval(() => {}, 1000));
        }
        export const handler = async (event, context) => context.getRemainingTimeInMillis();`,
    });
    await functions.start(
      [
        functions.spec('slow', { handler: 'slow.handler', timeoutMs: 400 }),
        functions.spec('once', { handler: 'once.handler', environment: { MARK: `${functions.directory}/mark` }, timeoutMs: 20_000 }),
      ],
      { initTimeoutMs: 1_500 },
    );
  });

  afterAll(() => functions.close());

  test('is repeated within the timeout of the call', async () => {
    const { value } = await functions.call('once');
    expect(value).toBeGreaterThan(0);
    // The repeated init has used some of the timeout.
    expect(value).toBeLessThan(20_000);
    expect(functions.lambda.logs('once').map(({ text }) => text)).toContain(
      'INIT_REPORT Init Duration: 1500.00 ms\tPhase: init\tStatus: timeout',
    );
  });

  test('ends in a timeout when the repeated init does not fit', async () => {
    const { value } = await functions.call('slow');
    expect(value.errorType).toBe('Sandbox.Timedout');
    expect(value.errorMessage).toMatch(/Task timed out after 0\.40 seconds$/);
    expect(functions.lambda.environments('slow')).toEqual([]);
  });
});
