import { copyFileSync, linkSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Puts one file at a place where there is none. */
type PlaceFile = (source: string, target: string) => void;

/**
 * Lays a file or folder out at another place, over what is there. A hard link where the file system allows it: models are large, and a real path keeps
 * module resolution within the layout.
 */
export function place(source: string, target: string, placeFile: PlaceFile = link): void {
  if (statSync(source).isDirectory()) {
    mkdirSync(target, { recursive: true });
    for (const name of readdirSync(source)) place(join(source, name), join(target, name), placeFile);
    return;
  }
  mkdirSync(dirname(target), { recursive: true });
  rmSync(target, { force: true });
  placeFile(source, target);
}

export const link: PlaceFile = (source, target) => {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
};

/** For files that are not the assembly's: a hard link would change their inode, and a synth would read them all again. */
export const pointTo: PlaceFile = (source, target) => {
  try {
    symlinkSync(resolve(source), target, 'file');
  } catch {
    // Windows lets not every user make symbolic links.
    link(source, target);
  }
};
