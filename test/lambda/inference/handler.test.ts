import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answer } from '../../../lambda/inference/answer';
import type { TextResult } from '../../../lambda/inference/infer';
import { buildModel } from '../../../scripts/model/build-model';
import { HandlerProcess } from './handler-process';

jest.setTimeout(240_000);

const step = { id: 'Analyse', attempt: 0, redrive: 0, maxInlineBytes: 200_000, expose: [] };
const workflow = { executionArn: 'arn', name: 'run', startedAt: '2026-01-01T00:00:00Z' };

let handler: HandlerProcess;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'inference-home-'));
  handler = await HandlerProcess.start({ MODEL_DIR: buildModel().directory, HOME: home });
});
afterAll(() => {
  handler.stop();
  rmSync(home, { recursive: true });
});

async function one(text: string): Promise<TextResult> {
  return handler.call({ text });
}

test.each([
  ['The support team was wonderful and solved my problem quickly.', 'POSITIVE'],
  ['Terrible quality, it broke after one day and nobody answered.', 'NEGATIVE'],
])('%j is %s', async (text, label) => {
  const result = await one(text);
  expect(result.label).toBe(label);
  expect(label === 'POSITIVE' ? result.probability : 1 - result.probability).toBeGreaterThan(0.8);
});

test('emoji alone are neutral, and the answer says that nothing was understood', async () => {
  expect(await one('🙂🙂')).toEqual({ label: 'NEUTRAL', probability: 0.5, tokens: 2, truncated: false, reason: 'NotUnderstood' });
});

test('a long text is cut at 128 tokens and the answer says so', async () => {
  const page = 'The food was good and the staff friendly. '.repeat(40);
  const whole = await one(page);
  expect(whole).toMatchObject({ truncated: true, label: 'POSITIVE' });
  expect(whole.tokens).toBeGreaterThan(128);
  expect((await one(`${page} I hated everything about it.`)).probability).toBe(whole.probability);
});

test.each([
  ['Это great — 本当に wonderful product, ממש!', 'POSITIVE'],
  ['Terrible 品質, it broke сразу and nobody answered.', 'NEGATIVE'],
])('%j, in several scripts, is read where it is understood', async (text, label) => {
  const result = await one(text);
  expect(result).toMatchObject({ label, truncated: false });
  expect(result).not.toHaveProperty('reason');
});

const OVER_BATCH = Array.from({ length: 257 }, () => 'fine');
test.each([
  ['nothing', {}, 'text must be a string, got undefined'],
  ['an empty text', { text: '' }, 'text must not be empty'],
  ['white space', { text: ' \n\t\u00a0' }, 'text must not be empty'],
  ['a number', { text: 5 }, 'text must be a string, got a number'],
  ['a list as text', { text: ['fine'] }, 'text must be a string, got a list'],
  ['1 MB of text', { text: 'x'.repeat(1_000_000) }, 'text must have at most 20000 characters, got 1000000; send passages'],
  ['an empty batch', { texts: [] }, 'texts must hold at least one text, got none'],
  ['a batch over the limit', { texts: OVER_BATCH }, 'texts must hold at most 256 texts, got 257; send several requests'],
  ['a batch with one bad item', { texts: ['fine', 'good', ' '] }, 'texts[2] must not be empty'],
  ['a batch with an item that is no text', { texts: ['fine', { text: 'good' }] }, 'texts[1] must be a string, got an object'],
])('%s is refused by name, for a call and over HTTP alike', async (_, input, message) => {
  await expect(handler.call(input)).rejects.toThrow(expect.objectContaining({ name: 'Step.InvalidInput', message }));
  expect(await handler.call({ requestContext: {}, body: JSON.stringify(input) })).toMatchObject({
    statusCode: 400,
    body: JSON.stringify({ error: 'Step.InvalidInput', message }),
  });
});

test('the largest batch and the longest text are answered', async () => {
  const { results } = await handler.call<{ results: TextResult[] }>({ texts: OVER_BATCH.slice(1) });
  expect(results).toHaveLength(256);
  expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(new Set([JSON.stringify(await one('fine'))]));
  expect(await one('good '.repeat(4_000))).toMatchObject({ truncated: true, tokens: 4_001 });
});

