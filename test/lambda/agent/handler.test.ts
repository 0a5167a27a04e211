import { PassThrough } from 'node:stream';
import { answerEvents, streamEvent, streamException } from '../http/event-stream';
import { json, type Respond } from '../http/loopback';
import { AgentBench } from './agent-bench';

const bench = new AgentBench();
let errors: string[];

const says =
  (...pieces: string[]): Respond =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    for (const message of answerEvents(...pieces)) response.write(message);
    response.end();
  };
const asked = (i = -1) => JSON.parse(bench.model.received.at(i)!.body).messages;
const user = (text: string) => ({ role: 'user', content: [{ text }] });
const assistant = (text: string) => ({ role: 'assistant', content: [{ text }] });

beforeAll(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
  bench.respond = says('ready');
  await bench.start();
});
afterAll(() => bench.stop());
beforeEach(() => {
  errors = [];
  jest.spyOn(console, 'error').mockImplementation((line) => void errors.push(String(line)));
  jest.spyOn(console, 'info').mockImplementation(() => {});
  bench.respond = says('Hi', ' there.');
  bench.model.received.length = 0;
});
afterEach(() => void jest.restoreAllMocks());

describe('a turn', () => {
  test('is streamed piece by piece, stored, and then told done', async () => {
    const answer = await bench.chat('c-1', 'Hello?');
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
    expect(answer.events).toEqual([
      { event: 'text', data: { text: 'Hi' } },
      { event: 'text', data: { text: ' there.' } },
      {
        event: 'done',
        data: { stopReason: 'end_turn', usage: { inputTokens: 7, outputTokens: 2 }, memory: { stored: true, degraded: false } },
      },
    ]);
  });

  test('knows the turns before it, of this user and this conversation alone', async () => {
    await bench.chat('c-2', 'My name is Ines.');
    await bench.chat('c-other', 'Something else.');
    await bench.chat('c-2', 'I am another user.', { user: 'eve' });
    expect(asked()).toEqual([user('I am another user.')]);
    await bench.chat('c-2', 'What is my name?');
    expect(asked()).toEqual([user('My name is Ines.'), assistant('Hi there.'), user('What is my name?')]);
  });

  test('concurrent turns of one conversation are all kept, each whole', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((message) => bench.chat('c-3', message)));
    await bench.chat('c-3', 'end');
    const messages = asked() as { role: string; content: { text: string }[] }[];
    expect(messages.map((message) => message.role)).toEqual([
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
    ]);
    expect(
      messages
        .filter((_, i) => i % 2 === 0)
        .map((message) => message.content[0]!.text)
        .sort(),
    ).toEqual(['a', 'b', 'c', 'd', 'end']);
  });

  test('line breaks and other marks in the answer stay inside one event', async () => {
    bench.respond = says('a\n\nevent: done\ndata: {}\n\n', '\u2028é🌍');
    expect((await bench.chat('c-4', 'x')).events.map(({ event, data }) => [event, data['text']])).toEqual([
      ['text', 'a\n\nevent: done\ndata: {}\n\n'],
      ['text', '\u2028é🌍'],
      ['done', undefined],
    ]);
  });

  test('without any text is not stored: an empty message would spoil the conversation', async () => {
    bench.respond = says();
    expect((await bench.chat('c-5', 'x')).events.at(-1)).toMatchObject({ event: 'done', data: { memory: { stored: false } } });
    bench.respond = says('now');
    await bench.chat('c-5', 'y');
    expect(asked()).toEqual([user('y')]);
  });
});

