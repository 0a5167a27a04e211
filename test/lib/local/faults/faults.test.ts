import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration } from 'aws-cdk-lib/core';
import type { LocalRunner } from '../../../../lib/local/local-runner';
import { inlineFunction, runSmall, stopAll } from '../small-app';

jest.setTimeout(120_000);

/** Puts an item without an SDK, whose retries would hide what is tested. */
const WRITE = `
  const call = async (target, input) => {
    const response = await fetch(process.env.AWS_ENDPOINT_URL, {
      method: 'POST',
      body: JSON.stringify({ TableName: process.env.TABLE, ...input }),
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.' + target,
      },
    });
    const answer = await response.json();
    if (!response.ok) throw Object.assign(new Error(answer.message), { name: answer.__type.split('#').pop() });
    return answer;
  };
  for (const id of event.ids) await call('PutItem', { Item: { pk: { S: id } } });
  await call('GetItem', { Key: { pk: { S: 'x' } } });
  return { done: event.ids };
`;

let local: LocalRunner;

beforeAll(async () => {
  local = await runSmall(
    (stack) => {
      const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING } });
      const fns = ['Write', 'Other'].map((id) => inlineFunction(stack, id, WRITE, { timeout: Duration.seconds(60) }));
      for (const fn of fns) {
        fn.addEnvironment('TABLE', table.tableName);
        table.grantReadWriteData(fn);
      }
      const [lambdaFunction] = fns as [(typeof fns)[0]];
      const step = tasks.LambdaInvoke.jsonata(stack, 'Write it', {
        lambdaFunction,
        payload: sfn.TaskInput.fromText('{% $states.input %}'),
        outputs: '{% $states.result.Payload %}',
        retryOnServiceExceptions: false,
      });
      step.addRetry({ errors: ['Runtime.ExitError'], interval: Duration.minutes(5), maxAttempts: 2 });
      new sfn.StateMachine(stack, 'Work', { definitionBody: sfn.DefinitionBody.fromChainable(step) });
    },
    { time: 'skipped' },
  );
});

afterAll(stopAll);

beforeEach(async () => {
  local.faults.clear();
  await local.table('Table').clear();
});

const stored = async () => (await local.table('Table').items()).map(({ pk }) => pk).sort();
const write = (...ids: string[]) => local.function('Write').invoke({ ids });
const failure = (name: string) => expect.objectContaining({ name });

describe('at a call', () => {
  test('a kill before it: the environment is gone and the service was not asked', async () => {
    const fault = local.faults.inject('before:dynamodb.PutItem=kill,nth=2');
    await expect(write('a', 'b', 'c')).rejects.toEqual(failure('Runtime.ExitError'));
    expect(await stored()).toEqual(['a']);
    expect(fault.struck).toBe(1);
    expect(local.function('Write').environments).toEqual([]);
    expect(local.function('Write').invocations.at(-1)).toMatchObject({ error: { message: expect.stringContaining('signal: killed') } });
    expect(await write('d')).toEqual({ done: ['d'] });
    expect(fault.struck).toBe(1);
  });

  test('a kill after it: the service has done it, and the function has not seen the answer', async () => {
    local.faults.inject({ at: 'after:dynamodb.PutItem', kind: 'kill', nth: 2 });
    await expect(write('a', 'b', 'c')).rejects.toEqual(failure('Runtime.ExitError'));
    expect(await stored()).toEqual(['a', 'b']);
  });

  test('a throttle in the words of the service', async () => {
    local.faults.inject('before:dynamodb.PutItem=throttle');
    await expect(write('a')).rejects.toEqual(failure('ProvisionedThroughputExceededException'));
    expect(await stored()).toEqual([]);
  });

  test('a lost response: the service has done it, the connection breaks, the environment lives', async () => {
    const { coldStarts } = local.function('Write');
    await write();
    local.faults.inject('after:dynamodb.PutItem=lose-response');
    await expect(write('a')).rejects.toThrow('fetch failed');
    expect(await stored()).toEqual(['a']);
    await write('b');
    expect(local.function('Write').coldStarts - coldStarts).toBeLessThanOrEqual(1);
  });

  test('an error by its name, before and after', async () => {
    local.faults.inject('before:dynamodb.PutItem=error(InternalServerError: try again)');
    await expect(write('a')).rejects.toThrow('try again');
    expect(await stored()).toEqual([]);
    local.faults.inject('after:dynamodb.PutItem=error(InternalServerError)');
    await expect(write('a')).rejects.toEqual(failure('InternalServerError'));
    expect(await stored()).toEqual(['a']);
  });

  test.each(['before', 'after'])('a delay %s it', async (when) => {
    local.faults.inject(`${when}:dynamodb.PutItem=delay(300)`);
    await write('a');
    expect(local.function('Write').invocations.at(-1)?.durationMs).toBeGreaterThanOrEqual(300);
    expect(await stored()).toEqual(['a']);
  });

  test('an expired token refuses every further call of the environment, and none of the next one', async () => {
    local.faults.inject('after:dynamodb.PutItem=expire-token');
    await expect(write('a', 'b')).rejects.toEqual(failure('ExpiredTokenException'));
    expect(await stored()).toEqual(['a']);
    await expect(write('c')).rejects.toThrow('The security token included in the request is expired');
    const fn = local.function('Write');
    for (const { id } of fn.environments) fn.kill(id);
    await write('d');
    expect(await stored()).toEqual(['a', 'd']);
  });

  test('only calls of the named function, of the named operation, all of them where it says so', async () => {
    const fault = local.faults.inject('before:dynamodb.*=throttle,nth=all,function=Other');
    await write('a', 'b');
    await expect(local.function('Other').invoke({ ids: ['c'] })).rejects.toThrow();
    await expect(local.function('Other').invoke({ ids: ['c'] })).rejects.toThrow();
    expect(fault.struck).toBe(2);
    fault.remove();
    await local.function('Other').invoke({ ids: ['c'] });
    expect(await stored()).toEqual(['a', 'b', 'c']);
  });
});

