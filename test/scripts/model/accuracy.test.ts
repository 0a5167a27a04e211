import { join } from 'node:path';
import { labelOf, type SentimentLabel } from '../../../lambda/inference/sentiment';
import { buildModel } from '../../../scripts/model/build-model';
import { readHead } from '../../../scripts/model/head-file';
import { meanOverFolds, shareRight } from '../../../scripts/model/judge';
import { type LabelledSentence, readLabelledSentences, SITES } from '../../../scripts/model/labelled-sentences';
import { accuracy, type LogisticModel, probabilityOf, trainLogistic } from '../../../scripts/model/logistic-regression';
import { MODEL_OUTPUT, MODEL_SOURCES, readManifest } from '../../../scripts/model/model-files';
import { RATED_SOURCES, readRated } from '../../../scripts/model/rated-texts';
import { HandlerProcess } from '../../lambda/inference/handler-process';
import { figureOnPage } from './sentiment-page';

jest.setTimeout(240_000);

interface Judged extends LabelledSentence {
  readonly features: readonly number[];
}

const Sentiment: new () => { analyze(text: string): { score: number } } = require('sentiment');

const FOLDS = 5;
const BATCH = 250;
/** Points of percent by which the page may differ from a measurement: int8 kernels of other processors round elsewhere. */
const TOLERANCE = 1;

const head = readHead(join(MODEL_SOURCES, 'head.json')) as LogisticModel;
const measured: string[] = [];
let examples: readonly Judged[];

beforeAll(async () => {
  buildModel();
  examples = await embedThroughHandler(readLabelledSentences());
});

afterAll(() => {
  const heading = ['| accuracy of the sentiment head | right | texts |', '| --- | ---: | ---: |'];
  process.stdout.write(`${[...heading, ...measured].join('\n')}\n`);
});

async function embedThroughHandler(sentences: readonly LabelledSentence[]): Promise<Judged[]> {
  const handler = await HandlerProcess.start({ MODEL_DIR: MODEL_OUTPUT });
  const judged: Judged[] = [];
  try {
    for (let from = 0; from < sentences.length; from += BATCH) {
      const batch = sentences.slice(from, from + BATCH);
      const texts = batch.map(({ text }) => text);
      const { results } = await handler.call<{ results: { embedding: number[] }[] }>({ texts, embeddings: true });
      judged.push(...batch.map((sentence, index) => ({ ...sentence, features: results[index]!.embedding })));
    }
  } finally {
    handler.stop();
  }
  return judged;
}

/** The page has the figure to a tenth of a percent. */
function expectOnPage(name: string, share: number, texts: number): void {
  measured.push(`| ${name} | ${(share * 100).toFixed(1)} % | ${texts} |`);
  expect(Math.abs(share * 100 - figureOnPage(name))).toBeLessThanOrEqual(TOLERANCE);
}

test('at least 87 % of the sentences are judged rightly by heads that have not seen them', () => {
  expect(examples).toHaveLength(3_000);
  const judged: { readonly label: SentimentLabel; readonly positive: boolean }[] = [];
  const share = meanOverFolds(examples, FOLDS, (seen, held) => {
    const trained = trainLogistic(seen);
    judged.push(...held.map(({ features, positive }) => ({ label: labelOf(probabilityOf(trained, features)), positive })));
    return accuracy(trained, held);
  });
  expect(share).toBeGreaterThanOrEqual(0.87);
  expectOnPage('5-fold cross-validation', share, examples.length);

  const decided = judged.filter(({ label }) => label !== 'NEUTRAL');
  expectOnPage('of these, called POSITIVE or NEGATIVE', decided.length / judged.length, judged.length);
  expectOnPage(
    'and of those, right',
    shareRight(decided, ({ label, positive }) => (label === 'POSITIVE') === positive),
    decided.length,
  );
});

test.each(SITES)('a head that has never seen %s judges it as the page says', (site) => {
  const seen = examples.filter((example) => example.site !== site);
  const held = examples.filter((example) => example.site === site);
  expect(held).toHaveLength(1_000);
  expectOnPage(`${site}, trained on the other two`, accuracy(trainLogistic(seen), held), held.length);
});

describe('texts of other kinds, judged by the head that ships', () => {
  const rated = readRated(join(__dirname, 'rated-texts.json'));

  test('their embeddings were made by the encoder that ships', () => {
    expect(rated.encoder).toBe(readManifest().files.find(({ path }) => path === 'model.onnx')?.sha256);
  });

  test.each(RATED_SOURCES)('%s', (source) => {
    const texts = rated.examples[source];
    expect(texts.length).toBeGreaterThan(30);
    expectOnPage(`${source}, out of domain`, accuracy(head, texts), texts.length);
  });
});

test('a list of words does worse on the same sentences, even where a draw counts as half', () => {
  const words = new Sentiment();
  const points = examples.map(({ text, positive }) => {
    const { score } = words.analyze(text);
    return score === 0 ? 0.5 : Number(score > 0 === positive);
  });
  const share = points.reduce((sum, point) => sum + point, 0) / points.length;
  expectOnPage('word list (AFINN), no training', share, examples.length);
  expect(share).toBeLessThan(0.8);
});
