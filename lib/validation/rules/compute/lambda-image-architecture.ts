import { type ImageProcessor, imageProcessor, processorOfPlatform } from '../../../images/image-processor';
import type { ImageAsset } from '../../../template/assets';
import { FUNCTION } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';
import { fileOf, imageAssetOf } from './image-asset';

/** What Lambda runs where the template leaves it out. */
const STANDARD = 'x86_64';

export const LAMBDA_IMAGE_ARCHITECTURE_RULE: Rule = {
  id: 'lambda-image-architecture',
  title: 'Container image that may be built for another processor than the function runs on',
  why: 'An image is built for the processor of the machine that builds it: what a laptop with an ARM processor pushes for an x86 function ends each start with "exec format error", and what CI pushes works.',
  severity: 'warning',
  fix: 'state "architecture" of the function, for which CDK then builds the image; or "platform" of the image asset, or FROM --platform in the Dockerfile, to match it',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html',
  *check(graph) {
    for (const resource of graph.ofType(FUNCTION)) {
      const asset = imageAssetOf(resource);
      const runs = architectureOf(resource);
      if (asset === undefined || runs === undefined) continue;
      const built = builtFor(asset);
      if (built === 'open') yield { resource, message: `the image is built for whatever machine builds it, and the function runs ${runs}` };
      else if (built !== 'unknown' && built !== runs)
        yield { resource, message: `the image is built for ${built}, and the function runs ${runs}`, severity: 'error' };
    }
  },
};

function architectureOf(fn: Resource): string | undefined {
  if (fn.get('Architectures') === undefined) return STANDARD;
  const [architecture] = fn.list('Architectures');
  return typeof architecture === 'string' ? architecture : undefined;
}

function builtFor(asset: ImageAsset): ImageProcessor {
  if (asset.platform !== undefined) return processorOfPlatform(asset.platform) ?? 'unknown';
  const text = fileOf(asset, asset.dockerfile);
  return text === undefined ? 'unknown' : imageProcessor(text, asset.buildArgs, asset.target);
}
