import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';

export interface ImageAsset {
  readonly hash: string;
  /** Build context. */
  readonly context: string;
  /** Relative to the context. */
  readonly dockerfile: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** Directories of `COPY --from=<name>` that are no stage, by name; they need not be in the assembly, nor on this machine. */
  readonly buildContexts: Readonly<Record<string, string>>;
  readonly target?: string;
  /** `linux/arm64`; that of the machine that builds where it is not stated. */
  readonly platform?: string;
}

export interface Assets {
  /** Staged file or directory by object key, such as `<hash>.zip`. */
  readonly files: ReadonlyMap<string, string>;
  /** Image by tag. */
  readonly images: ReadonlyMap<string, ImageAsset>;
}

export const NO_ASSETS: Assets = { files: new Map(), images: new Map() };

interface AssetManifest {
  readonly files?: Record<string, { source?: { path?: string }; destinations?: Record<string, { objectKey?: string }> }>;
  readonly dockerImages?: Record<string, { source?: DockerSource; destinations?: Record<string, { imageTag?: string }> }>;
}

interface DockerSource {
  readonly directory?: string;
  readonly dockerFile?: string;
  readonly dockerBuildArgs?: Record<string, string>;
  readonly dockerBuildContexts?: Record<string, string>;
  readonly dockerBuildTarget?: string;
  readonly platform?: string;
}

/** Where each asset was staged. An asset without a source in the assembly is left out, so that only asking for it fails. */
export function readAssets(directory: string, manifest: AssetManifest): Assets {
  const files = new Map<string, string>();
  for (const { source, destinations } of Object.values(manifest.files ?? {})) {
    if (!source?.path) continue;
    for (const { objectKey } of Object.values(destinations ?? {})) if (objectKey) files.set(objectKey, resolve(directory, source.path));
  }
  const images = new Map<string, ImageAsset>();
  for (const [hash, { source, destinations }] of Object.entries(manifest.dockerImages ?? {})) {
    if (!source?.directory) continue;
    const context = resolve(directory, source.directory);
    // The build starts in the context, and the kernel follows links before it goes up.
    const home = existsSync(context) ? realpathSync(context) : context;
    const image: ImageAsset = {
      hash,
      context,
      dockerfile: source.dockerFile ?? 'Dockerfile',
      buildArgs: source.dockerBuildArgs ?? {},
      buildContexts: Object.fromEntries(
        Object.entries(source.dockerBuildContexts ?? {}).map(([name, path]) => [name, resolve(home, path)]),
      ),
      ...(source.dockerBuildTarget && { target: source.dockerBuildTarget }),
      ...(source.platform && { platform: source.platform }),
    };
    for (const { imageTag } of Object.values(destinations ?? {})) if (imageTag) images.set(imageTag, image);
  }
  return { files, images };
}

export function mergeAssets(left: Assets, right: Assets): Assets {
  return { files: new Map([...left.files, ...right.files]), images: new Map([...left.images, ...right.images]) };
}
