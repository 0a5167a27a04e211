import type { Size } from 'aws-cdk-lib/core';

/** Where a model lies inside its image, and how it gets there. */
export interface BakedInModelOptions {
  /**
   * Directory in the image, which the handler finds in `MODEL_DIR`.
   * @default - as the image itself sets `MODEL_DIR`
   */
  readonly directoryInImage?: string;
  /**
   * Name under which the Dockerfile reads the weights: `COPY --from=<name> . /opt/model/`. They then stay where they are, and no synth copies them into
   * the assembly. BuildKit, Docker's builder since version 23, is needed.
   * Source: https://docs.docker.com/reference/cli/docker/buildx/build/#build-context
   * @default - 'model' for a directory outside of the build context; what lies inside is part of the build context
   */
  readonly buildContext?: string;
  /**
   * Puts the weights into the assembly all the same, for a pipeline that builds images from an assembly alone: a clone or a hard link where the file
   * system can make one, else a copy, and once for each content. Links are followed.
   * @default false
   */
  readonly staged?: boolean;
}

/** What is known of a model that lies in S3. */
export interface S3ModelOptions {
  /**
   * Size of the object; memory and /tmp are sized by it.
   * @default - unknown: state `memorySize` and `ephemeralStorageSize` yourself when the model is larger than a few hundred MB
   */
  readonly size?: Size;
  /**
   * Version of the object, in a versioned bucket.
   * @default - the newest one; what does not have the digest is refused
   */
  readonly objectVersion?: string;
}
