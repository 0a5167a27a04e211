import type { LocalRunner } from '../../../lib/local/local-runner';
import { SweptReference } from './swept-reference';

jest.setTimeout(300_000);

let reference: SweptReference;

beforeAll(async () => {
  reference = await SweptReference.start();
});

afterAll(() => reference?.stop());

/** One turn, as a client sends it: again, under the same name, until an answer has come to its end and is kept. */
async function say(local: LocalRunner, turnId: string, message: string): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const text = await post(local, { conversationId: 'c-1', turnId, message }).catch(() => '');
    if (/^event: done\ndata: .*"stored":true/m.test(text)) {
      return [...text.matchAll(/^event: text\ndata: (.*)$/gm)]
        .map(([, data]) => (JSON.parse(data ?? '') as { text: string }).text)
        .join('');
    }
    if (tries === 5) throw new Error(`no answer after ${tries} tries: ${text}`);
  }
}

async function post(local: LocalRunner, body: unknown): Promise<string> {
  const response = await fetch(local.output('ChatEndpoint'), {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      authorization: 'AWS4-HMAC-SHA256 Credential=ADA/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0',
    },
  });
  return response.text();
}

test('wherever two turns of a chat are killed, the conversation holds each once, in order', async () => {
  const { calls, undisturbed, results } = await reference.sweep(async (local) => [
    await say(local, 't-1', 'The lighthouse of Kell was built in 1871. When was it built?'),
    await say(local, 't-2', 'What did I ask?'),
  ]);
  expect(new Set(calls.map(({ service, operation }) => `${service} ${operation}`))).toEqual(
    new Set(['elasticache EVAL', 'bedrock ConverseStream']),
  );
  expect(results).toHaveLength(2 * 6);
  const [conversation, ...others] = undisturbed.filter(({ kind }) => kind === 'key');
  expect([conversation?.value, others]).toMatchObject([
    { type: 'list', value: [{ role: 'user' }, { role: 'assistant' }, { role: 'user' }, { role: 'assistant' }] },
    [],
  ]);
});
