import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeFile, differences, MODEL_OUTPUT, MODEL_SOURCES, type ModelManifest, readManifest } from './model-files';
import { readPretrained } from './pretrained-weights';
import { encodeSentenceEncoder } from './sentence-encoder';

export const MODEL_FILE_NAMES = ['model.onnx', 'vocab.json', 'head.json'] as const;

/**
 * Builds the sentiment model from the pretrained weights, unless the files of the committed manifest are already there.
 * The same sources give the same bytes on every machine; a difference from the manifest is an error.
 */
export function buildModel(output: string = MODEL_OUTPUT): { readonly directory: string; readonly rebuilt: boolean } {
  const manifest = readManifest();
  if (differences(manifest, output).length === 0) return { directory: output, rebuilt: false };
  const unfinished = `${output}.${process.pid}`;
  writeModelFiles(unfinished);
  const wrong = differences(manifest, unfinished);
  if (wrong.length > 0) {
    rmSync(unfinished, { recursive: true });
    throw new Error(
      `the built model differs from models/sentiment/manifest.json in ${wrong.join(', ')}; after a wanted change run "npx tsx scripts/model/build-model.ts --write-manifest"`,
    );
  }
  rmSync(output, { recursive: true, force: true });
  renameSync(unfinished, output);
  return { directory: output, rebuilt: true };
}

function writeModelFiles(directory: string): void {
  mkdirSync(directory, { recursive: true });
  const pretrained = readPretrained();
  writeFileSync(join(directory, 'model.onnx'), encodeSentenceEncoder(pretrained));
  writeFileSync(join(directory, 'vocab.json'), JSON.stringify(pretrained.vocabulary));
  const head = join(MODEL_SOURCES, 'head.json');
  // Training the head needs the encoder first, so a model without a head can be built.
  if (existsSync(head)) copyFileSync(head, join(directory, 'head.json'));
}

/** Builds afresh and records what came out: the one way to change the committed manifest. */
export function writeManifest(output: string = MODEL_OUTPUT): ModelManifest {
  rmSync(output, { recursive: true, force: true });
  writeModelFiles(output);
  const files = MODEL_FILE_NAMES.filter((name) => existsSync(join(output, name))).map((name) => describeFile(output, name));
  writeFileSync(join(MODEL_SOURCES, 'manifest.json'), `${JSON.stringify({ files }, null, 2)}\n`);
  return { files };
}

if (require.main === module) {
  if (process.argv.includes('--write-manifest')) console.log(JSON.stringify(writeManifest(), null, 2));
  else {
    const { directory, rebuilt } = buildModel();
    console.log(`${directory}${rebuilt ? '' : '  unchanged'}`);
  }
}
