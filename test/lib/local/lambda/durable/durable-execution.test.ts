import { readFileSync } from 'node:fs';
import {
  GetDurableExecutionHistoryCommand,
  InvokeCommand,
  ListDurableExecutionsByFunctionCommand,
  SendDurableExecutionCallbackHeartbeatCommand,
  SendDurableExecutionCallbackSuccessCommand,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import type { DeadLetter } from '../../../../../lib/local/lambda/async-outcome';
import { SkipClock } from '../../../../../lib/local/skip-clock';
import { DurableFunctions } from './durable-functions';

jest.setTimeout(120_000);

const DAY_MS = 86_400_000;

describe('a durable function, with the unchanged SDK', () => {
  const functions = new DurableFunctions();
  const clock = new SkipClock();
  const letters: { target: string; letter: DeadLetter }[] = [];
  const notes = () => readFileSync(functions.notes, 'utf8').trim().split('\n');
  const call = (name: string, event: unknown, more: object = {}) =>
    functions.client.send(new InvokeCommand({ FunctionName: `${name}:live`, Payload: JSON.stringify(event), ...more }));
  const answerOf = ({ Payload }: { Payload?: { transformToString(): string } }) => JSON.parse(Payload!.transformToString());
  const historyOf = async (arn: string) =>
    (await functions.client.send(new GetDurableExecutionHistoryCommand({ DurableExecutionArn: arn, MaxItems: 1000 }))).Events!;

  beforeAll(async () => {
    functions.bundle(
      'order',
      `import { LambdaClient, SendDurableExecutionCallbackSuccessCommand } from '@aws-sdk/client-lambda';
      let tries = 0;
      export const handler = withDurableExecution(async ({ n }, context) => {
        const first = await context.step('flaky', async () => {
          tries += 1;
          if (tries < 3) throw new Error('try ' + tries);
          return n * 2;
        }, { retryStrategy: (error, attempt) => ({ shouldRetry: attempt < 4, delay: { seconds: 30 } }) });
        await context.wait('days', { days: 3 });
        const approval = await context.waitForCallback('approval', async (id) => {
          const client = new LambdaClient({});
          await client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId: id, Result: JSON.stringify({ approved: true }) }));
        });
        const squares = await context.map('squares', [1, 2, 3, 4, 5], async (child, item) => child.step('square', async () => item * item));
        const both = await context.parallel('both', [
          async (child) => child.step('left', async () => 'l'),
          async (child) => { await child.wait({ seconds: 5 }); return 'r'; },
        ]);
        const echoed = await context.invoke('echo', 'echo', { first });
        const nested = await context.invoke('child', 'child:live', { value: 4 });
        return { first, approval: JSON.parse(approval), squares: squares.getResults(), both: both.getResults(), echoed, nested };
      });`,
    );
    functions.bundle(
      'child',
      `export const handler = withDurableExecution(async ({ value }, context) => {
        await context.wait({ hours: 1 });
        if (value < 0) throw new RangeError('negative');
        return value + 1;
      });`,
    );
    functions.bundle(
      'killed',
      `export const handler = withDurableExecution(async ({ mark }, context) => {
        const one = await context.step('one', async () => { note('one'); return 1; });
        const two = await context.step('two', async () => {
          note('two');
          if (!existsSync(mark)) { writeFileSync(mark, ''); process.kill(process.pid, 'SIGKILL'); await new Promise(() => setInterval(() => {}, 1000)); }
          return 2;
        });
        return one + two;
      });`,
    );
    functions.bundle(
      'waiting',
      `export const handler = withDurableExecution(async ({ timeout, heartbeat }, context) => {
        const [promise, id] = await context.createCallback('outside', { timeout: timeout && { seconds: timeout }, heartbeatTimeout: heartbeat && { seconds: heartbeat } });
        await context.step('tell', async () => note('callback ' + id));
        return await promise;
      });`,
    );
    functions.bundle('crashing', 'export const handler = async () => { process.exit(7); };');
    functions.code({
      'plain.mjs': 'export const echo = async (event) => ({ echo: event }); export const odd = async () => ({ Status: "DONE" });',
    });
    await functions.start(
      [
        ...['killed', 'waiting', 'crashing'].map((name) => functions.durable(name)),
        functions.durable('child', { durable: { executionTimeoutSeconds: 7_200, retentionDays: 14 }, deadLetterArn: 'arn:dead' }),
        functions.durable('odd', { handler: 'plain.odd' }),
        functions.durable('long', { handler: 'child.handler', durable: { executionTimeoutSeconds: 901, retentionDays: 14 } }),
        functions.durable('months', { handler: 'order.handler', durable: { executionTimeoutSeconds: 30 * 86_400, retentionDays: 14 } }),
        functions.spec('echo', { handler: 'plain.echo' }),
      ],
      { clock, onDeadLetter: (target, letter) => void letters.push({ target, letter }) },
    );
  });

  afterAll(() => functions.close());

  test('retries steps, waits days, takes a callback, maps, runs in parallel and calls other functions', async () => {
    const started = clock.now();
    const { StatusCode, DurableExecutionArn } = await call('months', { n: 7 }, { InvocationType: 'Event', DurableExecutionName: 'all' });
    expect(StatusCode).toBe(202);
    await functions.lambda.settled();
    const execution = await functions.describe(DurableExecutionArn!);
    expect(execution).toMatchObject({ Status: 'SUCCEEDED', DurableExecutionName: 'all', Version: '3', InputPayload: '{"n":7}' });
    expect(JSON.parse(execution.Result!)).toEqual({
      first: 14,
      approval: { approved: true },
      squares: [1, 4, 9, 16, 25],
      both: ['l', 'r'],
      echoed: { echo: { first: 14 } },
      nested: 5,
    });
    const passed = clock.now() - started;
    expect(passed).toBeGreaterThanOrEqual(3 * DAY_MS + 3_600_000 + 60_000 + 5_000);
    expect(passed).toBeLessThan(4 * DAY_MS);
    const events = await historyOf(DurableExecutionArn!);
    expect(events.map(({ EventId }) => EventId)).toEqual(events.map((_, index) => index + 1));
    const flaky = events.filter(({ Name }) => Name === 'flaky').map(({ EventType }) => EventType);
    expect(flaky).toEqual(['StepStarted', 'StepFailed', 'StepStarted', 'StepFailed', 'StepStarted', 'StepSucceeded']);
    const count = (type: string) => events.filter(({ EventType }) => EventType === type).length;
    expect([count('WaitSucceeded'), count('CallbackSucceeded'), count('ChainedInvokeSucceeded')]).toEqual([2, 1, 2]);
    expect(events.at(-1)?.EventType).toBe('ExecutionSucceeded');
  });

  test('goes on after its process was killed between steps, without repeating what was recorded', async () => {
    const { DurableExecutionArn, FunctionError, ...answer } = await call('killed', { mark: `${functions.directory}/mark` });
    expect(FunctionError).toBeUndefined();
    expect(answerOf(answer)).toBe(3);
    expect(notes().filter((line) => line === 'one')).toHaveLength(1);
    expect(notes().filter((line) => line === 'two')).toHaveLength(2);
    const completed = (await historyOf(DurableExecutionArn!)).filter(({ EventType }) => EventType === 'InvocationCompleted');
    expect(completed.map(({ InvocationCompletedDetails }) => InvocationCompletedDetails?.Error?.Payload?.ErrorType)).toEqual([
      'Runtime.ExitError',
      undefined,
    ]);
  });

  test('needs a qualifier, and none of more than 15 minutes is waited for', async () => {
    const unqualified = functions.client.send(new InvokeCommand({ FunctionName: 'child', Payload: '{}' }));
    await expect(unqualified).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'You cannot invoke a durable function using an unqualified ARN.',
    });
    await expect(call('long', {})).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'You cannot synchronously invoke a durable function with an executionTimeout greater than 15 minutes.',
    });
    await expect(call('child', {}, { DurableExecutionName: 'not a name', InvocationType: 'Event' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'durable execution name must be 1 to 64 letters, digits, - or _, got "not a name"',
    });
  });

  test('is started once under a name', async () => {
    const named = (value: number) => call('long', { value }, { InvocationType: 'Event', DurableExecutionName: 'once' });
    const first = await named(1);
    await functions.lambda.settled();
    expect((await named(1)).DurableExecutionArn).toBe(first.DurableExecutionArn);
    await expect(named(2)).rejects.toMatchObject({
      name: 'DurableExecutionAlreadyStartedException',
      message: `Execution already started: ${first.DurableExecutionArn}`,
    });
    const list = (more: object) => functions.client.send(new ListDurableExecutionsByFunctionCommand({ FunctionName: 'long', ...more }));
    const { DurableExecutions } = await list({ Statuses: ['FAILED', 'TIMED_OUT'] });
    // An hour is more than its 901 seconds.
    expect(DurableExecutions).toMatchObject([{ DurableExecutionName: 'once', Status: 'TIMED_OUT' }]);
    expect((await functions.describe(first.DurableExecutionArn!)).Error).toEqual({
      ErrorMessage: 'Execution timed out after 901 seconds.',
    });
    expect((await list({ Statuses: ['SUCCEEDED'] })).DurableExecutions).toEqual([]);
  });

  test('fails by the error of its handler', async () => {
    const { DurableExecutionArn } = await call('child', { value: -1 }, { InvocationType: 'Event' });
    await functions.lambda.settled();
    expect(await functions.describe(DurableExecutionArn!)).toMatchObject({
      Status: 'FAILED',
      Error: { ErrorType: 'RangeError', ErrorMessage: 'negative' },
    });
    expect(letters).toMatchObject([
      { target: 'arn:dead', letter: { body: '{"value":-1}', attributes: { ErrorCode: '200', ErrorMessage: 'negative' } } },
    ]);
  });

  test.each([
    [{ timeout: 60 }, 'Callback timed out'],
    [{ timeout: 300, heartbeat: 20 }, 'Callback timed out on heartbeat'],
  ])('a callback of %j that nobody answers fails', async (event, message) => {
    const answer = await call('waiting', event);
    expect(answer.FunctionError).toBe('Unhandled');
    expect(answerOf(answer)).toMatchObject({ errorMessage: message });
  });

  test('a callback that is over is told so', async () => {
    const callback = notes()
      .find((line) => line.startsWith('callback '))!
      .slice('callback '.length);
    const late = functions.client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callback, Result: '1' }));
    await expect(late).rejects.toMatchObject({
      name: 'CallbackTimeoutException',
      message: 'The callback is either timed out or already completed',
    });
    const unknown = functions.client.send(new SendDurableExecutionCallbackHeartbeatCommand({ CallbackId: 'bm8' }));
    await expect(unknown).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: 'Invalid callback id' });
  });

  test('an invocation that always dies is given up', async () => {
    const answer = await call('crashing', {});
    expect(answer.FunctionError).toBe('Unhandled');
    expect(answerOf(answer).errorType).toBe('Runtime.ExitError');
    expect(functions.lambda.invocations('crashing')).toBe(8);
  });

  test('a handler that does not speak the protocol is told so', async () => {
    const answer = await call('odd', {});
    expect(answerOf(answer)).toMatchObject({
      errorType: 'InvalidParameterValueException',
      errorMessage: 'Invalid Status in invocation output.',
    });
  });

  test('an execution that was never there is not found', async () => {
    const nowhere = 'arn:aws:lambda:eu-central-1:123456789012:function:child:3/durable-execution/no/one';
    await expect(functions.describe(nowhere)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Durable Execution does not exist',
    });
    await expect(functions.client.send(new StopDurableExecutionCommand({ DurableExecutionArn: nowhere }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