test('a batch of different kinds has an answer for each, in order', async () => {
  const texts = ['I love it.', '🙂🙂', 'I hate it.', '漢字仮名'];
  const { results } = await handler.call<{ results: TextResult[] }>({ texts });
  expect(results.map(({ label, reason }) => [label, reason])).toEqual([
    ['POSITIVE', undefined],
    ['NEUTRAL', 'NotUnderstood'],
    ['NEGATIVE', undefined],
    ['NEUTRAL', 'NotUnderstood'],
  ]);
});

test('a text has the same result alone and among others', async () => {
  const texts = ['Great phone.', 'I would never buy this again, what a waste of money and time.', 'ok'];
  const { results } = await handler.call<{ results: TextResult[] }>({ texts, embeddings: true });
  const alone = await Promise.all(texts.map((text) => handler.call({ text, embeddings: true })));
  expect(results).toEqual(alone);
});

test('embeddings have length 1 and place related sentences together', async () => {
  const texts = ['How do I reset my password?', 'I forgot my login and cannot sign in', 'What are your opening hours?'];
  const { results } = await handler.call<{ results: { embedding: number[] }[] }>({ texts, embeddings: true });
  const [password, login, hours] = results.map(({ embedding }) => embedding) as [number[], number[], number[]];
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);
  expect(password).toHaveLength(512);
  expect(dot(password, password)).toBeCloseTo(1, 3);
  expect(dot(password, login)).toBeGreaterThan(dot(password, hours) + 0.2);
});

test('a workflow step is answered from its input', async () => {
  const plain = await one('Great phone.');
  expect(await handler.call({ workflow, step, input: { text: 'Great phone.' } })).toEqual(plain);
});

test('a step result that the state machine cannot carry is refused by name', async () => {
  const event = { workflow, step: { ...step, maxInlineBytes: 100 }, input: { text: 'Great phone.', embeddings: true } };
  await expect(handler.call(event)).rejects.toThrow(
    expect.objectContaining({ name: 'Step.InvalidInput', message: expect.stringContaining('the step takes 100; ask for fewer texts') }),
  );
});

test('an HTTP request is answered with JSON, base64 or not', async () => {
  const body = JSON.stringify({ text: 'Great phone.' });
  const expected = { statusCode: 200, body: JSON.stringify(await one('Great phone.')) };
  expect(await handler.call({ requestContext: {}, body })).toMatchObject(expected);
  const encoded = Buffer.from(body).toString('base64');
  expect(await handler.call({ requestContext: {}, body: encoded, isBase64Encoded: true })).toMatchObject(expected);
});

test.each([
  ['not json', 'the body is not JSON'],
  [null, 'the body is not JSON'],
  ['{"text":5}', 'text must be a string, got a number'],
])('the HTTP body %j is the mistake of its sender', async (body, message) => {
  const response = await handler.call({ requestContext: {}, body });
  expect(response).toMatchObject({ statusCode: 400, body: JSON.stringify({ error: 'Step.InvalidInput', message }) });
});

test('a keep-warm ping is answered with a loaded model', async () => {
  expect(await handler.call({ keepWarm: { id: 'p', holdUntil: 0 } })).toMatchObject({ ready: true });
});

test('fails by name when the model is not there, for a request and for a ping alike', async () => {
  const broken = await HandlerProcess.start({ MODEL_DIR: '/nowhere' });
  await expect(broken.call({ text: 'fine' })).rejects.toThrow(
    expect.objectContaining({ name: 'Model.Unavailable', message: expect.stringContaining('/nowhere/vocab.json') }),
  );
  expect(await broken.call({ keepWarm: { id: 'p', holdUntil: 0 } })).toMatchObject({ ready: false });
  broken.stop();
});

test('the runtime leaves nothing in the home directory, where its telemetry would keep an id and a database', async () => {
  await one('fine');
  expect(readdirSync(home)).toEqual([]);
});

test('a bad request does not load the model', async () => {
  const load = jest.fn();
  await expect(answer(load, { text: '' })).rejects.toThrow('text must not be empty');
  expect(load).not.toHaveBeenCalled();
});
