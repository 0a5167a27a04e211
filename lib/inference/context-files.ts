import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { IgnoreStrategy } from 'aws-cdk-lib/core';

const BYTES_PER_MEBIBYTE = 1_024 * 1_024;

/** Why a path of a build context is not there when the image is built, or undefined when it is. */
export function contextFileProblem(contextDirectory: string, path: string): string | undefined {
  if (isAbsolute(path) || escapes(contextDirectory, path)) return `${path} must lie inside the build context ${contextDirectory}`;
  const file = join(contextDirectory, path);
  if (!existsSync(file)) return `${path} does not exist in the build context ${contextDirectory}; build it first, or correct the path`;
  if (mebibytesBelow(contextDirectory, path) === 0) return `${path} in the build context ${contextDirectory} is empty`;
  if (isIgnored(contextDirectory, file)) return `${path} is left out of the build context by ${join(contextDirectory, '.dockerignore')}`;
  return undefined;
}

/** MiB of a file or of all files below a directory; 0 when there is nothing. */
export function mebibytesBelow(contextDirectory: string, path: string): number {
  const file = join(contextDirectory, path);
  return existsSync(file) ? bytesOf(file) / BYTES_PER_MEBIBYTE : 0;
}

function bytesOf(file: string): number {
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(file).reduce((sum, name) => sum + bytesOf(join(file, name)), 0);
}

/** Whether a path leads out of a build context. */
export function escapes(contextDirectory: string, path: string): boolean {
  const inside = relative(resolve(contextDirectory), resolve(contextDirectory, path));
  return inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
}

/** The line of `.dockerignore` that leaves a directory of a build context out; undefined for one that lies elsewhere. */
export function patternOf(directory: string, contextDirectory: string): string | undefined {
  if (escapes(contextDirectory, directory)) return undefined;
  const path = relative(resolve(contextDirectory), directory).split(sep).join('/');
  return path.replace(/[*?[\]\\!#]/g, '\\$&');
}

function isIgnored(contextDirectory: string, file: string): boolean {
  const ignoreFile = join(contextDirectory, '.dockerignore');
  if (!existsSync(ignoreFile)) return false;
  const patterns = readFileSync(ignoreFile, 'utf8').split('\n').filter(Boolean);
  const strategy = IgnoreStrategy.docker(resolve(contextDirectory), patterns);
  return strategy.ignores(resolve(file));
}
