import { stageChain } from '../dockerfile';
import type { ImageCheck } from '../image-check';
import { processorOfPlatform, processorOfStage } from '../image-processor';

export const IMAGE_PLATFORM: ImageCheck = {
  id: 'image-platform',
  title: 'Dockerfile that names another processor than its image is built for',
  why: 'FROM --platform wins over the platform of the build: the image holds programs of the other processor, and each start ends with "exec format error".',
  severity: 'error',
  fix: 'drop --platform from FROM, or build the image for that platform',
  source: 'https://docs.docker.com/reference/dockerfile/#from',
  *judge(image) {
    const asked = image.source.platform === undefined ? undefined : processorOfPlatform(image.source.platform);
    const built = processorOfStage(image.stage);
    if (asked === undefined || built === 'open' || built === 'unknown' || built === asked) return;
    const chain = stageChain(image.stage);
    const { line, base, platform } = chain.find((stage) => stage.platform !== undefined) ?? chain.at(-1)!;
    yield {
      message: `${image.at(line)} starts from ${base}${platform === undefined ? '' : ` for ${platform}`}, and the image is built for ${image.source.platform}`,
    };
  },
};
