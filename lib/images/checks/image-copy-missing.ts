import type { BuildContext } from '../build-context';
import { type ContainerImage, copiesOf } from '../container-image';
import type { Copy } from '../dockerfile';
import type { ImageCheck, ImageProblem } from '../image-check';
import { contextOf } from '../image-contents';

export const IMAGE_COPY_MISSING: ImageCheck = {
  id: 'image-copy-missing',
  title: 'COPY of what is not in the build context',
  why: 'The build stops there: the path is wrong, was not built yet, or .dockerignore leaves it out.',
  severity: 'error',
  fix: 'build the file first, correct the path, or take it out of .dockerignore',
  source: 'https://docs.docker.com/reference/dockerfile/#copy',
  *judge(image) {
    const copies = new Set([...image.neededStages()].flatMap(copiesOf));
    for (const copy of copies) yield* missing(image, copy);
  },
};

function* missing(image: ContainerImage, copy: Copy): Iterable<ImageProblem> {
  const context = contextOf(copy, { stages: image.dockerfile?.stages ?? [], context: image.context, named: image.named });
  // Of a named context that is not there at all, another rule tells.
  if (context === undefined || !context.exists || !context.isComplete) return;
  for (const source of copy.sources) {
    if (isElsewhere(source) || context.matching(source).length > 0) continue;
    yield { message: `${image.at(copy.line)} copies ${source}, ${reason(context, source)}` };
  }
}

/** Wildcards may match nothing; a variable without a value may be set by the base image; ADD fetches addresses. */
function isElsewhere(source: string): boolean {
  return /[*?[\]$]|^https?:|^git@|^git:/.test(source);
}

function reason(context: BuildContext, source: string): string {
  const ignore = context.ignoredBy(source);
  return ignore === undefined ? `which does not exist in the build context ${context.directory}` : `which ${ignore} leaves out`;
}
