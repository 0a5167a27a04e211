import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { ContentDigests, type ContentDigestsOptions } from './content-digests';
import { type ModelFile, modelFiles, type WalkOptions } from './model-files';

/** What a directory of weights holds. */
export interface ModelManifest {
  readonly files: readonly (ModelFile & { /** Hex digest of the content; of a link there is none. */ readonly sha256?: string })[];
  readonly bytes: number;
  /** Hex digest of paths, sizes and contents: the same on every machine that has the same files. */
  readonly sha256: string;
}

/** First line of what is digested, so that another form can never have the digest of this one. */
const HEADER = 'cdk-serverless-ai weights 1';

/**
 * Reads a directory of weights. Times, permissions and owners do not count: a checkout, an archive and a download of the same model are the same.
 * Contents are read only where they may have changed since the last time.
 *
 * @throws ModelFilesError naming the file or directory, and what to do
 */
export function readManifest(directory: string, options: WalkOptions & ContentDigestsOptions): ModelManifest {
  const found = modelFiles(directory, options);
  const digests = new ContentDigests(realpathSync(directory), options);
  const files = found.map((file) => (file.target === undefined ? { ...file, sha256: digests.of(file) } : file));
  digests.save();
  const bytes = files.reduce((sum, { state, target }) => sum + (target === undefined ? state.size : 0), 0);
  return {
    files,
    bytes,
    sha256: createHash('sha256')
      .update([HEADER, ...files.map(line)].join('\n'))
      .digest('hex'),
  };
}

/** Some file systems hand out names in decomposed form: the same name is the same file. */
function line({ path, state, target, sha256 }: ModelManifest['files'][number]): string {
  const name = path.normalize('NFC');
  return JSON.stringify(target === undefined ? [name, state.size, sha256] : [name, 'link', target.normalize('NFC')]);
}
