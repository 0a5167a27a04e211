import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEncoder, modelPathsIn } from '../../lambda/inference/sentence-model';
import { readLabelledSentences } from './labelled-sentences';
import { crossValidate, type Example, trainLogistic } from './logistic-regression';
import { MODEL_OUTPUT, MODEL_SOURCES } from './model-files';

const DECIMALS = 6;
const FOLDS = 5;

/** Trains the sentiment head on the labelled sentences and writes it where the model build takes it from. */
export async function trainHead(): Promise<{ readonly accuracy: number; readonly examples: number }> {
  const paths = modelPathsIn(MODEL_OUTPUT);
  if (!existsSync(paths.onnx))
    throw new Error(`no encoder in ${MODEL_OUTPUT}; run "npx tsx scripts/model/build-model.ts --write-manifest" first`);
  const encoder = await loadEncoder(paths);
  const examples: Example[] = [];
  for (const { text, positive } of readLabelledSentences()) {
    const { values } = await encoder.embed(text);
    examples.push({ features: Float32Array.from(values), positive });
  }

  const accuracy = crossValidate(examples, FOLDS);
  const { weights, bias } = trainLogistic(examples);
  const head = {
    trainedOn: `${examples.length} labelled sentences (Kotzias et al., 2015)`,
    crossValidatedAccuracy: rounded(accuracy, 4),
    folds: FOLDS,
    bias: rounded(bias, DECIMALS),
    weights: weights.map((weight) => rounded(weight, DECIMALS)),
  };
  writeFileSync(join(MODEL_SOURCES, 'head.json'), `${JSON.stringify(head)}\n`);
  return { accuracy, examples: examples.length };
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

if (require.main === module) {
  trainHead().then(
    ({ accuracy, examples }) =>
      console.log(`head trained on ${examples} sentences, accuracy ${(accuracy * 100).toFixed(1)} % in cross-validation`),
    (error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
