import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files of a build context: path inside it -> absolute path of the source. */
export type ContextFiles = Readonly<Record<string, string>>;

/** Lambda runs an image as a user without a name, so everything in it has to be readable by all, whatever the checkout's umask was. */
const FILE_MODE = 0o644;
const DIRECTORY_MODE = 0o755;

/** Lays a build context out, in one step and only if something in it would change. */
export function writeContext(directory: string, files: ContextFiles): boolean {
  for (const [path, source] of Object.entries(files)) {
    if (!existsSync(source)) throw new Error(`${path} of the image context ${directory} is missing: ${source} does not exist`);
  }
  if (Object.entries(files).every(([path, source]) => isSame(join(directory, path), source))) return false;

  const unfinished = `${directory}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  for (const [path, source] of Object.entries(files)) {
    const target = join(unfinished, path);
    mkdirSync(dirname(target), { recursive: true });
    chmodSync(dirname(target), DIRECTORY_MODE);
    copyFileSync(source, target);
    chmodSync(target, FILE_MODE);
  }
  rmSync(directory, { recursive: true, force: true });
  renameSync(unfinished, directory);
  return true;
}

function isSame(target: string, source: string): boolean {
  return existsSync(target) && readFileSync(target).equals(readFileSync(source));
}
