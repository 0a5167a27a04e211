import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { DockerImageAssetProps } from 'aws-cdk-lib/aws-ecr-assets';
import { Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { ModelFilesError } from './model-files-error';
import { type ModelManifest, readManifest } from './model-manifest';
import { stageModel } from './staged-model';

const BYTES_PER_MEBIBYTE = 1_024 * 1_024;

/** A directory that `COPY --from=<name>` reads: it is never copied into the assembly unless it is staged, and its content decides the hash. */
export class NamedContext {
  private read?: ModelManifest;

  /** @param directory absolute */
  constructor(
    readonly name: string,
    readonly directory: string,
    readonly staged = false,
  ) {}

  /**
   * What the directory holds, read once.
   * @throws ModelFilesError where that cannot be read
   */
  get manifest(): ModelManifest {
    this.read ??= readManifest(this.directory, { follow: this.staged });
    return this.read;
  }

  /** What the weights take; nothing where they cannot be read, which a check reports. */
  get bytes(): number {
    try {
      return this.manifest.bytes;
    } catch (error) {
      if (error instanceof ModelFilesError) return 0;
      throw error;
    }
  }

  /** Digests by absolute path; none where the weights cannot be read. */
  get digests(): ReadonlyMap<string, string> {
    const files = this.bytes === 0 ? [] : this.manifest.files;
    return new Map(files.flatMap(({ source, sha256 }) => (sha256 === undefined ? [] : [[source, sha256] as const])));
  }

  get mebibytes(): number {
    return this.bytes / BYTES_PER_MEBIBYTE;
  }
}

/** Set where assets are used in place. */
const STAGING_DISABLED = 'aws:cdk:disable-asset-staging';

/**
 * What an image asset is given to read named contexts. The digest of their content enters the asset hash, their path does not: the hash is the same
 * on every machine. The path is relative to the build context, where the CDK's command line starts `docker build`.
 *
 * @param contextDirectory where the main build context lies before it is staged
 */
export function contextProps(
  scope: IConstruct,
  contextDirectory: string,
  contexts: readonly NamedContext[],
): Pick<DockerImageAssetProps, 'buildContexts' | 'invalidation' | 'extraHash'> {
  if (contexts.length === 0) return {};
  const home = stagingDisabled(scope) ? contextDirectory : homeOf(scope);
  const placeOf = (context: NamedContext) =>
    context.staged ? stageModel(outdirOf(scope), context.directory, context.manifest) : context.directory;
  return {
    buildContexts: Object.fromEntries(contexts.map((context) => [context.name, pathFrom(home, placeOf(context))])),
    invalidation: { buildContexts: false },
    extraHash: contexts.map(({ name, manifest }) => `${name}=${manifest.sha256}`).join(),
  };
}

/** Way from a directory to another, as a process that runs there finds it: links on the way are resolved. */
export function pathFrom(from: string, to: string): string {
  return wayBetween(physical(from), physical(to));
}

/** How a system writes the way from a directory to another. */
export interface PathRules {
  readonly sep: string;
  relative(from: string, to: string): string;
}

/** With forward slashes, which every system understands. Between drives of Windows there is no way: the answer is an absolute path. */
export function wayBetween(from: string, to: string, path: PathRules = { relative, sep }): string {
  return path.relative(from, to).split(path.sep).join('/');
}

/** The part that exists may hold links; the rest is yet to be made. */
function physical(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(physical(parent), basename(path));
}

/** Every staged asset is a directory right below that of the assembly, so from each the way is the same. */
export function homeOf(scope: IConstruct): string {
  return join(outdirOf(scope), 'asset');
}

export function outdirOf(scope: IConstruct): string {
  return Stage.of(scope)!.assetOutdir;
}

function stagingDisabled(scope: IConstruct): boolean {
  return Boolean(scope.node.tryGetContext(STAGING_DISABLED));
}
