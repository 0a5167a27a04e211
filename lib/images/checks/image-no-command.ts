import type { ImageCheck } from '../image-check';

export const IMAGE_NO_COMMAND: ImageCheck = {
  id: 'image-no-command',
  title: "AWS's base image without the name of a handler",
  why: 'Its entry point takes the handler from CMD; without one every invocation ends with an error before any code is read.',
  severity: 'error',
  fix: 'add CMD ["index.handler"], or state the command of the function',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/python-image.html',
  *judge(image, { home, command, entrypoint }) {
    const { stage, source } = image;
    if (home !== 'function' || stage === undefined || !image.isOnLambdaBase) return;
    if (command !== undefined || entrypoint !== undefined || stage.command !== undefined || stage.entrypoint !== undefined) return;
    // Programs of one's own are started by a bootstrap.
    if (/\/(provided|go)\b/.test(image.base!.image)) return;
    yield { message: `${source.dockerfile} has no CMD, so Lambda does not know the handler` };
  },
};