describe('a turn with a name', () => {
  const turnId = 'turn-1';

  test('that is sent again is answered as it was, without the model and without a second place in the conversation', async () => {
    const first = await bench.chat('c-named', 'Hello?', { turnId });
    const again = await bench.chat('c-named', 'Hello?', { turnId });
    expect(bench.model.received).toHaveLength(1);
    expect(again.events).toEqual([
      { event: 'text', data: { text: 'Hi there.' } },
      { event: 'done', data: { stopReason: 'end_turn', repeated: true, memory: { stored: true, degraded: false } } },
    ]);
    expect(first.events.at(-1)).toMatchObject({ event: 'done' });
    await bench.chat('c-named', 'And now?', { turnId: 'turn-2' });
    expect(asked()).toEqual([user('Hello?'), assistant('Hi there.'), user('And now?')]);
  });

  test('belongs to its message', async () => {
    await bench.chat('c-taken', 'Hello?', { turnId });
    expect((await bench.chat('c-taken', 'Something else', { turnId })).events).toEqual([
      { event: 'error', data: expect.objectContaining({ name: 'Agent.TurnTaken', retryable: false }) },
    ]);
    expect(bench.model.received).toHaveLength(1);
  });

  test.each([[''], ['x'.repeat(129)], [7]])('named %j is refused', async (name) => {
    const answer = await bench.chat('c-bad', 'Hello?', { turnId: name as string });
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('"turnId\\" must be a text of 1 to 128 characters')]);
  });
});

describe('a memory that is down', () => {
  const endpoint = () => process.env['AWS_ENDPOINT_URL_DYNAMODB'];
  let kept: string | undefined;
  beforeEach(() => {
    kept = endpoint();
    process.env['AWS_ENDPOINT_URL_DYNAMODB'] = 'http://127.0.0.1:1';
    bench.load();
  });
  afterEach(() => {
    process.env['AWS_ENDPOINT_URL_DYNAMODB'] = kept;
    bench.load();
  });

  test('does not keep the agent from answering, and the user is told twice', async () => {
    const { events } = await bench.chat('c-6', 'Hello?');
    expect(events.map(({ event }) => event)).toEqual(['memory', 'text', 'text', 'done']);
    expect(events[0]!.data).toEqual({ degraded: true, message: 'earlier messages cannot be read at the moment' });
    expect(events.at(-1)!.data['memory']).toEqual({ stored: false, degraded: true });
    expect(errors.some((line) => line.includes('the turn is not stored'))).toBe(true);
  });
});

describe('the model', () => {
  test('that throttles once is asked again before anything was shown', async () => {
    const second = says('Hi');
    bench.respond = (request, response) => {
      if (bench.model.received.length === 1) json(response, 429, { message: 'slow' }, { 'x-amzn-errortype': 'ThrottlingException' });
      else second(request, response);
    };
    expect((await bench.chat('c-7', 'x')).events.map(({ event }) => event)).toEqual(['text', 'done']);
  });

  test('that goes on throttling is told as an event, three calls later, and nothing is stored', async () => {
    bench.respond = (_request, response) => json(response, 429, { message: 'slow' }, { 'x-amzn-errortype': 'ThrottlingException' });
    expect((await bench.chat('c-8', 'x')).events).toEqual([
      {
        event: 'error',
        data: { name: 'Model.Throttled', message: 'the model could not answer', retryable: true, memory: { stored: false } },
      },
    ]);
    expect(bench.model.received).toHaveLength(3);
    bench.respond = says('now');
    await bench.chat('c-8', 'y');
    expect(asked()).toEqual([user('y')]);
  });

  test('that asks for a long wait is not waited for; the client learns how long', async () => {
    bench.respond = (_request, response) =>
      json(response, 429, { message: 'slow' }, { 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '60' });
    expect((await bench.chat('c-9', 'x')).events[0]).toMatchObject({ event: 'error', data: { retryAfter: 60 } });
    expect(bench.model.received).toHaveLength(1);
  });

  test('that breaks off in the middle is not asked again: the client would see the beginning twice', async () => {
    bench.respond = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      response.write(streamEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Half' } }));
      response.end(streamException('modelStreamErrorException', 'secret detail'));
    };
    const { events, body } = await bench.chat('c-10', 'x');
    expect(events.map(({ event }) => event)).toEqual(['text', 'error']);
    expect(events[1]!.data).toMatchObject({ name: 'Model.Unavailable', retryable: true, memory: { stored: false } });
    expect(bench.model.received).toHaveLength(1);
    expect(body).not.toContain('secret detail');
  });

  test('that refuses is told as not worth another try', async () => {
    bench.respond = (_request, response) => json(response, 403, { message: 'no access' }, { 'x-amzn-errortype': 'AccessDeniedException' });
    expect((await bench.chat('c-11', 'x')).events[0]).toMatchObject({ data: { name: 'Model.Refused', retryable: false } });
    expect(bench.model.received).toHaveLength(1);
  });

  test('that is still talking when the invocation ends is cut off in time, with an event', async () => {
    bench.respond = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      response.write(streamEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Well' } }));
    };
    const start = performance.now();
    const { events } = await bench.chat('c-12', 'x', { context: { getRemainingTimeInMillis: () => 4_500 } });
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(events).toEqual([
      { event: 'text', data: { text: 'Well' } },
      { event: 'error', data: { name: 'Agent.Failed', message: 'the answer took too long', retryable: true, memory: { stored: false } } },
    ]);
  });
});

