import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { IgnoreStrategy } from 'aws-cdk-lib/core';
import { type FileState, stateOf } from './file-state';
import { ModelFilesError } from './model-files-error';

/** A file of a directory with weights, or a link that the image keeps as a link. */
export interface ModelFile {
  /** Relative to the directory, with forward slashes. */
  readonly path: string;
  /** Where its content lies: the target of a link that was followed. */
  readonly source: string;
  readonly state: FileState;
  /** Target of a link that is kept, with forward slashes. */
  readonly target?: string;
}

export interface WalkOptions {
  /** Take what links lead to from outside of the directory, as a copy does; a build would keep such a link, and it would lead nowhere. */
  readonly follow: boolean;
}

/**
 * Files that `COPY` takes from a named build context, sorted by path. `.dockerignore` of the directory counts: BuildKit reads it for named
 * contexts as it does for the main one. Empty directories are left out, since version control does not keep them either.
 * Source: https://github.com/moby/buildkit/blob/master/frontend/dockerui/namedcontext.go
 */
export function modelFiles(directory: string, options: WalkOptions): ModelFile[] {
  const root = resolve(directory);
  if (!existsSync(root)) throw new ModelFilesError(`${root} does not exist; fetch the weights first, or correct the path`);
  if (!statSync(root).isDirectory()) throw new ModelFilesError(`${root} is not a directory; give the weights a directory of their own`);
  const found = new Walk(root, options).files();
  if (found.length === 0) throw new ModelFilesError(`${root} has no files; fetch the weights first, or correct the path`);
  // By code units: an order by language would differ from machine to machine.
  return found.sort((left, right) => (left.path < right.path ? -1 : 1));
}

class Walk {
  private readonly ignored: (path: string, directory: boolean) => boolean;
  private readonly found: ModelFile[] = [];

  constructor(
    private readonly root: string,
    private readonly options: WalkOptions,
  ) {
    this.ignored = ignoreRules(root);
  }

  files(): ModelFile[] {
    this.directory(this.root, '', [realpathSync(this.root)]);
    return this.found;
  }

  private directory(directory: string, prefix: string, above: readonly string[]): void {
    for (const entry of attempt(directory, () => readdirSync(directory, { withFileTypes: true }))) {
      const path = prefix + entry.name;
      const source = directory + sep + entry.name;
      if (this.ignored(path, entry.isDirectory())) continue;
      if (entry.isDirectory()) this.directory(source, `${path}/`, above);
      else if (entry.isFile()) this.add(path, source);
      else if (entry.isSymbolicLink()) this.link(path, source, above);
      else throw new ModelFilesError(`${source} is neither a file nor a directory; remove it`);
    }
  }

  private link(path: string, source: string, above: readonly string[]): void {
    const target = readlinkSync(source);
    if (!existsSync(source)) throw new ModelFilesError(`${source} links to ${target}, which does not exist; fetch it, or remove the link`);
    const inside = !isAbsolute(target) && isBelow(this.root, resolve(source, '..', target));
    if (inside) {
      this.found.push({ path, source, state: stateOf(source), target: target.split(sep).join('/') });
      return;
    }
    if (!this.options.follow) {
      throw new ModelFilesError(
        `${source} links to ${target}, which the image would not have; copy the directory with "cp -rL", or say "staged: true", which follows links`,
      );
    }
    const real = realpathSync(source);
    if (!statSync(real).isDirectory()) {
      this.add(path, real);
      return;
    }
    if (above.some((directory) => isBelow(real, directory))) {
      throw new ModelFilesError(`${source} links to ${target}, which contains it; remove the link`);
    }
    this.directory(real, `${path}/`, [...above, real]);
  }

  private add(path: string, source: string): void {
    this.found.push({ path, source, state: attempt(source, () => stateOf(source)) });
  }
}

/** Runs what touches the file system, and names the path where that fails. */
export function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ModelFilesError(`${path} cannot be read (${code ?? message}); make it readable to the user who synthesizes`, {
      cause: error,
    });
  }
}

function isBelow(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function ignoreRules(root: string): (path: string, directory: boolean) => boolean {
  const file = join(root, '.dockerignore');
  if (!existsSync(file)) return () => false;
  const patterns = attempt(file, () => readFileSync(file, 'utf8'))
    .split(/\r?\n/)
    .filter(Boolean);
  const strategy = IgnoreStrategy.docker(root, patterns);
  return (path, directory) => (directory ? strategy.completelyIgnores(join(root, path)) : strategy.ignores(join(root, path)));
}
