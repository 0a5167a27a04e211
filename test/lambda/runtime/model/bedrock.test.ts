import type { ModelEvent, ModelRequest } from '../../../../lambda/runtime/model/converse';
import { answerEvents, streamEvent, streamException } from '../../http/event-stream';
import { AWS, json, Loopback, type Respond } from '../../http/loopback';

const ask: ModelRequest = { messages: [{ role: 'user', content: 'Hello?' }], system: 'Be brief.', maxTokens: 50 };
let double: Loopback;

async function model(respond: Respond): Promise<typeof import('../../../../lambda/runtime/model/converse')> {
  double = await new Loopback(respond).start();
  delete process.env['MODEL_ENDPOINT'];
  Object.assign(process.env, AWS, { MODEL_ID: 'eu.amazon.nova-lite-v1:0', AWS_ENDPOINT_URL_BEDROCK_RUNTIME: double.url });
  jest.resetModules();
  return require('../../../../lambda/runtime/model/converse');
}

const stream =
  (...messages: Buffer[]): Respond =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    for (const message of messages) response.write(message);
    response.end();
  };

async function collect(events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

afterEach(() => double.stop());

test('sends one Converse request and reads its answer', async () => {
  const { converse } = await model((_request, response) =>
    json(response, 200, {
      output: { message: { role: 'assistant', content: [{ text: 'Hi ' }, { text: 'there.' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 9, outputTokens: 3, totalTokens: 12 },
    }),
  );
  expect(await converse(ask)).toEqual({
    text: 'Hi there.',
    content: [{ text: 'Hi ' }, { text: 'there.' }],
    stopReason: 'end_turn',
    usage: { inputTokens: 9, outputTokens: 3 },
  });
  expect(double.received).toHaveLength(1);
  expect(decodeURIComponent(double.received[0]!.path)).toBe('/model/eu.amazon.nova-lite-v1:0/converse');
  expect(JSON.parse(double.received[0]!.body)).toEqual({
    messages: [{ role: 'user', content: [{ text: 'Hello?' }] }],
    system: [{ text: 'Be brief.' }],
    inferenceConfig: { maxTokens: 50 },
  });
});

test('streams the pieces as they come, then the end', async () => {
  const { converseStream } = await model(stream(...answerEvents('Hi', ' there.')));
  expect(await collect(converseStream(ask))).toEqual([
    { type: 'text', text: 'Hi' },
    { type: 'text', text: ' there.' },
    { type: 'end', stopReason: 'end_turn', usage: { inputTokens: 7, outputTokens: 2 } },
  ]);
});

test.each([
  [429, 'ThrottlingException', 'Model.Throttled', true],
  [429, 'ModelNotReadyException', 'Model.Throttled', true],
  [503, 'ServiceUnavailableException', 'Model.Unavailable', true],
  [500, 'InternalServerException', 'Model.Unavailable', true],
  [408, 'ModelTimeoutException', 'Model.Unavailable', true],
  [424, 'ModelErrorException', 'Model.Unavailable', true],
  [400, 'ValidationException', 'Model.Refused', false],
  [403, 'AccessDeniedException', 'Model.Refused', false],
  [404, 'ResourceNotFoundException', 'Model.Refused', false],
])('%i %s is %s, after one request', async (status, type, name, retryable) => {
  const { converse, converseStream } = await model((_request, response) =>
    json(response, status, { message: 'no' }, { 'x-amzn-errortype': type }),
  );
  await expect(converse(ask)).rejects.toMatchObject({ name, retryable, message: expect.stringContaining(type) });
  await expect(collect(converseStream(ask))).rejects.toMatchObject({ name });
  expect(double.received).toHaveLength(2);
});

test('tells how long to wait when Bedrock says it', async () => {
  const { converse } = await model((_request, response) =>
    json(response, 429, { message: 'slow down' }, { 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '7' }),
  );
  await expect(converse(ask)).rejects.toMatchObject({ name: 'Model.Throttled', retryAfter: 7 });
});

test.each([
  ['throttlingException', 'Model.Throttled'],
  ['modelStreamErrorException', 'Model.Unavailable'],
  ['internalServerException', 'Model.Unavailable'],
  ['validationException', 'Model.Refused'],
])('%s inside a stream is %s, after the pieces that came', async (type, name) => {
  const { converseStream } = await model(
    stream(streamEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hi' } }), streamException(type, 'broken')),
  );
  const pieces: string[] = [];
  const reading = (async () => {
    for await (const event of converseStream(ask)) if (event.type === 'text') pieces.push(event.text);
  })();
  await expect(reading).rejects.toMatchObject({ name });
  expect(pieces).toEqual(['Hi']);
});

test('an answer that breaks off is an error, never a shorter answer', async () => {
  const { converseStream } = await model(stream(...answerEvents('Hi').slice(0, 2)));
  await expect(collect(converseStream(ask))).rejects.toMatchObject({
    name: 'Model.Unavailable',
    message: 'the model ended its answer in the middle',
  });
});

test('silence is an unavailable model', async () => {
  const { converse, converseStream } = await model(() => undefined);
  const expected = { name: 'Model.Unavailable', message: 'the model sent nothing for 1000 ms' };
  await expect(converse({ ...ask, silenceMs: 1_000 })).rejects.toMatchObject(expected);
  await expect(collect(converseStream({ ...ask, silenceMs: 1_000 }))).rejects.toMatchObject(expected);
});

test("a caller's abort ends the call with the caller's reason", async () => {
  const { converseStream } = await model(() => undefined);
  const gone = new AbortController();
  const reading = collect(converseStream({ ...ask, signal: gone.signal }));
  setTimeout(() => gone.abort(new Error('the client left')), 50);
  await expect(reading).rejects.toThrow('the client left');
});

test('nothing of the SDK is loaded before the first call', () => {
  jest.resetModules();
  jest.doMock('@aws-sdk/client-bedrock-runtime', () => {
    throw new Error('loaded');
  });
  expect(() => require('../../../../lambda/runtime/model/converse')).not.toThrow();
  jest.dontMock('@aws-sdk/client-bedrock-runtime');
});
