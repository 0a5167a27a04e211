import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Gateway } from '../../../../lib/local/gateway/gateway';
import type { ModelCall } from '../../../../lib/local/model/bedrock-runtime';
import { startModel } from '../../../../lib/local/model/model-service';
import { gatewayOver, type TestGateway } from '../services/test-gateway';

const FACT = 'The gate of Ulm is made of oak.';
const QUESTION = `<document name="gate.md">${FACT} The keys are lost.</document>\n\nQuestion: What is the gate of Ulm made of?`;
const user = (text: string) => [{ role: 'user' as const, content: [{ text }] }];

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function clientOver(options: Parameters<typeof startModel>[0] = {}): Promise<BedrockRuntimeClient> {
  const gateway: TestGateway = await gatewayOver(await startModel(options));
  const client = new BedrockRuntimeClient({ ...gateway.client, maxAttempts: 1, requestHandler: new NodeHttpHandler() });
  closing.push(
    () => client.destroy(),
    () => gateway.close(),
  );
  return client;
}

async function streamed(client: BedrockRuntimeClient, text: string) {
  const { stream } = await client.send(new ConverseStreamCommand({ modelId: 'm', messages: user(text) }));
  const events = [];
  for await (const event of stream ?? []) events.push(event);
  return events;
}

test('Converse answers with text, reason, usage and latency, and says what answered', async () => {
  const client = await clientOver();
  const answer = await client.send(
    new ConverseCommand({ modelId: 'us.anthropic.claude:0/x', messages: user(QUESTION), system: [{ text: 'Be brief.' }] }),
  );
  expect(answer.output?.message).toEqual({ role: 'assistant', content: [{ text: `${FACT} [gate.md]` }] });
  expect(answer).toMatchObject({
    stopReason: 'end_turn',
    additionalModelResponseFields: { model: 'local extractive model', tokenCounts: expect.stringContaining('estimated') },
  });
  expect(answer.usage).toMatchObject({ outputTokens: 11, totalTokens: answer.usage!.inputTokens! + 11 });
  expect(answer.metrics?.latencyMs).toBeGreaterThan(0);
});

test('ConverseStream frames the same answer as events', async () => {
  const events = await streamed(await clientOver(), QUESTION);
  expect(events.map((event) => Object.keys(event)[0])).toEqual([
    'messageStart',
    'contentBlockDelta',
    'contentBlockStop',
    'messageStop',
    'metadata',
  ]);
  expect(events[1]).toEqual({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: `${FACT} [gate.md]` } } });
  expect(events[4]).toMatchObject({ metadata: { usage: { outputTokens: 11 }, metrics: { latencyMs: expect.any(Number) } } });
});

test('a client as it comes, which speaks HTTP/2, is answered through the gateway', async () => {
  const gateway = new Gateway();
  await gateway.start();
  (await startModel()).register(gateway);
  const client = new BedrockRuntimeClient({
    endpoint: gateway.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
  });
  closing.push(
    () => client.destroy(),
    () => gateway.close(),
  );
  const answer = await client.send(new ConverseCommand({ modelId: 'm', messages: user(QUESTION) }));
  expect(answer.output?.message?.content).toEqual([{ text: `${FACT} [gate.md]` }]);
  expect(await streamed(client, QUESTION)).toHaveLength(5);
  expect(gateway.calls.map(({ operation }) => operation)).toEqual(['Converse', 'ConverseStream']);
});

test('throttling answers as Bedrock does, for the calls chosen', async () => {
  const calls: ModelCall[] = [];
  const client = await clientOver({
    throttle: (call) => {
      calls.push(call);
      return call.index < 2;
    },
  });
  const send = () => client.send(new ConverseCommand({ modelId: 'm', messages: user(QUESTION) }));
  await expect(send()).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 429 } });
  await expect(client.send(new ConverseStreamCommand({ modelId: 'n', messages: user(QUESTION) }))).rejects.toMatchObject({
    name: 'ThrottlingException',
  });
  expect((await send()).stopReason).toBe('end_turn');
  expect(calls).toEqual([
    { modelId: 'm', operation: 'Converse', index: 0 },
    { modelId: 'n', operation: 'ConverseStream', index: 1 },
    { modelId: 'm', operation: 'Converse', index: 2 },
  ]);
});

test('fails by name for what it does not answer', async () => {
  const client = await clientOver();
  await expect(client.send(new InvokeModelCommand({ modelId: 'm', body: '{}' }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'the local run answers Converse and ConverseStream, not InvokeModel',
  });
});

test.each([
  ['no message', [], 'messages must hold at least one message'],
  ['an assistant first', [{ role: 'assistant', content: [{ text: 'x' }] }], 'a conversation must start with a user message'],
  ['two users in a row', [...user('a'), ...user('b')], 'roles must alternate between user and assistant, but messages.1 repeats user'],
  ['blank text', user('  '), 'the text of messages.0 is blank'],
  [
    'an unknown role',
    [...user('a'), { role: 'system', content: [{ text: 'x' }] }],
    'messages.1.role must be user or assistant, got "system"',
  ],
])('fails when the conversation has %s', async (_name, messages, message) => {
  const client = await clientOver();
  await expect(client.send(new ConverseCommand({ modelId: 'm', messages: messages as never }))).rejects.toMatchObject({
    name: 'ValidationException',
    message,
  });
});

interface Asked {
  readonly path: string;
  readonly body: { messages: unknown[]; [key: string]: unknown };
}

/** A chat-completions server that answers what it is told to. */
async function chatServer(answer: {
  status?: number;
  type?: string;
  chunks: readonly string[];
}): Promise<{ url: string; asked: Asked[]; server: Server }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', async () => {
      asked.push({ path: request.url ?? '', body: JSON.parse(text) });
      response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'text/event-stream' });
      for (const chunk of answer.chunks) {
        response.write(chunk);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, server };
}

