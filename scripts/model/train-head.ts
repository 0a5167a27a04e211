import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Embedding, loadEncoder, modelPathsIn } from '../../lambda/inference/sentence-model';
import { readExamples } from './examples-file';
import { writeHead } from './head-file';
import { readLabelledSentences } from './labelled-sentences';
import { crossValidate, trainLogistic } from './logistic-regression';
import { MODEL_OUTPUT, MODEL_SOURCES } from './model-files';
import { runScript } from './run-script';
import { crossValidateLabels, trainSoftmax } from './softmax-regression';

const FOLDS = 5;
const SENTIMENT_HEAD = join(MODEL_SOURCES, 'head.json');

/** Trains the sentiment head on the labelled sentences. */
async function trainSentimentHead(output: string): Promise<string> {
  const sentences = readLabelledSentences();
  const embeddings = await embed(sentences.map(({ text }) => text));
  const examples = sentences.map(({ positive }, index) => ({ features: embeddings[index]!.values, positive }));
  const accuracy = crossValidate(examples, FOLDS);
  const trainedOn = `${examples.length} labelled sentences (Kotzias et al., 2015)`;
  writeHead(output, { trainedOn, crossValidatedAccuracy: accuracy, folds: FOLDS }, trainLogistic(examples));
  return `head trained on ${examples.length} sentences, accuracy ${percent(accuracy)} in ${FOLDS}-fold cross-validation`;
}

/** Trains a head for the labels of a file of examples. */
async function trainOwnHead(file: string, output: string): Promise<string> {
  const { examples: texts, labels, repeated } = readExamples(file, FOLDS);
  const embeddings = await embed(texts.map(({ text }) => text));
  const examples = texts.map(({ label }, index) => ({ features: embeddings[index]!.values, label }));
  const accuracy = crossValidateLabels(byLabel(examples), labels, FOLDS);
  const trainedOn = `${examples.length} texts of ${basename(file)}`;
  writeHead(output, { trainedOn, crossValidatedAccuracy: accuracy, folds: FOLDS }, trainSoftmax(examples, labels));

  const counts = labels.map((label) => ({ label, count: examples.filter((example) => example.label === label).length }));
  const commonest = counts.reduce((best, next) => (next.count > best.count ? next : best));
  const truncated = embeddings.filter((embedding) => embedding.truncated).length;
  const unknown = embeddings.filter(({ understood }) => !understood).length;
  return [
    `${output}: ${labels.length} labels from ${examples.length} texts (${counts.map(({ label, count }) => `${label} ${count}`).join(', ')})`,
    `accuracy ${percent(accuracy)} in ${FOLDS}-fold cross-validation; always ${commonest.label} gives ${percent(commonest.count / examples.length)}`,
    ...(repeated > 0 ? [`${repeated} repeated lines were left out`] : []),
    ...(truncated > 0 ? [`${truncated} texts were cut at the 128 tokens that the encoder reads`] : []),
    ...(unknown > 0 ? [`${unknown} texts hold nothing that the encoder understands; the head cannot learn from them`] : []),
  ].join('\n');
}

/** Label after label: then every fold has its share of each, in whatever order the examples came. */
function byLabel<T extends { readonly label: string }>(examples: readonly T[]): T[] {
  return [...examples].sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
}

async function embed(texts: readonly string[]): Promise<Embedding[]> {
  const paths = modelPathsIn(MODEL_OUTPUT);
  if (!existsSync(paths.onnx)) throw new Error(`there is no encoder in ${MODEL_OUTPUT}; run "npm run build:model" first`);
  const encoder = await loadEncoder(paths);
  const embeddings: Embedding[] = [];
  for (const text of texts) {
    const embedding = await encoder.embed(text);
    // The runtime owns the numbers that it returns.
    embeddings.push({ ...embedding, values: Float32Array.from(embedding.values) });
  }
  return embeddings;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { examples: { type: 'string' }, output: { type: 'string' } } });
  const { examples, output } = values;
  if (examples !== undefined && output === undefined) throw new Error('say where the head of your examples goes: --output head.json');
  const file = output === undefined ? SENTIMENT_HEAD : resolve(output);
  console.log(await (examples === undefined ? trainSentimentHead(file) : trainOwnHead(resolve(examples), file)));
}

if (require.main === module) runScript(() => main(process.argv.slice(2)));
