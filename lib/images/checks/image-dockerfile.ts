import type { ImageCheck } from '../image-check';

export const IMAGE_DOCKERFILE: ImageCheck = {
  id: 'image-dockerfile',
  title: 'Dockerfile that cannot be built',
  why: 'The deployment stops while it builds the image, after everything before it was already deployed.',
  severity: 'error',
  fix: 'correct the Dockerfile, or name the right one',
  source: 'https://docs.docker.com/reference/dockerfile/',
  *judge({ dockerfile, stage, source }) {
    if (dockerfile === undefined) {
      yield { message: `the build context has no ${source.dockerfile}` };
      return;
    }
    const [problem] = dockerfile.problems;
    if (problem !== undefined) yield { message: `${source.dockerfile}:${problem.line}: ${problem.message}` };
    else if (dockerfile.stages.length === 0) yield { message: `${source.dockerfile} has no FROM` };
    else if (stage === undefined) yield { message: `${source.dockerfile} has no stage named ${source.target}` };
  },
};
