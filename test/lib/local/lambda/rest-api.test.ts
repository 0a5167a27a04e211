import {
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { arnOf, LocalFunctions, REGION, until } from './local-functions';

jest.setTimeout(60_000);

const SDK = JSON.stringify(require.resolve('@aws-sdk/client-lambda'));

describe('the Lambda API, called by an unchanged SDK', () => {
  const functions = new LocalFunctions();
  let client: LambdaClient;
  const send = (FunctionName: string, event: unknown = {}, more: object = {}) =>
    client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...more }));
  const stream = async (FunctionName: string, event: unknown = {}) => {
    const { EventStream, ...head } = await client.send(
      new InvokeWithResponseStreamCommand({ FunctionName, Payload: JSON.stringify(event) }),
    );
    const chunks: { text: string; at: number }[] = [];
    let complete: { ErrorCode?: string; ErrorDetails?: string } | undefined;
    for await (const { PayloadChunk, InvokeComplete } of EventStream!) {
      if (PayloadChunk) chunks.push({ text: Buffer.from(PayloadChunk.Payload!).toString('utf8'), at: Date.now() });
      if (InvokeComplete) complete = InvokeComplete;
    }
    return { ...head, chunks, complete, text: chunks.map(({ text }) => text).join('') };
  };

  beforeAll(async () => {
    functions.code({
      'index.mjs': `
        export const echo = async (event, context) => ({ event, client: context.clientContext });
        export const logging = async () => { console.log('one line'); return null; };
        export const failing = async () => { throw new RangeError('too far'); };
        export const waiting = async ({ ms }) => { await new Promise((resolve) => setTimeout(resolve, ms)); return ms; };`,
      'caller.js': `
        const { InvokeCommand, LambdaClient } = require(${SDK});
        const client = new LambdaClient({});
        exports.handler = async () => Buffer.from((await client.send(new InvokeCommand({ FunctionName: 'echo', Payload: '{"from":"caller"}' }))).Payload).toString();`,
      'streams.mjs': `
        const pause = () => new Promise((resolve) => setTimeout(resolve, 150));
        export const slow = awslambda.streamifyResponse(async (event, response) => {
          for (const part of ['one ', 'two ', 'three']) { response.write(part); await pause(); }
          response.end();
        });
        export const page = awslambda.streamifyResponse(async (event, response) => {
          const http = awslambda.HttpResponseStream.from(response, { statusCode: 201, headers: { a: 'b' } });
          http.write('body'); http.end();
        });
        export const breaking = awslambda.streamifyResponse(async (event, response) => {
          response.write('begun'); await pause();
          const error = new Error('in the middle'); error.name = 'Model.Unavailable'; throw error;
        });
        export const dying = awslambda.streamifyResponse(async (event, response) => {
          response.write('begun'); await pause(); process.exit(9);
        });
        export const endless = awslambda.streamifyResponse(async (event, response) => {
          response.write('begun'); await new Promise(() => setInterval(() => {}, 1000));
        });`,
    });
    const spec = (name: string, handler: string, overrides = {}) => functions.spec(name, { handler, ...overrides });
    await functions.start([
      spec('echo', 'index.echo', { aliases: { live: '4' } }),
      spec('logging', 'index.logging'),
      spec('failing', 'index.failing'),
      spec('waiting', 'index.waiting', { reservedConcurrency: 1 }),
      spec('caller', 'caller.handler', { timeoutMs: 30_000 }),
      ...['slow', 'page', 'breaking', 'dying'].map((name) => spec(name, `streams.${name}`)),
      spec('endless', 'streams.endless', { timeoutMs: 600 }),
    ]);
    client = new LambdaClient({
      region: REGION,
      endpoint: functions.gateway.url,
      maxAttempts: 1,
      credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
    });
  });

  afterAll(async () => {
    client.destroy();
    await functions.close();
  });

  test('Invoke answers payload and version', async () => {
    const answer = await send('echo', { a: 'ü' }, { Qualifier: 'live' });
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '4' });
    expect(answer.FunctionError).toBeUndefined();
    expect(JSON.parse(answer.Payload!.transformToString())).toEqual({ event: { a: 'ü' } });
  });

  test.each([() => arnOf('echo'), () => `${arnOf('echo')}:live`, () => 'echo:live', () => '123456789012:function:echo'])(
    'Invoke takes any form of the name (%#)',
    async (name) => {
      expect((await send(name())).StatusCode).toBe(200);
    },
  );

  test('Invoke passes the client context', async () => {
    const context = Buffer.from(JSON.stringify({ custom: { name: 'Jürgen' } })).toString('base64');
    const answer = await send('echo', {}, { ClientContext: context });
    expect(JSON.parse(answer.Payload!.transformToString()).client).toEqual({ custom: { name: 'Jürgen' } });
  });

  test('Invoke returns the tail of the log', async () => {
    const answer = await send('logging', {}, { LogType: 'Tail' });
    expect(Buffer.from(answer.LogResult!, 'base64').toString('utf8')).toMatch(
      /^START RequestId: \S+ Version: \$LATEST\n.*\tINFO\tone line\nEND RequestId: \S+\nREPORT RequestId: \S+\tDuration: [\d.]+ ms\t.*\n$/,
    );
  });

  test('Invoke marks the error of a function', async () => {
    const answer = await send('failing');
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(answer.Payload!.transformToString())).toMatchObject({ errorType: 'RangeError', errorMessage: 'too far' });
  });

  test('Invoke accepts events', async () => {
    expect(await send('echo', {}, { InvocationType: 'Event' })).toMatchObject({ StatusCode: 202 });
    await functions.lambda.settled();
  });

  test('Invoke refuses by the name of the exception', async () => {
    await expect(send('nowhere')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${arnOf('nowhere')}`,
      $metadata: { httpStatusCode: 404 },
    });
    await expect(send('echo', {}, { Qualifier: 'draft' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(send('echo:live', {}, { Qualifier: 'other' })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(send('echo', {}, { Payload: 'not json' })).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
    await expect(send('echo', {}, { InvocationType: 'Later' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'InvocationType must be one of RequestResponse, Event, DryRun, got Later',
    });
  });

  test('Invoke is throttled beyond the reserved concurrency', async () => {
    const held = send('waiting', { ms: 400 });
    await until(() => functions.lambda.invocations('waiting') === 1);
    await expect(send('waiting', { ms: 0 })).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      $metadata: { httpStatusCode: 429 },
    });
    await held;
  });

  test('a lost invocation is a failure of the service', async () => {
    const call = send('waiting', { ms: 60_000 });
    call.catch(() => undefined);
    await until(() => functions.lambda.environments('waiting').some(({ state }) => state === 'busy'));
    functions.lambda.stop(functions.lambda.environments('waiting').find(({ state }) => state === 'busy')!.id);
    await expect(call).rejects.toMatchObject({ name: 'ServiceException', $metadata: { httpStatusCode: 500 } });
  });

  test('a function calls another with the SDK it brings, and is known as the caller', async () => {
    functions.gateway.clearCalls();
    const answer = await send('caller');
    expect(JSON.parse(JSON.parse(answer.Payload!.transformToString()))).toEqual({ event: { from: 'caller' } });
    const [environment] = functions.lambda.environments('caller');
    expect(functions.gateway.calls.map(({ service, operation, caller }) => ({ service, operation, caller }))).toEqual([
      { service: 'lambda', operation: 'Invoke', caller: { accessKeyId: 'TEST' } },
      {
        service: 'lambda',
        operation: 'Invoke',
        caller: { accessKeyId: expect.stringMatching(/^ASIA/), functionName: 'caller', environmentId: environment!.id },
      },
    ]);
  });

  test('InvokeWithResponseStream passes chunks on as they are written', async () => {
    const { chunks, complete, StatusCode, ResponseStreamContentType } = await stream('slow');
    expect(chunks.map(({ text }) => text)).toEqual(['one ', 'two ', 'three']);
    // Written some time apart; a busy machine may hand the first one on late, but a buffered answer would come at once.
    expect(chunks[2]!.at - chunks[0]!.at).toBeGreaterThan(50);
    expect(complete).toEqual({});
    expect(StatusCode).toBe(200);
    expect(ResponseStreamContentType).toBe('application/vnd.amazon.eventstream');
  });

  test('InvokeWithResponseStream carries the prelude of an HTTP answer', async () => {
    expect((await stream('page')).text).toBe(`{"statusCode":201,"headers":{"a":"b"}}${'\0'.repeat(8)}body`);
  });

  test('InvokeWithResponseStream streams a buffered function as a whole', async () => {
    const { text, complete } = await stream('echo', { a: 1 });
    expect(JSON.parse(text)).toEqual({ event: { a: 1 } });
    expect(complete).toEqual({});
  });

  test.each([
    ['breaking', 'begun', 'Model.Unavailable', 'in the middle'],
    ['dying', 'begun', 'Runtime.ExitError', 'exit status 9'],
    ['endless', 'begun', 'Sandbox.Timedout', 'Task timed out after 0.60 seconds'],
    ['failing', '', 'RangeError', 'too far'],
  ])('InvokeWithResponseStream ends with the error of %s', async (name, sent, code, message) => {
    const { text, complete } = await stream(name);
    expect(text).toBe(sent);
    expect(complete?.ErrorCode).toBe(code);
    expect(JSON.parse(complete!.ErrorDetails!).errorMessage).toContain(message);
  });

  test('InvokeWithResponseStream refuses before the stream begins', async () => {
    await expect(stream('nowhere')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('Invoke gives a streamed answer whole, and its error as an error', async () => {
    expect((await send('slow')).Payload!.transformToString()).toBe('one two three');
    expect(await send('breaking')).toMatchObject({ FunctionError: 'Unhandled' });
  });

  test('a dry run finds the function and does not run it', async () => {
    const before = functions.lambda.invocations('echo');
    expect((await send('echo', {}, { InvocationType: 'DryRun' })).StatusCode).toBe(204);
    await expect(send('echo:draft', {}, { InvocationType: 'DryRun' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(functions.lambda.invocations('echo')).toBe(before);
  });

  test('a function can be read as it is deployed', async () => {
    const { Configuration, Concurrency } = await client.send(new GetFunctionCommand({ FunctionName: 'waiting' }));
    expect(Configuration).toMatchObject({
      FunctionName: 'waiting',
      Handler: 'index.waiting',
      Timeout: 10,
      MemorySize: 512,
      Version: '$LATEST',
    });
    expect(Concurrency).toEqual({ ReservedConcurrentExecutions: 1 });
    const live = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'echo', Qualifier: 'live' }));
    expect(live).toMatchObject({ FunctionArn: `${arnOf('echo')}:live`, Version: '4', Runtime: 'nodejs24.x' });
    const { Versions } = await client.send(new ListVersionsByFunctionCommand({ FunctionName: 'echo' }));
    expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '4']);
    const { Aliases } = await client.send(new ListAliasesCommand({ FunctionName: 'echo' }));
    expect(Aliases).toEqual([{ AliasArn: `${arnOf('echo')}:live`, Name: 'live', FunctionVersion: '4' }]);
    expect(await client.send(new GetAliasCommand({ FunctionName: 'echo', Name: 'live' }))).toMatchObject({ FunctionVersion: '4' });
    await expect(client.send(new GetAliasCommand({ FunctionName: 'echo', Name: 'dead' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Cannot find alias arn: ${arnOf('echo')}:dead`,
    });
    await expect(
      client.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'echo', Qualifier: 'live' })),
    ).rejects.toMatchObject({ name: 'ProvisionedConcurrencyConfigNotFoundException' });
  });

  test('another operation is refused by name', async () => {
    await expect(client.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message:
        'the local run calls functions, reads what is deployed and drives durable executions; it does not answer GET /2015-03-31/functions of Lambda',
    });
  });
});
