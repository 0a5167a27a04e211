import { stageNamed } from '../dockerfile';
import type { ImageCheck } from '../image-check';
import { imageReference } from '../image-reference';

export const IMAGE_LATEST_TAG: ImageCheck = {
  id: 'image-latest-tag',
  title: 'Base image without a version',
  why: 'What `latest` names changes under the same Dockerfile: a build of tomorrow has another language version, and an old one cannot be built again.',
  severity: 'warning',
  fix: 'state a version as tag, such as python:3.13-slim, or a digest',
  source: 'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
  *judge(image) {
    for (const stage of image.neededStages()) {
      if (stage.parent !== undefined || stage.base === 'scratch' || stage.base.includes('$')) continue;
      const { tag, digest } = imageReference(stage.base);
      if (digest === undefined && (tag === undefined || tag === 'latest'))
        yield { message: `${image.at(stage.line)} starts from ${stage.base}${tag === undefined ? ', which means latest' : ''}` };
      for (const step of stage.steps) {
        if (step.kind !== 'copy' || step.from === undefined || image.named.has(step.from) || step.from.includes('$')) continue;
        if (stageNamed(image.dockerfile!.stages, step.from) !== undefined) continue;
        const from = imageReference(step.from);
        if (from.digest === undefined && (from.tag === undefined || from.tag === 'latest'))
          yield { message: `${image.at(step.line)} copies from ${step.from}${from.tag === undefined ? ', which means latest' : ''}` };
      }
    }
  },
};
