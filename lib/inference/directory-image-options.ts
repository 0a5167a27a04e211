/** How an image is built from a directory. */
export interface DirectoryImageOptions {
  /**
   * Dockerfile, relative to the directory.
   * @default 'Dockerfile'
   */
  readonly file?: string;
  /**
   * Stage to build.
   * @default - the last one
   */
  readonly target?: string;
  /**
   * Values of the Dockerfile's ARGs.
   * @default - none
   */
  readonly buildArgs?: Record<string, string>;
  /**
   * Command that replaces the Dockerfile's: for an AWS base image the handler's name.
   * @default - the Dockerfile's CMD
   */
  readonly cmd?: string[];
  /**
   * Patterns to leave out of the build context, in addition to `.dockerignore`.
   * @default - none
   */
  readonly exclude?: string[];
  /**
   * Named build contexts (BuildKit): name -> directory, for weights that are too large to copy into cdk.out. Their content decides
   * whether the image is built again; their path does not. The assembly then builds only on the machine that has the directory, which a
   * warning says.
   * @default - none
   */
  readonly buildContexts?: Record<string, string>;
}
