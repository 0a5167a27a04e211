import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

export type Esbuild = typeof import('esbuild');

/** The esbuild of the user's project, an optional peer: looked for beside the entry and in the working directory. */
export function findEsbuild(entry: string): Esbuild | undefined {
  try {
    return require(require.resolve('esbuild', { paths: [dirname(entry), process.cwd()] })) as Esbuild;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Nearest folder with a package.json: esbuild names files relative to it, in comments and in source maps. */
export function projectRoot(entry: string): string {
  for (let directory = dirname(entry); ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'package.json'))) return directory;
    if (directory === dirname(directory) || directory === sep) return dirname(entry);
  }
}
