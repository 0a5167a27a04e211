import { LAMBDA_MEMORY, LAMBDA_TIMEOUT } from '../../../quotas/lambda-quotas';
import { FUNCTION } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';
import { isImage, timeoutOf } from './function-settings';
import { fileOf, imageAssetOf } from './image-asset';

const LIBRARIES =
  /\b(torch|onnxruntime|tensorflow|tflite|transformers|sentence-transformers|fastembed|llama[-_]cpp|vllm|xgboost|lightgbm|scikit-learn|keras|spacy|whisper)\b/i;

export const LAMBDA_INFERENCE_DEFAULTS_RULE: Rule = {
  id: 'lambda-inference-defaults',
  title: 'Container image with the default memory and timeout',
  why: 'With the smallest memory, which is also the smallest share of a processor, a model does not even load; with the default timeout its first call ends before it is loaded.',
  severity: 'warning',
  fix: 'give the function memory for the model and its working space (two to three times the size of the model), and a timeout that a cold start fits into',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html',
  *check(graph) {
    for (const resource of graph.ofType(FUNCTION)) {
      if (!isImage(resource)) continue;
      const left = defaultsOf(resource);
      const library = left.length === 1 ? libraryOf(resource) : undefined;
      if (left.length === 2) yield { resource, message: `a container image has the default ${left.join(' and ')}` };
      else if (library !== undefined) yield { resource, message: `a container image with ${library} has the default ${left[0]}` };
    }
  },
};

function defaultsOf(fn: Resource): string[] {
  const memory = fn.numberOr(LAMBDA_MEMORY.default!, 'MemorySize') === LAMBDA_MEMORY.default;
  const timeout = timeoutOf(fn) === LAMBDA_TIMEOUT.default;
  return [...(memory ? [`memory of ${LAMBDA_MEMORY.default} MB`] : []), ...(timeout ? [`timeout of ${LAMBDA_TIMEOUT.default} s`] : [])];
}

/** A library of models that the image's build context names. */
function libraryOf(fn: Resource): string | undefined {
  const asset = imageAssetOf(fn);
  if (asset === undefined) return undefined;
  const texts = [asset.dockerfile, 'requirements.txt', 'pyproject.toml', 'package.json'].map((name) => fileOf(asset, name) ?? '');
  return LIBRARIES.exec(texts.join('\n'))?.[0];
}
