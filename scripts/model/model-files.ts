import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

/** Committed sources of the sentiment model: manifest, head, Dockerfile, lock file. */
export const MODEL_SOURCES = join(ROOT, 'models', 'sentiment');

/** Where the built model lies; git ignores it. */
export const MODEL_OUTPUT = join(ROOT, '.cache', 'model', 'sentiment');

export interface ModelFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ModelManifest {
  readonly files: readonly ModelFile[];
}

export function readManifest(): ModelManifest {
  return JSON.parse(readFileSync(join(MODEL_SOURCES, 'manifest.json'), 'utf8')) as ModelManifest;
}

export function describeFile(directory: string, path: string): ModelFile {
  const content = readFileSync(join(directory, path));
  return { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

/** Files of the manifest that are missing in a directory or differ from it. */
export function differences(manifest: ModelManifest, directory: string): string[] {
  return manifest.files.filter((file) => !matches(file, directory)).map((file) => file.path);
}

function matches({ path, bytes, sha256 }: ModelFile, directory: string): boolean {
  const file = join(directory, path);
  if (!existsSync(file) || statSync(file).size !== bytes) return false;
  return describeFile(directory, path).sha256 === sha256;
}
