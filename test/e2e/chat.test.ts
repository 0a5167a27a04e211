import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalRunner } from '../../lib/local/local-runner';
import { type ReferenceAssembly, referenceAssembly } from './reference-assembly';

jest.setTimeout(120_000);

/** Between the pieces of an answer, longer than everything between the model and the client takes. */
const PAUSE_MS = 1_000;

interface ModelRequest {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** Server-sent events of one answer, with the time at which each arrived. */
interface Told {
  readonly event: string;
  readonly data: Record<string, unknown>;
  readonly at: number;
}

let reference: ReferenceAssembly;
let model: Server;
let local: LocalRunner;
let endpoint: string;
const asked: ModelRequest[] = [];

beforeAll(async () => {
  model = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      asked.push(JSON.parse(body) as ModelRequest);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const piece = (choice: object) => response.write(`data: ${JSON.stringify({ choices: [choice] })}\n\n`);
      piece({ delta: { content: `answer ${asked.length} ` } });
      setTimeout(() => {
        piece({ delta: { content: 'goes on' }, finish_reason: 'stop' });
        response.end('data: [DONE]\n\n');
      }, PAUSE_MS);
    });
  });
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  reference = referenceAssembly();
  local = await LocalRunner.fromAssembly(reference.directory, { modelUrl: `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1` });
  endpoint = local.output('ChatEndpoint');
  // The first turn of an environment loads and connects everything, for which a loaded machine may need longer than memory is waited for.
  await say('WARM', 'warm-up', 'Hello.');
  asked.length = 0;
});

afterAll(async () => {
  await local?.stop();
  reference?.remove();
  await new Promise((resolve) => model.close(resolve));
});

/** IAM names the caller; the local run takes the name of the access key for it. */
function post(user: string, body: unknown): Promise<Response> {
  return fetch(endpoint, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      authorization: `AWS4-HMAC-SHA256 Credential=${user}/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0`,
    },
  });
}

async function say(user: string, conversationId: string, message: string): Promise<Told[]> {
  const response = await post(user, { conversationId, message });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const told: Told[] = [];
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString('utf8');
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      told.push({ event, data: JSON.parse(data) as Record<string, unknown>, at: performance.now() });
    }
  }
  return told;
}

const messagesOf = (request: ModelRequest | undefined) =>
  request?.messages.filter(({ role }) => role !== 'system').map(({ role, content }) => `${role}: ${content}`);

test('the chat of the reference stack streams its answer and remembers the turn before', async () => {
  expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/prod\/?$/);
  const first = await say('ADA', 'c-1', 'My name is Ada.');
  expect(first.map(({ event, data }) => [event, data['text']])).toEqual([
    ['text', 'answer 1 '],
    ['text', 'goes on'],
    ['done', undefined],
  ]);
  // The first piece is there before the model has written the second.
  expect((first[1]?.at ?? 0) - (first[0]?.at ?? 0)).toBeGreaterThan(PAUSE_MS / 2);
  expect(first.at(-1)?.data).toMatchObject({ stopReason: 'end_turn', memory: { stored: true, degraded: false } });

  await say('ADA', 'c-1', 'What is my name?');
  expect(messagesOf(asked.at(-1))).toEqual(['user: My name is Ada.', 'assistant: answer 1 goes on', 'user: What is my name?']);
});

test('a conversation belongs to its caller and to its name', async () => {
  await say('BOB', 'c-1', 'Who am I?');
  expect(messagesOf(asked.at(-1))).toEqual(['user: Who am I?']);
  await say('ADA', 'c-2', 'Who am I?');
  expect(messagesOf(asked.at(-1))).toEqual(['user: Who am I?']);
});

test('a caller named in the body is refused, and so is anything else that is no message', async () => {
  const calls = asked.length;
  for (const [body, message] of [
    [{ conversationId: 'c-1', message: 'x', userId: 'ADA' }, /unknown field "userId"/],
    [{ conversationId: 'c-1', message: ' ' }, /"message" must be a text that is not empty/],
    [{ message: 'x' }, /conversationId/],
    [[], /must be a JSON object/],
  ] as const) {
    const response = await post('BOB', body);
    expect([response.status, await response.json()]).toEqual([400, { message: expect.stringMatching(message) }]);
  }
  expect(asked).toHaveLength(calls);
});
