import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { CommandError } from './command-error';

export interface Document {
  /** Path below the folder, with forward slashes. */
  readonly name: string;
  readonly text: string;
}

const EXTENSIONS = ['.md', '.markdown', '.txt', '.text'];
const MAX_DOCUMENTS = 2_000;
const MAX_BYTES = 1_000_000;

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .sort((left, right) => left.name.localeCompare(right.name))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
      return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
    });
}

/** The text and Markdown files of a folder, or of one file. */
export function readDocuments(path: string): Document[] {
  if (!existsSync(path)) throw new CommandError('NoDocuments', `documents ${path} do not exist`, 'name a folder of .md or .txt files');
  const single = statSync(path).isFile();
  const root = single ? join(path, '..') : path;
  const files = (single ? [path] : filesBelow(path)).filter((file) => EXTENSIONS.includes(extname(file).toLowerCase()));
  if (files.length === 0) {
    throw new CommandError('NoDocuments', `${path} holds no text, expected files that end in ${EXTENSIONS.join(', ')}`);
  }
  if (files.length > MAX_DOCUMENTS) {
    throw new CommandError(
      'TooManyDocuments',
      `${path} holds ${files.length} documents, at most ${MAX_DOCUMENTS} are read`,
      'name a smaller folder',
    );
  }
  return files.map((file) => {
    const { size } = statSync(file);
    if (size > MAX_BYTES)
      throw new CommandError('DocumentTooLarge', `${file} has ${size} bytes, at most ${MAX_BYTES} are read`, 'split it');
    return { name: relative(root, file).split(sep).join('/'), text: readFileSync(file, 'utf8') };
  });
}