describe('a client that leaves', () => {
  test('ends the model call; nothing is stored and nothing is thrown', async () => {
    let ended = false;
    bench.respond = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      response.write(streamEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Well' } }));
      response.on('close', () => {
        ended = true;
      });
    };
    const stream = new PassThrough();
    setTimeout(() => stream.destroy(), 300);
    await bench.chat('c-13', 'x', { stream });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(ended).toBe(true);
    bench.respond = says('now');
    await bench.chat('c-13', 'y');
    expect(asked()).toEqual([user('y')]);
  });

  test('one whose connection breaks with an error is the same', async () => {
    bench.respond = (_request, response) =>
      void response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' }).flushHeaders();
    const stream = new PassThrough();
    setTimeout(() => stream.destroy(new Error('EPIPE')), 200);
    await expect(bench.chat('c-14', 'x', { stream })).resolves.toBeDefined();
  });

  test('one that reads slowly slows the agent down instead of filling its memory', async () => {
    const piece = 'x'.repeat(10_000);
    bench.respond = says(...Array<string>(20).fill(piece));
    const stream = new PassThrough({ highWaterMark: 1_000 });
    const { events } = await bench.chat('c-15', 'x', { stream });
    expect(events.filter(({ event }) => event === 'text')).toHaveLength(20);
  });
});

describe('bad requests', () => {
  const large = 'x'.repeat(64 * 1_024 - 1);
  test.each<[string, unknown, number, string]>([
    ['no JSON', '{', 400, 'the body must be JSON in UTF-8: '],
    ['no body', '', 400, 'the body must be JSON in UTF-8: '],
    ['a list', '[]', 400, 'the body must be a JSON object'],
    ['no message', { conversationId: 'c' }, 400, '"message" must be a text that is not empty'],
    ['an empty message', { conversationId: 'c', message: '  ' }, 400, '"message" must be a text that is not empty'],
    ['an object as message', { conversationId: 'c', message: {} }, 400, '"message" must be a text that is not empty'],
    ['no conversation', { message: 'x' }, 400, 'conversationId must have 1 to 128 characters, got undefined'],
    [
      'a long conversation id',
      { conversationId: 'c'.repeat(129), message: 'x' },
      400,
      'conversationId must have 1 to 128 characters, got 129',
    ],
    ['a message over the limit', { conversationId: 'c', message: large }, 400, 'content must be at most 65536 bytes, got 65537'],
    ['a user in the body', { conversationId: 'c', message: 'x', userId: 'victim' }, 400, 'unknown field "userId"'],
    ['a huge body', { conversationId: 'c', message: 'x'.repeat(500_000) }, 413, 'the body must be at most 394240 bytes, got 5000'],
  ])('%s', async (_what, body, status, message) => {
    const answer = await bench.invoke(bench.event(body));
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(answer.body).message).toContain(message);
    expect(bench.model.received).toEqual([]);
  });

  test('nobody', async () => {
    const event = { ...bench.event({ conversationId: 'c', message: 'x' }), requestContext: {} };
    expect((await bench.invoke(event)).status).toBe(401);
  });

  test.each([null, 'x', [], { httpMethod: 7 }])('the event %j', async (event) => {
    expect((await bench.invoke(event)).status).toBe(400);
  });
});

test('a keep-warm ping is answered before any of this', async () => {
  const { body, status } = await bench.invoke({ keepWarm: { id: 'p', holdUntil: 0 } });
  expect(JSON.parse(body)).toMatchObject({ environmentId: expect.any(String), ready: true });
  expect(status).toBe(0);
  expect(bench.model.received).toEqual([]);
});
