import type { ImageCheck } from '../image-check';
import { neededTemporaryStorage } from '../model-sizing';

const BYTES_PER_MEBIBYTE = 1_024 ** 2;

export const IMAGE_TEMPORARY_STORAGE: ImageCheck = {
  id: 'image-temporary-storage',
  title: 'Model in S3 that does not fit /tmp',
  why: 'The environment fetches the model to /tmp before it answers for the first time, and the download ends with "no space left on device".',
  severity: 'error',
  fix: 'raise the ephemeral storage, or copy the model into the image',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html',
  *judge(_image, { home, fetchedBytes, temporary }) {
    if (home !== 'function' || fetchedBytes === undefined || temporary === undefined) return;
    const mebibytes = fetchedBytes / BYTES_PER_MEBIBYTE;
    const needed = neededTemporaryStorage(mebibytes);
    const fits = temporary >= mebibytes;
    if (temporary >= needed) return;
    yield {
      message: `the model that is fetched has ${Math.ceil(mebibytes)} MiB and needs ${needed} MB of /tmp, the function has ${temporary} MB`,
      // It goes in, with hardly anything beside it.
      ...(fits && { severity: 'warning' as const }),
    };
  },
};
