import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildModel } from '../../../scripts/model/build-model';
import { readLabelledSentences, type Site } from '../../../scripts/model/labelled-sentences';
import { MODEL_OUTPUT, ROOT } from '../../../scripts/model/model-files';
import { HandlerProcess } from '../../lambda/inference/handler-process';

jest.setTimeout(240_000);

/** What the sites' reviews are about: a head with three labels, of sentences that are at hand. */
const TOPICS: Readonly<Record<Site, string>> = { amazon: 'product', imdb: 'film', yelp: 'restaurant' };
const SEEN = 40;
const HELD = 60;

const sentences = readLabelledSentences().map(({ text, site }) => ({ text, label: TOPICS[site] }));
const ofTopic = (topic: string) => sentences.filter(({ label }) => label === topic);
let scratch: string;

beforeAll(() => {
  buildModel();
  scratch = mkdtempSync(join(tmpdir(), 'train-head-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

function train(...args: string[]) {
  const script = join(ROOT, 'scripts', 'model', 'train-head.ts');
  return spawnSync(process.execPath, [require.resolve('tsx/cli'), script, ...args], { cwd: scratch, encoding: 'utf8' });
}

test('a head trained on examples of your own answers with its labels', async () => {
  const examples = Object.values(TOPICS).flatMap((topic) => ofTopic(topic).slice(0, SEEN));
  const lines = [...examples, examples[0], { text: '🙂🙂', label: 'film' }, { text: 'long film '.repeat(100), label: 'film' }];
  writeFileSync(join(scratch, 'topics.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
  const { status, stdout, stderr } = train('--examples', 'topics.jsonl', '--output', 'topics.json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toContain(`${join(scratch, 'topics.json')}: 3 labels from 122 texts (film 42, product 40, restaurant 40)`);
  expect(stdout).toMatch(/accuracy [\d.]+ % in 5-fold cross-validation; always film gives 34\.4 %/);
  expect(stdout).toContain('1 repeated lines were left out');
  expect(stdout).toContain('1 texts were cut at the 128 tokens that the encoder reads');
  expect(stdout).toContain('1 texts hold nothing that the encoder understands');

  const head = JSON.parse(readFileSync(join(scratch, 'topics.json'), 'utf8'));
  expect(head).toMatchObject({ trainedOn: '122 texts of topics.jsonl', folds: 5, labels: ['film', 'product', 'restaurant'] });
  cpSync(MODEL_OUTPUT, join(scratch, 'model'), { recursive: true });
  const { directory } = buildModel({ output: join(scratch, 'model'), head: join(scratch, 'topics.json') });
  const handler = await HandlerProcess.start({ MODEL_DIR: directory });
  try {
    const held = Object.values(TOPICS).flatMap((topic) => ofTopic(topic).slice(-HELD));
    const texts = held.map(({ text }) => text);
    const { results } = await handler.call<{ results: { label: string; probability: number; probabilities: object }[] }>({ texts });
    const right = results.filter(({ label }, index) => label === held[index]!.label).length;
    // A third would be right by chance.
    expect(right / results.length).toBeGreaterThan(0.6);
    const { label, probability, probabilities } = results[0]!;
    expect(probabilities).toMatchObject({ [label]: probability });
    expect(Object.keys(probabilities)).toEqual(['film', 'product', 'restaurant']);
    expect(await handler.call({ text: '🙂' })).toMatchObject({ label: 'UNKNOWN', reason: 'NotUnderstood' });
  } finally {
    handler.stop();
  }
});

test.each([
  [['--examples', 'x.jsonl'], 'say where the head of your examples goes: --output head.json'],
  [['--examples', '/nowhere.jsonl', '--output', 'x.json'], 'the examples /nowhere.jsonl do not exist'],
])('fails for %j in one line and with an exit code', (args, message) => {
  const { status, stderr } = train(...args);
  expect(stderr).toBe(`${message}\n`);
  expect(status).toBe(1);
});
