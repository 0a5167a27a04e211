import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildModel } from '../../../scripts/model/build-model';
import { readLabelledSentences } from '../../../scripts/model/labelled-sentences';
import { MODEL_OUTPUT, ROOT } from '../../../scripts/model/model-files';
import { HandlerProcess } from '../../lambda/inference/handler-process';
import { askOriginal } from './original-encoder';
import { figureOnPage } from './sentiment-page';

jest.setTimeout(240_000);

/** Every 15th sentence of each site, and two texts that differ only beyond what both encoders read. */
const LONG = 'The food was good and the staff friendly. '.repeat(40);
const SENTENCES = [
  ...readLabelledSentences()
    .map(({ text }) => text)
    .filter((_, index) => index % 15 === 0),
  LONG,
  `${LONG} I hated everything about it.`,
];

/** Writes the graph with float32 weights; in a process of its own, where the encoding is four times as fast as inside jest. */
const WRITE_FLOAT32 = `
const { encodeSentenceEncoder } = require('./scripts/model/sentence-encoder.ts');
const { readPretrained } = require('./scripts/model/pretrained-weights.ts');
require('node:fs').writeFileSync(process.argv[1], encodeSentenceEncoder(readPretrained(), 'float32'));
`;

let scratch: string;
let original: readonly (readonly number[])[];

beforeAll(() => {
  buildModel();
  scratch = mkdtempSync(join(tmpdir(), 'fidelity-'));
  original = askOriginal(SENTENCES, SENTENCES.length).embeddings;
});
afterAll(() => rmSync(scratch, { recursive: true }));

async function embeddingsOf(modelDirectory: string): Promise<number[][]> {
  const handler = await HandlerProcess.start({ MODEL_DIR: modelDirectory });
  try {
    const { results } = await handler.call<{ results: { embedding: number[] }[] }>({ texts: SENTENCES, embeddings: true });
    return results.map(({ embedding }) => embedding);
  } finally {
    handler.stop();
  }
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (left: readonly number[], right: readonly number[]) => left.reduce((sum, value, index) => sum + value * right[index]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

test('embeddings in int8 point where the original points', async () => {
  const cosines = (await embeddingsOf(MODEL_OUTPUT)).map((embedding, index) => cosine(embedding, original[index]!));
  const lowest = Math.min(...cosines);
  const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
  process.stdout.write(
    `fidelity to the original on ${cosines.length} sentences: lowest cosine ${lowest.toFixed(4)}, mean ${mean.toFixed(4)}\n`,
  );
  expect(lowest).toBeGreaterThan(0.997);
  expect(mean).toBeGreaterThan(0.999);
  expect(Math.abs(lowest - figureOnPage('lowest cosine, int8'))).toBeLessThan(0.001);
  expect(Math.abs(mean - figureOnPage('mean cosine, int8'))).toBeLessThan(0.0005);
});

test('the original reads no further than ours does', () => {
  expect(original.at(-1)).toEqual(original.at(-2));
});

test('with float32 weights the graph gives the numbers of the original, so only the int8 weights differ', async () => {
  const directory = join(scratch, 'float32');
  mkdirSync(directory);
  for (const file of ['vocab.json', 'head.json']) copyFileSync(join(MODEL_OUTPUT, file), join(directory, file));
  execFileSync(process.execPath, ['--require', 'tsx/cjs', '-e', WRITE_FLOAT32, join(directory, 'model.onnx')], { cwd: ROOT });
  const embeddings = await embeddingsOf(directory);
  const largest = Math.max(
    ...embeddings.flatMap((embedding, row) => embedding.map((value, index) => Math.abs(value - original[row]![index]!))),
  );
  process.stdout.write(`float32 graph against the original: largest difference of a number ${largest.toExponential(1)}\n`);
  // The handler's answer has six decimals.
  expect(largest).toBeLessThan(5e-6);
});
