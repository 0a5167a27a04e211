import type { ImageAsset } from '../../../../template/assets';
import type { Resource } from '../../../../template/resource';
import { render, type Value } from '../../../../template/value';

/** The image of the assembly that an image URI names; undefined for those that are built elsewhere. */
export function imageAsset(resource: Resource, uri: Value | undefined): ImageAsset | undefined {
  const tag = /:([^:/]+)$/.exec(render(uri))?.[1];
  return tag === undefined ? undefined : resource.stack.source.assets.images.get(tag);
}

/** `arm64` of `linux/arm64/v8`; undefined where none is stated. */
export function architectureOf({ platform }: ImageAsset): string | undefined {
  return platform?.split('/')[1];
}
