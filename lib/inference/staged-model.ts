import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ContentDigests } from './content-digests';
import { stateOf } from './file-state';
import type { ModelFile } from './model-files';
import { type ModelManifest, readManifest } from './model-manifest';

/** A little longer than a kernel needs for its notion of time to move on. */
const TICK_MS = 60;

/**
 * Puts weights beside the staged assets, once for each content, and returns the directory. It appears under its digest when it is complete. A file
 * is cloned or linked where the file system can: staging then takes no space.
 */
export function stageModel(outdir: string, directory: string, manifest: ModelManifest): string {
  const staged = join(outdir, `model.${manifest.sha256}`);
  if (isStaged(staged, manifest)) return staged;
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const unfinished = mkdtempSync(join(outdir, '.model-'));
  try {
    for (const file of manifest.files) placeFile(file, join(unfinished, file.path));
    renameSync(unfinished, staged);
    keepDigests(directory, staged, manifest);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another synth may have been faster.
    if (!existsSync(staged)) throw error;
  }
  return staged;
}

/** A linked file changes with its source, so the name of the directory is no proof. */
function isStaged(staged: string, { sha256 }: ModelManifest): boolean {
  if (!existsSync(staged)) return false;
  try {
    return readManifest(staged, { follow: false }).sha256 === sha256;
  } catch {
    return false;
  }
}

function placeFile({ source, state, target }: ModelFile, place: string): void {
  mkdirSync(dirname(place), { recursive: true });
  if (target !== undefined) {
    symlinkSync(target, place);
    return;
  }
  const cloned = worked(() => copyFileSync(source, place, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL));
  if (!cloned && worked(() => linkSync(source, place))) return;
  if (!cloned) copyFileSync(source, place);
  utimesSync(place, state.mtimeMs / 1_000, state.mtimeMs / 1_000);
}

function worked(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

/** Contents are known, in both places; a link that was made must not be a reason to read everything again. */
function keepDigests(directory: string, staged: string, { files }: ModelManifest): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TICK_MS);
  const [ofSource, ofStaged] = [new ContentDigests(realpathSync(directory)), new ContentDigests(realpathSync(staged))];
  for (const file of files) {
    if (file.sha256 === undefined) continue;
    const place = join(staged, file.path);
    ofSource.confirm(file, file.state, file.sha256);
    ofStaged.confirm({ ...file, source: place }, stateOf(place), file.sha256);
  }
  ofSource.save();
  ofStaged.save();
}
