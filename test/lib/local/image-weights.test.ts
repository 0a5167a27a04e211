import { rmSync } from 'node:fs';
import { ContainerInferenceFunction } from '../../../lib/inference/container-inference-function';
import { InferenceImage } from '../../../lib/inference/inference-image';
import { ModelSource } from '../../../lib/inference/model-source';
import { imageContext, removeImageContexts } from '../inference/image-fixture';
import { removeTemporaryDirectories, weightsDirectory } from '../inference/weights-fixture';
import { runSmall, stopAll } from './small-app';

const DOCKERFILE =
  'FROM public.ecr.aws/lambda/nodejs:24\nENV MODEL_DIR=/opt/model\nCOPY --from=model . /opt/model/\nCOPY index.js ./\nCMD ["index.handler"]\n';
const HANDLER = `
const { readFileSync } = require('node:fs');
exports.handler = async () => readFileSync(process.env.MODEL_DIR + '/weights.onnx', 'utf8') + readFileSync(process.env.MODEL_DIR + '/vocabulary/en.json', 'utf8');
`;

jest.setTimeout(60_000);

afterEach(async () => {
  await stopAll();
  removeImageContexts();
  removeTemporaryDirectories();
});

function run(model: ModelSource, files: Record<string, string | undefined> = { 'model/weights.onnx': undefined }) {
  const image = InferenceImage.fromDirectory(imageContext({ Dockerfile: DOCKERFILE, 'index.js': HANDLER, ...files }));
  return runSmall((stack) => void new ContainerInferenceFunction(stack, 'Inference', { image, model }));
}

test.each([
  ['outside of the build context', () => run(ModelSource.bakedIn(weightsDirectory()))],
  ['staged in the assembly', () => run(ModelSource.bakedIn(weightsDirectory(), { staged: true }))],
  [
    'inside the build context, by name',
    () => run(ModelSource.bakedIn('model', { buildContext: 'model' }), { 'model/vocabulary/en.json': '["a","b"]' }),
  ],
])('a function answers from weights %s', async (_where, start) => {
  const local = await start();
  expect(await local.function('Inference').invoke({})).toBe('weights["a","b"]');
});

test('of weights that are gone the function says which directory is missing, and of which image', async () => {
  const weights = weightsDirectory();
  const image = InferenceImage.fromDirectory(
    imageContext({ Dockerfile: DOCKERFILE, 'index.js': HANDLER, 'model/weights.onnx': undefined, 'of.txt': weights }),
  );
  const started = runSmall((stack) => {
    new ContainerInferenceFunction(stack, 'Inference', { image, model: ModelSource.bakedIn(weights) });
    // The assembly is written by now as far as the weights go.
    rmSync(weights, { recursive: true });
  });
  const call = started.then((local) => local.function('Inference').invoke({}));
  await expect(call).rejects.toThrow(
    new RegExp(`the build context model of image asset [0-9a-f]{64} is the directory ${weights}, which is not there; fetch its files`),
  );
});
