import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageAsset } from '../../../template/assets';
import type { Resource } from '../../../template/resource';
import { render } from '../../../template/value';

/** The image that the assembly builds for the function; undefined for images that come from a repository. */
export function imageAssetOf(fn: Resource): ImageAsset | undefined {
  const tag = /:([\w.-]+)$/.exec(render(fn.get('Code', 'ImageUri')))?.[1];
  return tag === undefined ? undefined : fn.stack.source.assets.images.get(tag);
}

/** Text of a file of the build context; undefined when it is not there. */
export function fileOf({ context }: ImageAsset, name: string): string | undefined {
  const path = join(context, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
