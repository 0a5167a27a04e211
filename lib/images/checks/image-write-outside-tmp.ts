import type { ContainerImage } from '../container-image';
import { type ImageCheck, type ImageProblem, type ImageUse, variableOf } from '../image-check';
import { isWithin } from '../image-path';
import { fetchesWhileBuilding, isOffline, requirementsOf } from '../runtime-downloads';
import { codeIn, type SourceFile } from '../source-files';

/** Directories that libraries write to. */
const CACHES = [
  'HF_HOME',
  'HF_HUB_CACHE',
  'TRANSFORMERS_CACHE',
  'SENTENCE_TRANSFORMERS_HOME',
  'XDG_CACHE_HOME',
  'TORCH_HOME',
  'MPLCONFIGDIR',
  'NUMBA_CACHE_DIR',
];
/** Those from which a library only reads once its files are there. */
const FILLED = new Set(['HF_HOME', 'HF_HUB_CACHE', 'TRANSFORMERS_CACHE', 'SENTENCE_TRANSFORMERS_HOME', 'TORCH_HOME', 'XDG_CACHE_HOME']);
/** Packages that compile functions when they are imported and keep them in a file beside the code. */
const CACHING = ['librosa', 'umap-learn', 'pynndescent'];

export const IMAGE_WRITE_OUTSIDE_TMP: ImageCheck = {
  id: 'image-write-outside-tmp',
  title: 'Writing outside /tmp',
  why: 'The file system of a function is read-only but for /tmp: the write ends with "Read-only file system", often while a library is imported.',
  severity: 'warning',
  fix: 'write to /tmp, and let the variables of caches name a directory there',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html',
  *judge(image, use) {
    if (use.home !== 'function' || image.stage === undefined) return;
    for (const name of CACHES) yield* cache(image, use, name);
    yield* neededCache(image, use);
    for (const file of codeIn(image)) yield* writes(file);
  },
};

function* cache(image: ContainerImage, use: ImageUse, name: string): Iterable<ImageProblem> {
  const directory = variableOf(image, use, name);
  if (directory === undefined || !directory.startsWith('/') || isWritable(directory)) return;
  if (FILLED.has(name) && (isOffline(image, use) || isFilled(image, directory))) return;
  yield { message: `${name} is ${directory}, and a function may write to /tmp alone` };
}

/** Something is copied there, or fetched while the image is built. */
function isFilled(image: ContainerImage, directory: string): boolean {
  const { files, unknown } = image.contents;
  if ([...files.keys()].some((path) => isWithin(path, directory))) return true;
  return unknown.some((target) => isWithin(directory, target) || isWithin(target, directory)) || fetchesWhileBuilding(image);
}

function* neededCache(image: ContainerImage, use: ImageUse): Iterable<ImageProblem> {
  const caching = requirementsOf(image).find((name) => CACHING.includes(name));
  if (caching === undefined || 'NUMBA_CACHE_DIR' in use.environment || variableOf(image, use, 'NUMBA_CACHE_DIR') !== undefined) return;
  yield { message: `${caching} keeps compiled functions beside its code, and NUMBA_CACHE_DIR names no directory in /tmp` };
}

/** EFS is mounted below /mnt; devices take what they are given. */
function isWritable(path: string): boolean {
  return ['/tmp', '/mnt', '/dev', '/proc'].some((directory) => isWithin(path, directory));
}

/** Calls that open an absolute path, written out, to write to it. */
const WRITES: Readonly<Record<SourceFile['language'], readonly RegExp[]>> = {
  python: [
    /(?<![\w.])open\(\s*r?["'](\/[^"'\n]*)["']\s*,\s*(?:mode\s*=\s*)?["'][wax][bt+]*["']/g,
    /\bos\.(?:makedirs|mkdir)\(\s*r?["'](\/[^"'\n]*)["']/g,
  ],
  nodejs: [/\b(?:writeFile|appendFile|mkdir)(?:Sync)?\(\s*["'`](\/[^"'`\n$]*)["'`]/g, /\bcreateWriteStream\(\s*["'`](\/[^"'`\n$]*)["'`]/g],
};

function* writes({ placed, text, language }: SourceFile): Iterable<ImageProblem> {
  for (const pattern of WRITES[language]) {
    for (const { 1: path = '', index } of text.matchAll(pattern)) {
      if (isWritable(path)) continue;
      const line = text.slice(0, index).split('\n').length;
      yield { message: `${placed.entry.path}:${line} writes to ${path}, and a function may write to /tmp alone` };
    }
  }
}
