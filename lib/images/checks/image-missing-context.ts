import type { ImageCheck } from '../image-check';

export const IMAGE_MISSING_CONTEXT: ImageCheck = {
  id: 'image-missing-context',
  title: 'Image whose named build context is not on this machine',
  why: 'The deployment stops before anything is built: Docker asks for each named build context first, and the assembly holds no more than the way to it.',
  severity: 'error',
  fix: 'fetch the files to that directory before the deployment, or put them into the assembly with ModelSource.bakedIn(directory, { staged: true })',
  source: 'https://docs.docker.com/reference/cli/docker/buildx/build/',
  *judge({ named }) {
    for (const [name, { directory, exists }] of named) {
      if (!exists) yield { message: `the build context ${name} is the directory ${directory}, which is not there` };
    }
  },
};
