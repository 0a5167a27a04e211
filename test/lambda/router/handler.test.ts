import type { HttpAnswer } from '../../../lambda/shared/http-event';
import { responseKey } from '../../../lambda/shared/response-store';
import { AWS, json, Loopback } from '../http/loopback';
import { AwsDouble, takeMessage } from './aws-double';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:sentiment:live';
const QUEUE = 'https://sqs.eu-west-1.amazonaws.com/111122223333/workers';
const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:research:live';

const aws = new AwsDouble();
let endpoint: Loopback;
let logged: Record<string, unknown>[];

const POLICY = {
  rules: [
    { name: 'asked for', when: { override: 'workers' }, target: 'workers' },
    { name: 'code', when: { capabilities: ['code'] }, target: 'endpoint' },
    { name: 'lost', when: { capabilities: ['lost'] }, target: 'nowhere' },
    { name: 'attached', when: { minAttachments: 1 }, target: 'research' },
    { name: 'large', when: { minTokens: 100 }, target: 'workers' },
  ],
  defaultTarget: 'sentiment',
};

type Handler = (event: unknown) => Promise<HttpAnswer>;
const load = (): Handler => {
  jest.resetModules();
  return require('../../../lambda/router/handler').handler;
};

const as = (userId: string, tenant?: string) => ({ authorizer: { jwt: { claims: { sub: userId, tenant } } } });
const post = (body: unknown, { user = 'ines', headers = {} as Record<string, string> } = {}) => ({
  version: '2.0',
  rawPath: '/',
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  isBase64Encoded: false,
  requestContext: { http: { method: 'POST' }, ...as(user, 'acme') },
});
const get = (id: string, user = 'ines') => ({ rawPath: `/responses/${id}`, requestContext: { http: { method: 'GET' }, ...as(user) } });
const bodyOf = (answer: HttpAnswer) => JSON.parse(answer.body);

let handler: Handler;

beforeAll(async () => {
  await aws.start();
  endpoint = await new Loopback((_request, response) => json(response, 200, { answer: 42 })).start();
  Object.assign(process.env, AWS, {
    AWS_MAX_ATTEMPTS: '1',
    RESPONSE_BUCKET: 'responses-bucket',
    ROUTING_POLICY: JSON.stringify(POLICY),
    ROUTE_TARGETS: JSON.stringify({
      sentiment: { kind: 'function', functionArn: FUNCTION },
      research: { kind: 'stateMachine', stateMachineArn: MACHINE },
      workers: { kind: 'queue', queueUrl: QUEUE, service: { cluster: 'main', service: 'workers' } },
      endpoint: { kind: 'endpoint', url: `${endpoint.url}/infer`, timeoutMs: 1_000, secretArn: 'arn:secret' },
    }),
  });
  handler = load();
});
afterAll(() => Promise.all([aws.stop(), endpoint.stop()]));
beforeEach(() => {
  logged = [];
  for (const level of ['info', 'warn', 'error'] as const)
    jest.spyOn(console, level as 'info').mockImplementation((line) => void logged.push(JSON.parse(String(line))));
  aws.calls.length = 0;
  aws.objects.clear();
  for (const key of Object.keys(aws.answers)) delete aws.answers[key];
  aws.desiredCount = 0;
  endpoint.received.length = 0;
  endpoint.respond = (_request, response) => json(response, 200, { answer: 42 });
});
afterEach(() => void jest.restoreAllMocks());

describe('a function', () => {
  test('answers at once; its event is the input alone, and it can see who asks', async () => {
    const answer = await handler(post({ input: { text: 'Lovely.' } }));
    expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
    expect(bodyOf(answer)).toEqual({ sentiment: 'positive' });
    expect(aws.of('Invoke')).toEqual([{ path: `/2015-03-31/functions/${FUNCTION}/invocations`, event: { text: 'Lovely.' } }]);
    const context = JSON.parse(Buffer.from(String(aws.calls[0]!.headers['x-amz-client-context']), 'base64').toString());
    expect(context).toEqual({ custom: { responseId: expect.any(String), userId: 'ines', tenant: 'acme' } });
  });

  test('that fails is 502 without its stack trace', async () => {
    aws.answers['Invoke'] = (_input, response) =>
      json(response, 200, { errorMessage: 'secret detail', trace: [] }, { 'x-amz-function-error': 'Unhandled' });
    const answer = await handler(post({ input: 'x' }));
    expect(answer.statusCode).toBe(502);
    expect(bodyOf(answer)).toEqual({ message: 'the target failed' });
  });

  test('without a free environment is 503 with a time to wait', async () => {
    aws.answers['Invoke'] = (_input, response) => json(response, 429, {}, { 'x-amzn-errortype': 'TooManyRequestsException' });
    expect(await handler(post({ input: 'x' }))).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
  });
});

