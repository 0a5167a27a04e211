import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readHead } from './head-file';
import { describeFile, differences, MODEL_OUTPUT, MODEL_SOURCES, type ModelFile, type ModelManifest, readManifest } from './model-files';
import { readPretrained } from './pretrained-weights';
import { runScript } from './run-script';
import { encodeSentenceEncoder } from './sentence-encoder';

export const MODEL_FILE_NAMES = ['model.onnx', 'vocab.json', 'head.json'] as const;
const HEAD = 'head.json';
const COMMITTED_HEAD = join(MODEL_SOURCES, HEAD);

export interface BuildModelOptions {
  /** Where the files go; other files there are left alone. @default - .cache/model/sentiment */
  readonly output?: string;
  /** A head of your own; it is no part of the manifest, and has to fit the encoder. @default - the committed sentiment head */
  readonly head?: string;
}

export interface BuiltModel {
  readonly directory: string;
  readonly rebuilt: boolean;
  /** Files that were there with other bytes than they should have, and were replaced. */
  readonly replaced: readonly string[];
}

/**
 * Builds the sentiment model from the pretrained weights, unless the files of the committed manifest are already there.
 * The same sources give the same bytes on every machine; a difference from the manifest is an error.
 */
export function buildModel({ output = MODEL_OUTPUT, head }: BuildModelOptions = {}): BuiltModel {
  if (existsSync(output) && !statSync(output).isDirectory()) throw new Error(`the output must be a directory, ${output} is a file`);
  const source = head ?? COMMITTED_HEAD;
  if (head !== undefined) readHead(head);
  const manifest =
    head === undefined
      ? readManifest()
      : { files: [...encoderFiles(readManifest()), { ...describeFile(dirname(head), basename(head)), path: HEAD }] };

  const stale = differences(manifest, output);
  if (stale.length === 0) return { directory: output, rebuilt: false, replaced: [] };
  const replaced = stale.filter((path) => existsSync(join(output, path)));
  const unfinished = `${output}.${process.pid}`;
  try {
    writeModelFiles(unfinished, stale, source);
    const wrong = stale.filter((path) => differences(manifest, unfinished).includes(path));
    if (wrong.length > 0) {
      throw new Error(
        `the built model differs from models/sentiment/manifest.json in ${wrong.join(', ')}; after a wanted change run "npm run build:model -- --write-manifest"`,
      );
    }
    // File by file, each by a rename: who reads meanwhile finds whole files, and nothing else in the directory is touched.
    mkdirSync(output, { recursive: true });
    for (const path of stale) renameSync(join(unfinished, path), join(output, path));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return { directory: output, rebuilt: true, replaced };
}

/** Builds afresh and records what came out: the one way to change the committed manifest. */
export function writeManifest(output: string = MODEL_OUTPUT): ModelManifest {
  writeModelFiles(output, MODEL_FILE_NAMES, COMMITTED_HEAD);
  const files = MODEL_FILE_NAMES.filter((name) => existsSync(join(output, name))).map((name) => describeFile(output, name));
  writeFileSync(join(MODEL_SOURCES, 'manifest.json'), `${JSON.stringify({ files }, null, 2)}\n`);
  return { files };
}

/** Writes those of the model's files that are named. */
function writeModelFiles(directory: string, names: readonly string[], head: string): void {
  mkdirSync(directory, { recursive: true });
  if (names.some((name) => name !== HEAD)) {
    const pretrained = readPretrained();
    writeFileSync(join(directory, 'model.onnx'), encodeSentenceEncoder(pretrained));
    writeFileSync(join(directory, 'vocab.json'), JSON.stringify(pretrained.vocabulary));
  }
  // Training the head needs the encoder first, so a model without a head can be built.
  if (names.includes(HEAD) && existsSync(head)) copyFileSync(head, join(directory, HEAD));
}

function encoderFiles({ files }: ModelManifest): readonly ModelFile[] {
  return files.filter(({ path }) => path !== HEAD);
}

function main(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: { output: { type: 'string' }, head: { type: 'string' }, 'write-manifest': { type: 'boolean' } },
  });
  const output = values.output === undefined ? MODEL_OUTPUT : resolve(values.output);
  if (values['write-manifest']) {
    console.log(JSON.stringify(writeManifest(output), null, 2));
    return;
  }
  const { rebuilt, replaced } = buildModel({ output, ...(values.head === undefined ? {} : { head: resolve(values.head) }) });
  const note = replaced.length > 0 ? `, in place of ${replaced.join(', ')}, which did not have the bytes of the manifest` : '';
  console.log(`${output}  ${rebuilt ? `built${note}` : 'unchanged'}`);
  for (const name of MODEL_FILE_NAMES) {
    const { bytes, sha256 } = describeFile(output, name);
    console.log(`${sha256}  ${name}  ${bytes} bytes`);
  }
}

if (require.main === module) runScript(() => main(process.argv.slice(2)));
