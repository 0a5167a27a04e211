import type { ImageAsset } from '../../../../template/assets';
import type { Resource } from '../../../../template/resource';
import { perGraph } from '../../../../template/resource-graph';
import { render, type Value } from '../../../../template/value';

/** The image that an image URI names, whichever stack of the assembly builds it; undefined for those that are built elsewhere. */
export function imageAsset({ stack }: Resource, uri: Value | undefined): ImageAsset | undefined {
  const tag = /:([^:/]+)$/.exec(render(uri))?.[1];
  return tag === undefined ? undefined : images(stack.graph).get(tag);
}

/** `arm64` of `linux/arm64/v8`; undefined where none is stated. */
export function architectureOf({ platform }: ImageAsset): string | undefined {
  return platform?.split('/')[1];
}

const images = perGraph(
  (graph): ReadonlyMap<string, ImageAsset> => new Map(graph.stacks.flatMap((stack) => [...stack.source.assets.images])),
);