describe('a queue', () => {
  test('takes the job, is noted, and its service is woken from zero', async () => {
    const answer = await handler(post({ input: 'x', override: 'workers' }));
    const { responseId } = bodyOf(answer);
    expect(answer).toMatchObject({ statusCode: 202, headers: { location: `/responses/${responseId}` } });
    expect(aws.of('SendMessage')).toEqual([
      {
        QueueUrl: QUEUE,
        MessageBody: JSON.stringify({ responseId, userId: 'ines', tenant: 'acme', input: 'x' }),
      },
    ]);
    expect(aws.of('UpdateService')).toEqual([{ cluster: 'main', service: 'workers', desiredCount: 1 }]);
    expect(aws.operations[0]).toBe('SendMessage');
    const waiting = await handler(get(responseId));
    expect(waiting).toMatchObject({ statusCode: 202, headers: { 'retry-after': '2' } });
    expect(bodyOf(waiting)).toMatchObject({ responseId, status: 'accepted' });
  });

  test('a service that runs is left alone', async () => {
    aws.desiredCount = 3;
    await handler(post({ input: 'x', override: 'workers' }));
    expect(aws.operations).not.toContain('UpdateService');
    expect(aws.desiredCount).toBe(3);
  });

  test('concurrent requests wake once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => handler(post({ input: 'x', override: 'workers' }))));
    expect(aws.of('SendMessage')).toHaveLength(8);
    expect(aws.of('UpdateService')).toHaveLength(1);
  });

  test.each([
    ['waking fails', 'DescribeServices'],
    ['noting fails', 'PutObject'],
  ])('when %s the job is there all the same: 202, and the log tells', async (_what, operation) => {
    aws.answers[operation] = (_input, response) => json(response, 400, { __type: 'AccessDeniedException', message: 'no' });
    expect((await handler(post({ input: 'x', override: 'workers' }))).statusCode).toBe(202);
    expect(logged).toContainEqual(expect.objectContaining({ level: 'error', message: expect.stringContaining('failed') }));
  });

  test('that cannot be reached is 500, and nothing was promised', async () => {
    aws.answers['SendMessage'] = (_input, response) => json(response, 400, { __type: 'AccessDenied' });
    expect((await handler(post({ input: 'x', override: 'workers' }))).statusCode).toBe(500);
    expect(aws.objects.size).toBe(0);
  });

  test('a result that was faster than the note is kept', async () => {
    const key = (id: string) => `/responses-bucket/${responseKey('ines', id)}`;
    aws.answers['SendMessage'] = (input, response) => {
      const { responseId } = JSON.parse(String(input['MessageBody']));
      aws.objects.set(key(responseId), JSON.stringify({ status: 'succeeded', responseId, at: 'now', output: 'done' }));
      takeMessage(input, response);
    };
    const path = (await handler(post({ input: 'x', override: 'workers' }))).headers['location']!;
    const answer = await handler(get(path.split('/').at(-1)!));
    expect(answer.statusCode).toBe(200);
    expect(bodyOf(answer)).toMatchObject({ status: 'succeeded', output: 'done' });
  });
});

