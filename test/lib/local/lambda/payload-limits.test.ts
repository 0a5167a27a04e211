import { LocalFunctions } from './local-functions';

jest.setTimeout(60_000);

describe('payloads', () => {
  const functions = new LocalFunctions();

  beforeAll(async () => {
    functions.code({
      'index.mjs': `
        export const large = async ({ bytes }) => 'x'.repeat(bytes - 2);
        export const echo = async () => null;`,
    });
    await functions.start(['large', 'echo'].map((name) => functions.spec(name, { handler: `index.${name}` })));
  });

  afterAll(() => functions.close());

  test.each([
    [6_291_456, undefined],
    [6_291_457, 'Function.ResponseSizeTooLarge'],
  ])('answers %d bytes with %s', async (bytes, errorType) => {
    const result = await functions.call('large', { bytes });
    expect(result.functionError === undefined ? undefined : result.value.errorType).toBe(errorType);
    expect(functions.lambda.environments('large')).toHaveLength(1);
  });

  test.each([
    ['RequestResponse', 6_291_456],
    ['Event', 1_048_576],
  ] as const)('%s takes an event of %d bytes and no more', async (invocationType, bytes) => {
    const send = (size: number) =>
      functions.lambda.invoke({ functionName: 'echo', payload: JSON.stringify('x'.repeat(size - 2)), invocationType });
    expect((await send(bytes)).functionError).toBeUndefined();
    await expect(send(bytes + 1)).rejects.toMatchObject({
      name: 'RequestTooLargeException',
      message: `Request must be smaller than ${bytes} bytes for the InvokeFunction operation`,
    });
    await functions.lambda.settled();
  });

  test('refuses an event that is not JSON before any environment sees it', async () => {
    const before = functions.lambda.invocations('echo');
    await expect(functions.lambda.invoke({ functionName: 'echo', payload: '{', invocationType: 'RequestResponse' })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
    expect(functions.lambda.invocations('echo')).toBe(before);
  });
});
