import type { ImageCheck } from '../image-check';
import { HOMES } from '../image-check';
import { neededMemory } from '../model-sizing';
import { weightsIn } from '../model-weights';

const BYTES_PER_MEBIBYTE = 1_024 ** 2;

export const IMAGE_MODEL_MEMORY: ImageCheck = {
  id: 'image-model-memory',
  title: 'Model that does not fit the memory',
  why: 'Weights take at least their size in memory, a quarter more while they are loaded, and the runtime 256 MB beside them; a process that gets no more is killed during its start.',
  severity: 'warning',
  fix: 'give more memory, or use a quantized model',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html',
  *judge(image, { memory, home }) {
    if (memory === undefined) return;
    const { bytes, largest } = weightsIn(image.contents.files.values());
    if (largest === undefined) return;
    const mebibytes = bytes / BYTES_PER_MEBIBYTE;
    const needed = neededMemory(mebibytes);
    if (memory >= needed) return;
    yield {
      message: `${image.at(largest.copy.line)} copies ${largest.entry.path}; the weights have ${Math.ceil(mebibytes)} MiB and need ${needed} MB of memory, ${HOMES[home]} has ${memory} MB`,
    };
  },
};