describe('a state machine', () => {
  const request = { input: { question: 'why?' }, attachments: [{ key: 'a.pdf' }] };

  test('is started by the name of the response', async () => {
    const answer = await handler(post(request));
    const { responseId } = bodyOf(answer);
    expect(answer.statusCode).toBe(202);
    expect(aws.of('StartExecution')).toEqual([
      {
        stateMachineArn: MACHINE,
        name: responseId,
        input: JSON.stringify({ responseId, userId: 'ines', tenant: 'acme', input: { question: 'why?', attachments: [{ key: 'a.pdf' }] } }),
      },
    ]);
  });

  test.each([
    ['RUNNING', {}, 202, { status: 'accepted' }],
    ['SUCCEEDED', { output: '{"report":"r"}', stopDate: 2 }, 200, { status: 'succeeded', output: { report: 'r' } }],
    ['FAILED', { error: 'Model.Unavailable', stopDate: 2 }, 200, { status: 'failed', error: 'Model.Unavailable' }],
    ['TIMED_OUT', { stopDate: 2 }, 200, { status: 'failed', error: 'TIMED_OUT' }],
    ['ABORTED', { stopDate: 2 }, 200, { status: 'failed', error: 'ABORTED' }],
  ])('%s is told to who polls', async (status, more, statusCode, body) => {
    const { responseId } = bodyOf(await handler(post(request)));
    aws.answers['DescribeExecution'] = (_input, response) => json(response, 200, { status, name: responseId, startDate: 1, ...more });
    const answer = await handler(get(responseId));
    expect(answer.statusCode).toBe(statusCode);
    expect(bodyOf(answer)).toMatchObject({ responseId, ...body });
  });

  test('an idempotency key gives the same run to the same user, and another to another', async () => {
    const keyed = (user: string) => handler(post(request, { user, headers: { 'Idempotency-Key': 'order-1' } }));
    const [first, again, other] = [await keyed('ines'), await keyed('ines'), await keyed('eve')].map((answer) => bodyOf(answer).responseId);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test.each([
    ['the same input is the same work', true, 202],
    ['another input is a conflict', false, 409],
  ])('a finished run of the same key: %s', async (_what, same, statusCode) => {
    aws.answers['StartExecution'] = (_input, response) => json(response, 400, { __type: 'ExecutionAlreadyExists', message: 'exists' });
    aws.answers['DescribeExecution'] = (input, response) => {
      const started = aws.of('StartExecution')[0]!;
      expect(input['executionArn']).toBe(`arn:aws:states:eu-west-1:111122223333:execution:research:${started['name']}`);
      json(response, 200, { status: 'SUCCEEDED', startDate: 1, input: same ? started['input'] : '{}' });
    };
    expect((await handler(post(request, { headers: { 'idempotency-key': 'order-1' } }))).statusCode).toBe(statusCode);
  });
});

describe('an endpoint', () => {
  const request = { input: { prompt: 'p' }, capabilities: ['code'] };

  test('gets the input and the key of its secret, and nothing about the user', async () => {
    expect(bodyOf(await handler(post(request)))).toEqual({ answer: 42 });
    const [{ headers, body, path }] = endpoint.received as [(typeof endpoint.received)[0]];
    expect({ path, body: JSON.parse(body), key: headers.authorization }).toEqual({
      path: '/infer',
      body: { prompt: 'p' },
      key: 'Bearer sk-target',
    });
    expect(JSON.stringify([headers, body])).not.toContain('ines');
  });

  test.each<[string, Loopback['respond'], number, string]>([
    ['is silent', () => undefined, 504, 'the target did not answer within 1000 ms'],
    ['is busy', (_q, response) => json(response, 429, {}, { 'retry-after': '9' }), 503, 'the target is busy; try again'],
    ['fails', (_q, response) => json(response, 500, { key: 'sk-target' }), 502, 'the target answered 500'],
    ['hangs up', (_q, response) => void response.destroy(), 502, 'the target cannot be reached'],
    [
      'sends elsewhere',
      (_q, response) => {
        response.writeHead(302, { location: 'http://127.0.0.1:1/' });
        response.end();
      },
      502,
      'the target cannot be reached',
    ],
  ])('that %s', async (_what, respond, statusCode, message) => {
    endpoint.respond = respond;
    const answer = await handler(post(request));
    expect(answer.statusCode).toBe(statusCode);
    expect(bodyOf(answer)).toEqual({ message });
  });
});

describe('reading a response', () => {
  test('of another user is as if there were none', async () => {
    const { responseId } = bodyOf(await handler(post({ input: 'x', override: 'workers' }, { user: 'ines' })));
    const answer = await handler(get(responseId, 'eve'));
    expect(answer.statusCode).toBe(404);
    expect(bodyOf(answer).message).toBe(`no response "${responseId}" of yours`);
  });

  test('a key that S3 hides for lack of the right to list is not there', async () => {
    aws.answers['GetObject'] = (_input, response) => {
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end('<Error><Code>AccessDenied</Code></Error>');
    };
    expect((await handler(get('abc'))).statusCode).toBe(404);
  });

  test.each(['../secret', 'a/b', 'x'.repeat(65)])('an id that is none, %s, reads nothing', async (id) => {
    expect((await handler(get(id))).statusCode).toBe(405);
    expect(aws.calls).toEqual([]);
  });
});

describe('bad requests', () => {
  const cases: [string, unknown, number, string][] = [
    ['no JSON', '{"input":', 400, 'the body must be JSON in UTF-8: '],
    ['no body', '', 400, 'the body must be JSON in UTF-8: '],
    ['a list', '[]', 400, 'the body must be a JSON object'],
    ['null', 'null', 400, 'the body must be a JSON object'],
    ['no input', {}, 400, 'the field "input" is required'],
    [
      'an unknown field',
      { input: 'x', userId: 'victim' },
      400,
      'unknown field "userId"; known are "input", "attachments", "capabilities", "deadlineMs", "override"',
    ],
    ['attachments that are no list', { input: 'x', attachments: 3 }, 400, '"attachments" must be a list'],
    ['capabilities that are no names', { input: 'x', capabilities: [1] }, 400, '"capabilities" must be a list of names'],
    ['a deadline of 0', { input: 'x', deadlineMs: 0 }, 400, '"deadlineMs" must be a number of milliseconds above 0, got 0'],
    [
      'an unknown override',
      { input: 'x', override: 'sentiment' },
      400,
      '"override" names no target that may be asked for: "sentiment"; allowed are "workers"',
    ],
    [
      'an override that is an object',
      { input: 'x', override: {} },
      400,
      '"override" names no target that may be asked for: {}; allowed are "workers"',
    ],
  ];
  test.each(cases)('%s', async (_what, body, statusCode, message) => {
    const answer = await handler(post(body));
    expect(answer.statusCode).toBe(statusCode);
    expect(bodyOf(answer).message).toContain(message);
    expect(aws.calls).toEqual([]);
  });

  test('bytes that are no UTF-8', async () => {
    const answer = await handler({ ...post(''), body: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), isBase64Encoded: true });
    expect(answer.statusCode).toBe(400);
  });

  test('a body over the limit', async () => {
    const answer = await handler(post({ input: 'x'.repeat(5 * 1_024 * 1_024) }));
    expect(answer.statusCode).toBe(413);
    expect(bodyOf(answer).message).toMatch(/^the body must be at most 5242880 bytes, got 5242\d+; put large input into S3$/);
  });

  test.each([
    [250 * 1_024 - 2, 202],
    [250 * 1_024, 202],
    [250 * 1_024 + 1, 413],
  ])('input of %i bytes for a queue', async (bytes, statusCode) => {
    expect((await handler(post({ input: 'x'.repeat(bytes), override: 'workers' }))).statusCode).toBe(statusCode);
  });

  test.each([
    ['nobody', { ...post({ input: 'x' }), requestContext: { http: { method: 'POST' } } }, 401],
    ['nobody, whatever the body says', { ...post({ input: 'x', userId: 'ines' }), requestContext: { http: { method: 'POST' } } }, 401],
    ['another method', { ...post(''), requestContext: { http: { method: 'DELETE' }, ...as('ines') } }, 405],
    ['an idempotency key that is too long', post({ input: 'x' }, { headers: { 'idempotency-key': 'k'.repeat(129) } }), 400],
    ['no event', null, 400],
    ['a string', 'event', 400],
    ['a target that is not there', post({ input: 'x', capabilities: ['lost'] }), 500],
  ])('from %s', async (_what, event, statusCode) => {
    expect((await handler(event)).statusCode).toBe(statusCode);
    expect(aws.calls).toEqual([]);
  });
});

test('answers events of a REST API too, base64 included', async () => {
  const answer = await handler({
    httpMethod: 'POST',
    path: '/',
    headers: {},
    body: Buffer.from('{"input":"Grüße"}').toString('base64'),
    isBase64Encoded: true,
    requestContext: { authorizer: { claims: { sub: 'ines' } } },
  });
  expect(answer.statusCode).toBe(200);
  expect(aws.of('Invoke')[0]!['event']).toBe('Grüße');
});

test('every decision is logged with its rule and features, and without the input', async () => {
  await handler(post({ input: 'private words' }));
  expect(logged).toContainEqual(
    expect.objectContaining({
      message: 'routed',
      target: 'sentiment',
      rule: 'default',
      bytes: 13,
      estimatedTokens: 2,
      tenant: 'acme',
      responseId: expect.any(String),
    }),
  );
  expect(JSON.stringify(logged)).not.toContain('private words');
});

test('size and tokens are measured, so that a caller cannot talk its way to a target', async () => {
  await handler(post({ input: 'many words here '.repeat(60) }));
  expect(aws.operations[0]).toBe('SendMessage');
});

test('nothing of the SDK is loaded by importing the handler', () => {
  jest.resetModules();
  const clients = ['lambda', 'sfn', 'sqs', 'ecs', 's3', 'secrets-manager'].map((name) => `@aws-sdk/client-${name}`);
  for (const name of clients) {
    jest.doMock(name, () => {
      throw new Error('loaded');
    });
  }
  expect(load).not.toThrow();
  for (const name of clients) jest.dontMock(name);
});
