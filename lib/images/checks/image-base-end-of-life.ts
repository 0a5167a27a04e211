import { baseImage } from '../base-image';
import type { ImageCheck } from '../image-check';

/** Days ahead for which an end is told. */
const AHEAD = 183;
const DAY = 86_400_000;

export const IMAGE_BASE_END_OF_LIFE: ImageCheck = {
  id: 'image-base-end-of-life',
  title: 'Base image that gets no patches any more',
  why: 'From that day on no security fix reaches the language or its libraries, however often the image is built again.',
  severity: 'error',
  fix: 'start from a supported version',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
  *judge({ base, source }, { today }) {
    const known = base && baseImage(base.image);
    if (known?.endOfLife === undefined) return;
    const fix = known.successor === undefined ? undefined : `start from ${known.successor}`;
    const from = `${source.dockerfile}:${base!.line} starts from ${base!.image}`;
    if (known.endOfLife <= today) yield { message: `${from}: ${known.name} is out of support since ${known.endOfLife}`, fix };
    else if (Date.parse(known.endOfLife) - Date.parse(today) <= AHEAD * DAY)
      yield { message: `${from}: support of ${known.name} ends on ${known.endOfLife}`, severity: 'warning', fix };
  },
};