const delta = (content: string, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: finish }] })}\n\n`;

test('a model URL is asked with the conversation and its settings, and its pieces are streamed on', async () => {
  const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 11, completion_tokens: 2 } })}\n\ndata: [DONE]\n\n`;
  // One event is cut in two on its way.
  const { url, asked } = await chatServer({
    chunks: [delta('Hel'), delta('lo').slice(0, 20), delta('lo').slice(20), delta('', 'length'), usage],
  });
  const client = await clientOver({ modelUrl: url });
  const { stream } = await client.send(
    new ConverseStreamCommand({
      modelId: 'llama',
      messages: [
        ...user('Hi'),
        { role: 'assistant', content: [{ text: 'Yes?' }] },
        { role: 'user', content: [{ text: 'Read' }, { document: { name: 'd', format: 'txt', source: { bytes: Buffer.from('text') } } }] },
      ],
      system: [{ text: 'Be kind.' }],
      inferenceConfig: { maxTokens: 5, temperature: 0.5, topP: 0.9, stopSequences: ['END'] },
    }),
  );
  const events = [];
  for await (const event of stream ?? []) events.push(event);
  expect(events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? [])).toEqual(['Hel', 'lo']);
  expect(events.at(-2)).toMatchObject({ messageStop: { stopReason: 'max_tokens' } });
  expect(events.at(-1)).toMatchObject({ metadata: { usage: { inputTokens: 11, outputTokens: 2, totalTokens: 13 } } });
  expect(asked[0]?.path).toBe('/v1/chat/completions');
  expect(asked[0]?.body).toMatchObject({
    model: 'llama',
    max_tokens: 5,
    temperature: 0.5,
    top_p: 0.9,
    stop: ['END'],
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Yes?' },
      { role: 'user', content: 'Read\n\n<document name="d">\ntext\n</document>' },
    ],
  });
});

test('tools travel there and tool calls travel back', async () => {
  const call = (part: object) =>
    `data: ${JSON.stringify({ choices: [{ delta: { tool_calls: [{ index: 0, ...part }] }, finish_reason: null }] })}\n\n`;
  const end = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'tool_calls' }] })}\n\n`;
  const { url, asked } = await chatServer({
    chunks: [call({ id: 'c1', function: { name: 'add', arguments: '{"a":' } }), call({ function: { arguments: '1}' } }), end],
  });
  const client = await clientOver({ modelUrl: `${url}/v1/`, modelName: 'given' });
  const toolConfig = { tools: [{ toolSpec: { name: 'add', description: 'adds', inputSchema: { json: { type: 'object' } } } }] };
  const first = await client.send(new ConverseCommand({ modelId: 'm', messages: user('1?'), toolConfig }));
  expect(first).toMatchObject({
    stopReason: 'tool_use',
    output: { message: { content: [{ toolUse: { toolUseId: 'c1', name: 'add', input: { a: 1 } } }] } },
    additionalModelResponseFields: { tokenCounts: 'estimated, four characters a token' },
  });
  expect(asked[0]?.body).toMatchObject({
    model: 'given',
    tools: [{ type: 'function', function: { name: 'add', description: 'adds', parameters: { type: 'object' } } }],
  });
  await client.send(
    new ConverseCommand({
      modelId: 'm',
      messages: [
        ...user('1?'),
        first.output!.message!,
        { role: 'user', content: [{ toolResult: { toolUseId: 'c1', content: [{ text: '2' }] } }] },
      ],
      toolConfig,
    }),
  );
  expect(asked[1]?.body.messages.slice(1)).toEqual([
    { role: 'assistant', content: '', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'add', arguments: '{"a":1}' } }] },
    { role: 'tool', tool_call_id: 'c1', content: '2' },
  ]);
});

test('a server that does not stream is understood as well', async () => {
  const whole = JSON.stringify({
    choices: [{ message: { content: 'All at once.' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 3 },
  });
  const { url } = await chatServer({ type: 'application/json', chunks: [whole] });
  const answer = await (await clientOver({ modelUrl: url })).send(new ConverseCommand({ modelId: 'm', messages: user('x') }));
  expect(answer).toMatchObject({
    stopReason: 'end_turn',
    usage: { outputTokens: 3 },
    output: { message: { content: [{ text: 'All at once.' }] } },
  });
});

test.each([
  [429, 'ThrottlingException'],
  [404, 'ValidationException'],
  [500, 'ServiceUnavailableException'],
])('an answer %i of the server is %s', async (status, name) => {
  const { url } = await chatServer({ status, type: 'text/plain', chunks: ['because'] });
  await expect(
    (await clientOver({ modelUrl: url })).send(new ConverseCommand({ modelId: 'm', messages: user('x') })),
  ).rejects.toMatchObject({ name, message: expect.stringContaining('because') });
});

test('fails when nothing listens at the model URL, naming it', async () => {
  const client = await clientOver({ modelUrl: 'http://127.0.0.1:1' });
  await expect(client.send(new ConverseCommand({ modelId: 'm', messages: user('x') }))).rejects.toMatchObject({
    name: 'ServiceUnavailableException',
    message: expect.stringMatching(/^no answer from http:\/\/127\.0\.0\.1:1\/v1\/chat\/completions: /),
  });
});

test('an error in the middle of a stream is thrown while reading it', async () => {
  const { url } = await chatServer({ chunks: [delta('One'), `data: ${JSON.stringify({ error: { message: 'out of memory' } })}\n\n`] });
  const client = await clientOver({ modelUrl: url });
  await expect(streamed(client, 'x')).rejects.toMatchObject({ name: 'ModelStreamErrorException' });
});
