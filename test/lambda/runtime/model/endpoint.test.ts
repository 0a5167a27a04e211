import type { ModelEvent, ModelRequest } from '../../../../lambda/runtime/model/converse';
import { AWS, json, Loopback, type Respond } from '../../http/loopback';

const ask: ModelRequest = { messages: [{ role: 'user', content: 'Hello?' }], system: 'Be brief.', maxTokens: 50 };
let endpoint: Loopback;
let secrets: Loopback;
let keys: string[];

async function model(respond: Respond): Promise<typeof import('../../../../lambda/runtime/model/converse')> {
  endpoint = await new Loopback(respond).start();
  secrets = await new Loopback((_request, response) =>
    json(response, 200, { SecretString: keys.length > 1 ? keys.shift() : keys[0] }),
  ).start();
  Object.assign(process.env, AWS, {
    MODEL_ID: 'small-model',
    MODEL_ENDPOINT: `${endpoint.url}/v1/`,
    MODEL_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:key',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
  });
  jest.resetModules();
  return require('../../../../lambda/runtime/model/converse');
}

async function collect(events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const completion = { choices: [{ message: { content: 'Hi.' }, finish_reason: 'stop' }], usage: { prompt_tokens: 5, completion_tokens: 2 } };
const piece = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
const end = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'length' }], usage: completion.usage })}\n\ndata: [DONE]\n\n`;

const sse =
  (...chunks: (string | Buffer)[]): Respond =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of chunks) response.write(chunk);
    response.end();
  };

beforeEach(() => {
  keys = ['sk-one'];
});
afterEach(async () => {
  delete process.env['MODEL_ENDPOINT'];
  await Promise.all([endpoint.stop(), secrets.stop()]);
});

test('speaks chat completions, with the key from the secret, read once', async () => {
  const { converse } = await model((_request, response) => json(response, 200, completion));
  await converse(ask);
  expect(await converse(ask)).toEqual({
    text: 'Hi.',
    content: [{ text: 'Hi.' }],
    stopReason: 'end_turn',
    usage: { inputTokens: 5, outputTokens: 2 },
  });
  expect(endpoint.received[1]).toMatchObject({ path: '/v1/chat/completions', headers: { authorization: 'Bearer sk-one' } });
  expect(JSON.parse(endpoint.received[1]!.body)).toEqual({
    model: 'small-model',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello?' },
    ],
    max_tokens: 50,
  });
  expect(secrets.received).toHaveLength(1);
});

test('a secret made in the console as JSON gives its apiKey', async () => {
  keys = ['{"apiKey":"sk-json"}'];
  const { converse } = await model((_request, response) => json(response, 200, completion));
  await converse(ask);
  expect(endpoint.received[0]!.headers.authorization).toBe('Bearer sk-json');
});

test('a rotated key is read again once, not for ever', async () => {
  keys = ['sk-old', 'sk-new'];
  const { converse } = await model((request, response) =>
    request.headers.authorization === 'Bearer sk-new' ? json(response, 200, completion) : json(response, 401, { error: 'bad key' }),
  );
  expect((await converse(ask)).text).toBe('Hi.');
  keys = ['sk-wrong'];
  endpoint.respond = (_request, response) => json(response, 401, { error: 'bad key' });
  await expect(converse(ask)).rejects.toMatchObject({ name: 'Model.Refused', message: 'the model endpoint answered 401' });
  expect(endpoint.received).toHaveLength(4);
});

test('streams, however the bytes are cut, and across a character that is split', async () => {
  const bytes = Buffer.from(piece('Grüße ') + piece('🌍') + end);
  const cut = Array.from(bytes, (byte) => Buffer.from([byte]));
  const { converseStream } = await model(sse(...cut));
  expect(await collect(converseStream(ask))).toEqual([
    { type: 'text', text: 'Grüße ' },
    { type: 'text', text: '🌍' },
    { type: 'end', stopReason: 'max_tokens', usage: { inputTokens: 5, outputTokens: 2 } },
  ]);
});

test('takes carriage returns, comments and other fields as the format allows', async () => {
  const { converseStream } = await model(sse(': hello\r\n\r\nevent: x\r\n', piece('Hi').replaceAll('\n', '\r\n'), end));
  expect((await collect(converseStream(ask)))[0]).toEqual({ type: 'text', text: 'Hi' });
});

test.each<[string, Respond, object]>([
  ['429', (_q, response) => json(response, 429, {}, { 'retry-after': '12' }), { name: 'Model.Throttled', retryAfter: 12, retryable: true }],
  ['500', (_q, response) => json(response, 500, {}), { name: 'Model.Unavailable', retryable: true }],
  [
    '400',
    (_q, response) => json(response, 400, { error: 'sk-one is in here' }),
    { name: 'Model.Refused', message: 'the model endpoint answered 400' },
  ],
  ['a closed connection', (_q, response) => void response.destroy(), { name: 'Model.Unavailable' }],
  ['silence', () => undefined, { name: 'Model.Unavailable', message: 'the model sent nothing for 2000 ms' }],
])('%s', async (_what, respond, expected) => {
  const { converse, converseStream } = await model(respond);
  await expect(converse({ ...ask, silenceMs: 2_000 })).rejects.toMatchObject(expected);
  await expect(collect(converseStream({ ...ask, silenceMs: 2_000 }))).rejects.toMatchObject(expected);
});

test('a date in Retry-After becomes seconds', async () => {
  const { converse } = await model((_q, response) =>
    json(response, 429, {}, { 'retry-after': new Date(Date.now() + 30_000).toUTCString() }),
  );
  const error = (await converse(ask).catch((thrown) => thrown)) as { retryAfter: number };
  expect(error.retryAfter).toBeGreaterThan(25);
  expect(error.retryAfter).toBeLessThanOrEqual(30);
});

test.each([
  ['HTML', '<html>busy</html>'],
  ['half a document', '{"choices":[{"mess'],
])('%s instead of an answer is an unavailable model', async (_what, body) => {
  const { converse } = await model((_q, response) => {
    response.writeHead(200);
    response.end(body);
  });
  await expect(converse(ask)).rejects.toMatchObject({ name: 'Model.Unavailable', message: expect.stringContaining('not JSON') });
});

test('an answer that breaks off is an error, never a shorter answer', async () => {
  const { converseStream } = await model(sse(piece('Hi')));
  await expect(collect(converseStream(ask))).rejects.toMatchObject({ message: 'the model endpoint ended its answer in the middle' });
});

test('a secret that cannot be read is told by its ARN, and read again at the next call', async () => {
  const { converse } = await model((_request, response) => json(response, 200, completion));
  secrets.respond = (_q, response) => json(response, 400, { __type: 'AccessDeniedException', Message: 'no' });
  await expect(converse(ask)).rejects.toThrow(/cannot read secret arn:aws:secretsmanager/);
  secrets.respond = (_q, response) => json(response, 200, { SecretString: 'sk-one' });
  expect((await converse(ask)).text).toBe('Hi.');
});

test('the key is never logged', async () => {
  const written: string[] = [];
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
    jest.spyOn(console, level).mockImplementation((...args: unknown[]) => void written.push(args.map(String).join(' '))),
  );
  const { converse } = await model((_q, response) => json(response, 400, { error: 'sk-one' }));
  const error = await converse(ask).catch((thrown: Error) => thrown);
  for (const spy of spies) spy.mockRestore();
  expect(JSON.stringify([written, (error as Error).message, (error as Error).stack])).not.toContain('sk-one');
});
