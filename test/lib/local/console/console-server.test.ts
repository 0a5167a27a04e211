import { request } from 'node:http';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { Env } from '../../../../lambda/contract/env';
import { ChangeFeed } from '../../../../lib/local/console/change-feed';
import { ConsoleServer } from '../../../../lib/local/console/console-server';
import { Deployment } from '../../../../lib/local/deployment';
import { LocalQueue } from '../../../../lib/local/local-queue';
import { until } from '../lambda/local-functions';
import { inlineFunction, smallApp, stopAll } from '../small-app';

jest.setTimeout(60_000);

function stack(scope: Stack): void {
  const work = inlineFunction(
    scope,
    'Work',
    `console.log('working on ' + event.n); if (event.n < 0) throw new RangeError('negative'); return event.n * 2;`,
  );
  const table = new dynamodb.CfnTable(scope, 'Chats', {
    keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
    attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
    billingMode: 'PAY_PER_REQUEST',
  });
  work.addEnvironment(Env.chatMemoryTable, table.ref);
  const call = tasks.LambdaInvoke.jsonata(scope, 'Call', {
    lambdaFunction: work,
    payload: sfn.TaskInput.fromText('{% $states.input %}'),
    outputs: '{% $states.result.Payload %}',
    retryOnServiceExceptions: false,
  });
  new sfn.StateMachine(scope, 'Working', { definitionBody: sfn.DefinitionBody.fromChainable(call) });
  const ask = tasks.SqsSendMessage.jsonata(scope, 'Ask', {
    queue: new sqs.Queue(scope, 'Questions'),
    integrationPattern: sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    messageBody: sfn.TaskInput.fromObject({ token: '{% $states.context.Task.Token %}' }),
    taskTimeout: sfn.Timeout.duration(Duration.hours(1)),
  });
  new sfn.StateMachine(scope, 'Asking', { definitionBody: sfn.DefinitionBody.fromChainable(ask) });
}

let deployment: Deployment;
let server: ConsoleServer;
let token: string;

beforeAll(async () => {
  const feed = new ChangeFeed();
  deployment = await Deployment.start(smallApp(stack).synth().directory, { onEvent: () => feed.changed() });
  server = await ConsoleServer.start({ deployment, feed, notices: ['one thing is left out'] });
  token = server.url.split('#')[1] ?? '';
});

afterAll(async () => {
  await server.close();
  await deployment.stop();
  await stopAll();
});

interface Answer {
  readonly status: number;
  readonly value: { [name: string]: unknown; error?: { code: string; message: string } };
}

