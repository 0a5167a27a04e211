import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { type ContainerImage, textOf } from '../container-image';
import type { ImageCheck, ImageProblem } from '../image-check';
import type { PlacedFile } from '../image-contents';
import { absolute } from '../image-path';
import { formatOf } from '../model-weights';

/** Larger files, whose digest nobody knows yet, are held against the size in the manifest alone. */
const MOST_HASHED_BYTES = 512 * 1_024 ** 2;
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

export const IMAGE_MODEL_DIGEST: ImageCheck = {
  id: 'image-model-digest',
  title: 'Model that is missing, or is not the one of its manifest',
  why: 'The image is built and deployed, and fails when it loads the model, or answers from another one than was tested.',
  severity: 'error',
  fix: 'build or fetch the model again, or write its manifest anew',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html',
  *judge(image) {
    for (const placed of image.contents.files.values()) {
      if (posix.basename(placed.path) === 'manifest.json') yield* ofManifest(image, placed);
      else if (placed.path.endsWith('.sha256')) yield* ofDigestFile(image, placed);
      else if (formatOf(placed.path) !== undefined && placed.entry.bytes < 1_024 && textOf(placed.entry)?.startsWith(LFS_POINTER))
        yield {
          message: `${image.at(placed.copy.line)} copies ${placed.entry.path}, a pointer of Git LFS in place of the model; run "git lfs pull"`,
        };
    }
  },
};

interface Listed {
  readonly path: string;
  readonly bytes?: number;
  readonly sha256: string;
}

/** Files that a manifest lists beside itself. */
function* ofManifest(image: ContainerImage, manifest: PlacedFile): Iterable<ImageProblem> {
  const listed = filesIn(textOf(manifest.entry));
  const placed = listed.map((each) => ({ each, file: image.contents.files.get(absolute(each.path, posix.dirname(manifest.path))) }));
  // A manifest that travels without its files speaks of files elsewhere.
  if (placed.every(({ file }) => file === undefined) && !posix.dirname(manifest.path).includes('model')) return;
  for (const { each, file } of placed) {
    if (file !== undefined) yield* difference(image, file, each);
    else if (image.contents.unknown.length === 0)
      yield {
        message: `${image.at(manifest.copy.line)} copies ${manifest.entry.path}, which lists ${each.path}, and that file is not copied`,
      };
  }
}

/** What `sha256sum` writes: the digest, and perhaps the name. */
function* ofDigestFile(image: ContainerImage, digest: PlacedFile): Iterable<ImageProblem> {
  const sha256 = /^[0-9a-f]{64}\b/i.exec(textOf(digest.entry) ?? '')?.[0];
  const file = image.contents.files.get(digest.path.slice(0, -'.sha256'.length));
  if (sha256 !== undefined && file !== undefined) yield* difference(image, file, { path: file.path, sha256 });
}

function* difference(image: ContainerImage, { entry, copy }: PlacedFile, { bytes, sha256 }: Listed): Iterable<ImageProblem> {
  if (entry.kind !== 'file') return;
  const from = `${image.at(copy.line)} copies ${entry.path}, which has`;
  if (bytes !== undefined && bytes !== entry.bytes) {
    yield { message: `${from} ${entry.bytes} bytes, and its manifest says ${bytes}` };
    return;
  }
  const found = image.source.digests?.get(entry.file) ?? (entry.bytes <= MOST_HASHED_BYTES ? digestOf(entry.file) : undefined);
  if (found !== undefined && found !== sha256.toLowerCase())
    yield { message: `${from} the sha256 ${found.slice(0, 12)}..., and its manifest says ${sha256.slice(0, 12).toLowerCase()}...` };
}

function filesIn(text: string | undefined): readonly Listed[] {
  try {
    const { files } = JSON.parse(text ?? '{}') as { files?: unknown };
    return Array.isArray(files) ? files.filter(isListed) : [];
  } catch {
    return [];
  }
}

function isListed(entry: unknown): entry is Listed {
  const { path, sha256 } = (entry ?? {}) as Partial<Listed>;
  return typeof path === 'string' && typeof sha256 === 'string' && /^[0-9a-f]{64}$/i.test(sha256);
}

const known = new Map<string, string>();

/** A file is read once while it stays as it is. */
function digestOf(file: string): string {
  const { size, mtimeMs } = statSync(file);
  const key = [file, size, mtimeMs].join('\0');
  const digest = known.get(key) ?? sha256Of(file);
  known.set(key, digest);
  return digest;
}

function sha256Of(file: string): string {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(1_024 ** 2);
  const descriptor = openSync(file, 'r');
  try {
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) hash.update(buffer.subarray(0, read));
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}