describe('at a step', () => {
  const run = async (...ids: string[]) => (await local.workflow('Work').start({ ids })).result();

  test.each([
    ['before', 'one that has done nothing'],
    ['after', 'one that has done everything'],
  ])('a kill %s it takes the environment, %s', async (when) => {
    const calls = local.calls({ operation: 'PutItem', function: 'Write' }).length;
    const fault = local.faults.inject(`${when}:step.Write it=kill`);
    expect(await run('a')).toMatchObject({ status: 'SUCCEEDED', output: { done: ['a'] } });
    expect(fault.struck).toBe(1);
    // What had been done is done again by the retry.
    expect(local.calls({ operation: 'PutItem', function: 'Write' })).toHaveLength(calls + (when === 'after' ? 2 : 1));
    expect(await stored()).toEqual(['a']);
  });

  test.each([
    ['before:step.Write it=throttle', 'Lambda.TooManyRequestsException', []],
    ['before:step.Write it=error(Shop.Closed: back at nine)', 'Shop.Closed', []],
    ['after:step.Write it=error(Shop.Closed)', 'Shop.Closed', ['a']],
    ['after:step.Write it=lose-response', 'Lambda.Unknown', ['a']],
  ])('%s', async (fault, error, ids) => {
    local.faults.inject(fault);
    expect(await run('a')).toMatchObject({ status: 'FAILED', error });
    expect(await stored()).toEqual(ids);
  });

  test('a delay takes time of the clock of the local run', async () => {
    local.faults.inject({ at: 'before:step.Write it', kind: 'delay', delayMs: 3_600_000 });
    const started = await local.workflow('Work').start({ ids: ['a'] });
    await started.result();
    const times = started.history.map(({ timestamp }) => timestamp.getTime());
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(3_600_000);
  });
});

test('at a function: killed when it has been given its event', async () => {
  local.faults.inject('function.Write=kill,nth=2');
  await write('a');
  await expect(write('b')).rejects.toEqual(failure('Runtime.ExitError'));
  await write('c');
  expect(await stored()).toEqual(['a', 'c']);
});

test.each([
  ['before:dinamodb.PutItem=kill', /^fault point before:dinamodb\.PutItem: the local run has no service dinamodb; it has .*dynamodb/],
  ['before:step.Writ=kill', /^fault point before:step\.Writ: no state machine has a Task state Writ; there are Write it$/],
  ['function.Writer=kill', /^no AWS::Lambda::Function Writer in the assembly; it has Small\/Write, Small\/Other$/],
  ['before:dynamodb.PutItem=kill,function=Writer', /^no AWS::Lambda::Function Writer in the assembly/],
])('%s names what is not there', (text, message) => {
  expect(() => local.faults.inject(text)).toThrow(message);
});
