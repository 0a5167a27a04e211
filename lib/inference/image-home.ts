import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { ImageArtifact } from './image-artifact';
import type { InferenceImage } from './inference-image';
import type { ModelSource } from './model-source';

/** What another home of a function's image has to know of the function. */
export interface ImageHome {
  readonly image: InferenceImage;
  readonly artifact: ImageArtifact;
  readonly architecture: Architecture;
  readonly model?: ModelSource;
  /** MB of memory that the function has. */
  readonly memory: number;
  /** MiB of a model that is fetched to /tmp; 0 where nothing is. */
  readonly fetchedMebibytes: number;
  /** MiB of the image as far as it can be seen: its context and its weights. */
  readonly imageMebibytes: number;
}
