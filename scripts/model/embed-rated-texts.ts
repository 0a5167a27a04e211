import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadEncoder, modelPathsIn } from '../../lambda/inference/sentence-model';
import { describeFile, MODEL_OUTPUT, ROOT } from './model-files';
import { quantizeRows } from './quantize';
import { RATED_SOURCES, type RatedFile } from './rated-texts';
import { runScript } from './run-script';

const OUTPUT = join(ROOT, 'test', 'scripts', 'model', 'rated-texts.json');

const ABOUT = [
  'Ratings of the ground truth of C.J. Hutto and E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text", ICWSM 2014;',
  'github.com/cjhutto/vaderSentiment, Copyright (c) 2016 C.J. Hutto, MIT License. The texts are not here, only what the encoder makes of them. For evaluation alone.',
].join(' ');

/**
 * Embeds texts that people rated, and keeps the embeddings alone: the texts belong to their authors.
 * @param directory holds a file NAME.tsv for each source with lines of id, mean rating and text, in the form of the published ground truth
 */
async function embedRatedTexts(directory: string): Promise<string> {
  const encoder = await loadEncoder(modelPathsIn(MODEL_OUTPUT));
  const { sha256 } = describeFile(MODEL_OUTPUT, 'model.onnx');
  const file: RatedFile = { about: ABOUT, encoder: sha256, sources: {} };
  for (const source of RATED_SOURCES) {
    const path = join(directory, `${source}.tsv`);
    if (!existsSync(path)) throw new Error(`${path} is missing; it holds lines of id, mean rating and text`);
    file.sources[source] = [];
    for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
      const [id, rating, text] = line.split('\t');
      if (!id || text === undefined || Number.isNaN(Number(rating)))
        throw new Error(`${path} has a line that is not id, rating and text: ${line}`);
      const { values } = await encoder.embed(text);
      const { values: bytes, scales } = quantizeRows(values, 1, values.length);
      file.sources[source].push({ id, rating: Number(rating), scale: scales[0]!, embedding: Buffer.from(bytes.buffer).toString('base64') });
    }
  }
  writeFileSync(OUTPUT, `${JSON.stringify(file, null, 1)}\n`);
  return `${OUTPUT}: ${RATED_SOURCES.map((source) => `${source} ${file.sources[source]?.length}`).join(', ')}`;
}

if (require.main === module) {
  runScript(async () => {
    const [directory] = process.argv.slice(2);
    if (directory === undefined) throw new Error('name the directory of the rated texts');
    console.log(await embedRatedTexts(resolve(directory)));
  });
}