async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${server.origin}/api/${path}`, { ...init, headers: { 'x-console-token': token, ...init.headers } });
  return { status: response.status, value: (await response.json()) as Answer['value'] };
}

const post = (name: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(name, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

async function start(workflow: string, input: unknown): Promise<string> {
  const { arn } = deployment.executions.machineOf(workflow);
  const { value } = await post('start', { workflow: arn, input });
  return String(value['arn']);
}

interface Told {
  readonly statuses: object;
  readonly steps: readonly { readonly attempts: readonly { readonly run: { readonly logs: readonly { readonly text: string }[] } }[] }[];
  readonly questions: readonly { readonly token: string }[];
}

const closed = (arn: string) => deployment.executions.get(arn).result;
const execution = async (arn: string) => (await ask(`execution?arn=${encodeURIComponent(arn)}`)).value as unknown as Told;

describe('who may use it', () => {
  /** A request whose Host is not what it connects to, as one whose name was made to lead here has. */
  function withHost(host: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      request(`${server.origin}/`, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }

  test.each([
    ['its own address', () => new URL(server.origin).host, 200],
    ['localhost', () => `localhost:${new URL(server.origin).port}`, 200],
    ['a name that leads here', () => `evil.example:${new URL(server.origin).port}`, 403],
    ['another port', () => '127.0.0.1:1', 403],
  ])('the host may be %s or not', async (_what, host, status) => {
    expect(await withHost(host())).toBe(status);
  });

  test.each<[string, Record<string, string>, number, string]>([
    ['another site', { origin: 'https://evil.example' }, 403, 'Origin'],
    ['a page without origin', { origin: 'null' }, 403, 'Origin'],
    ['no token', { 'x-console-token': '' }, 401, 'Token'],
    ['a wrong token', { 'x-console-token': 'x'.repeat(32) }, 401, 'Token'],
    ['a form', { 'content-type': 'text/plain' }, 415, 'ContentType'],
  ])('a start by %s is refused and starts nothing', async (_what, headers, status, code) => {
    const { arn } = deployment.executions.machineOf('Working');
    const before = deployment.executions.list(arn).length;
    const answer = await post('start', { workflow: arn, input: { n: 1 } }, headers);
    expect([answer.status, answer.value.error?.code]).toEqual([status, code]);
    expect(deployment.executions.list(arn)).toHaveLength(before);
  });

  test('the page itself holds no token, loads nothing from elsewhere and may not be framed', async () => {
    const response = await fetch(`${server.origin}/`);
    const text = await response.text();
    expect(text).not.toContain(token);
    expect(text).not.toMatch(/https?:\/\//);
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/);
  });

  test.each(['/../console-server.ts', '/%2e%2e/console-server.ts', '/console-server.ts', '/nothing.js'])(
    '%s is no file of the page',
    async (path) => {
      expect((await fetch(`${server.origin}${path}`)).status).toBe(404);
    },
  );
});

test('an execution is told with its steps, the tries of each and what the function wrote', async () => {
  const arn = await start('Working', { n: 21 });
  await closed(arn);
  const told = await execution(arn);
  expect(told).toMatchObject({
    status: 'SUCCEEDED',
    workflow: 'Small/Working',
    input: { n: 21 },
    output: 42,
    redrivable: false,
    statuses: { Call: 'succeeded' },
    questions: [],
    steps: [
      {
        name: 'Call',
        type: 'Task',
        item: '',
        part: false,
        output: '42',
        attempts: [{ resource: 'lambda:invoke', run: { cold: true, running: false } }],
      },
    ],
  });
  expect(told.steps[0]!.attempts[0]!.run.logs.map(({ text }) => text).join('\n')).toContain('working on 21');
});

test('a run that failed can be redriven, one that succeeded cannot', async () => {
  const arn = await start('Working', { n: -1 });
  await closed(arn);
  expect(await execution(arn)).toMatchObject({ status: 'FAILED', error: 'RangeError', redrivable: true, statuses: { Call: 'failed' } });
  expect((await post('redrive', { arn })).value).toEqual({ redriveCount: 1 });
  await closed(arn);
  expect((await execution(arn)).steps.flatMap(({ attempts }) => attempts)).toHaveLength(2);
  const good = await start('Working', { n: 1 });
  await closed(good);
  expect(await post('redrive', { arn: good })).toMatchObject({ status: 400, value: { error: { code: 'ExecutionNotRedrivable' } } });
});

test.each([
  ['success', { output: { yes: true } }, { status: 'SUCCEEDED' }],
  ['failure', { error: 'Shop.Closed', cause: 'back at nine' }, { status: 'FAILED', error: 'Shop.Closed', cause: 'back at nine' }],
])('a state that waits for an answer is answered with %s, once', async (_what, answer, result) => {
  const arn = await start('Asking', {});
  await until(() => deployment.executions.get(arn).execution.history.some(({ type }) => type === 'TaskSubmitted'));
  const { questions, statuses } = await execution(arn);
  expect([statuses, questions]).toEqual([{ Ask: 'waiting' }, [{ kind: 'callback', step: 'Ask', token: expect.stringMatching(/^AQB/) }]]);
  const taskToken = questions[0]?.token;
  expect((await post('answer', { token: taskToken, ...answer })).status).toBe(200);
  expect(await closed(arn)).toMatchObject(result);
  expect(await post('answer', { token: taskToken, ...answer })).toMatchObject({ status: 409, value: { error: { code: 'TaskTimedOut' } } });
});

test('a run is stopped, an environment is killed', async () => {
  const arn = await start('Asking', {});
  expect((await post('stop', { arn })).status).toBe(200);
  expect(await closed(arn)).toMatchObject({ status: 'ABORTED', error: 'Console.Stopped' });
  await closed(await start('Working', { n: 1 }));
  const { value } = await ask('overview');
  const [{ environments }] = value['functions'] as [{ environments: [{ id: string }] }];
  expect((await post('kill', { environmentId: environments[0].id })).status).toBe(200);
  const name = deployment.specs[0]!.name;
  await until(() => deployment.lambda.environments(name).every(({ id }) => id !== environments[0].id));
  expect(await post('kill', { environmentId: environments[0].id })).toMatchObject({
    status: 409,
    value: { error: { code: 'NoEnvironment' } },
  });
});

test('queues are told with their counts, chat memories with what they hold', async () => {
  const queue = deployment.specs.length > 0 ? await overviewQueue() : undefined;
  await new LocalQueue(String(queue?.name), deployment.gateway.url).send('one more');
  expect((await overviewQueue()).visible).toBe(Number(queue?.visible) + 1);
  const table = deployment.specs[0]!.environment[Env.chatMemoryTable]!;
  await putItem(table, { pk: { S: 'ana#1' }, turn: { S: '{"role":"user"}' } });
  const { value } = await ask('memory');
  expect(value).toEqual([{ kind: 'DynamoDB', name: table, entries: [{ key: 'ana#1', value: { turn: { role: 'user' } } }] }]);
});

async function overviewQueue(): Promise<{ name: string; visible: number }> {
  const { value } = await ask('overview');
  return (value['queues'] as [{ name: string; visible: number }])[0];
}

async function putItem(TableName: string, Item: object): Promise<void> {
  const response = await fetch(deployment.gateway.url, {
    method: 'POST',
    body: JSON.stringify({ TableName, Item }),
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=TEST/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.PutItem',
    },
  });
  expect(response.status).toBe(200);
}

test('the page is told of changes as they come', async () => {
  const response = await fetch(`${server.origin}/api/events?token=${token}`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const seen = async (count: number) => {
    while (text.split('event: changed').length - 1 < count) text += (await reader.read()).value ?? '';
  };
  await seen(1);
  const already = text.split('event: changed').length - 1;
  await closed(await start('Working', { n: 2 }));
  await seen(already + 1);
  await reader.cancel();
});

test.each<[string, string, unknown, number, string]>([
  ['a workflow that is not there', 'start', { workflow: 'Nothing' }, 400, 'StateMachineDoesNotExist'],
  ['no workflow', 'start', {}, 400, 'Body'],
  ['a body that is no JSON', 'start', '{', 400, 'Body'],
  ['a body that is a list', 'start', [], 400, 'Body'],
  ['a decision that is none', 'decide', { arn: 'a', approvalId: 'b', decision: 'perhaps' }, 400, 'Decision'],
  ['an approval that nobody asked for', 'decide', { arn: 'a', approvalId: 'b', decision: 'approve' }, 409, 'NoApproval'],
  ['a token that is none', 'answer', { token: 'abc' }, 409, 'InvalidToken'],
  ['a run that is not there', 'stop', { arn: 'abc' }, 400, 'ExecutionDoesNotExist'],
  ['an action that is not there', 'toString', {}, 404, 'NotFound'],
])('%s is refused by name', async (_what, name, body, status, code) => {
  const answer = await post(name, body);
  expect([answer.status, answer.value.error?.code]).toEqual([status, code]);
});
