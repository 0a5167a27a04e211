import { IMAGE_BASE_END_OF_LIFE } from './checks/image-base-end-of-life';
import { IMAGE_BINARY_ARCHITECTURE } from './checks/image-binary-architecture';
import { IMAGE_COPY_MISSING } from './checks/image-copy-missing';
import { IMAGE_DOCKERFILE } from './checks/image-dockerfile';
import { IMAGE_HANDLER } from './checks/image-handler';
import { IMAGE_LATEST_TAG } from './checks/image-latest-tag';
import { IMAGE_LAYER_ORDER } from './checks/image-layer-order';
import { IMAGE_MISSING_CONTEXT } from './checks/image-missing-context';
import { IMAGE_MODEL_DIGEST } from './checks/image-model-digest';
import { IMAGE_MODEL_MEMORY } from './checks/image-model-memory';
import { IMAGE_NO_COMMAND } from './checks/image-no-command';
import { IMAGE_PLATFORM } from './checks/image-platform';
import { IMAGE_RUNTIME_DOWNLOAD } from './checks/image-runtime-download';
import { IMAGE_SECRET } from './checks/image-secret';
import { IMAGE_SIZE } from './checks/image-size';
import { IMAGE_TEMPORARY_STORAGE } from './checks/image-temporary-storage';
import { IMAGE_UNREADABLE_FILE } from './checks/image-unreadable-file';
import { IMAGE_USER } from './checks/image-user';
import { IMAGE_WRITE_OUTSIDE_TMP } from './checks/image-write-outside-tmp';
import type { ImageCheck } from './image-check';

/** Every check of an image, in the order of docs/rules.md. */
export const IMAGE_CHECKS: readonly ImageCheck[] = [
  IMAGE_DOCKERFILE,
  IMAGE_MISSING_CONTEXT,
  IMAGE_COPY_MISSING,
  IMAGE_HANDLER,
  IMAGE_NO_COMMAND,
  IMAGE_BASE_END_OF_LIFE,
  IMAGE_LATEST_TAG,
  IMAGE_PLATFORM,
  IMAGE_BINARY_ARCHITECTURE,
  IMAGE_SECRET,
  IMAGE_UNREADABLE_FILE,
  IMAGE_MODEL_DIGEST,
  IMAGE_MODEL_MEMORY,
  IMAGE_TEMPORARY_STORAGE,
  IMAGE_SIZE,
  IMAGE_WRITE_OUTSIDE_TMP,
  IMAGE_RUNTIME_DOWNLOAD,
  IMAGE_LAYER_ORDER,
  IMAGE_USER,
];
