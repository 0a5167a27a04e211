import type { ImageCheck } from '../image-check';

export const IMAGE_USER: ImageCheck = {
  id: 'image-user',
  title: 'USER in the image of a function',
  why: 'Lambda does not use it: every image runs as a user of its own with the least rights, so that files which only the named user may read cannot be read.',
  severity: 'info',
  fix: 'leave USER out, and let all files be readable by everyone',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html',
  *judge(image, { home }) {
    const user = image.stage?.user;
    if (home !== 'function' || user === undefined) return;
    yield { message: `${image.at(user.line)} sets USER ${user.value}, which Lambda does not use: it runs the image as a user of its own` };
  },
};
