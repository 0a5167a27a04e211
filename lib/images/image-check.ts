import type { ContainerImage } from './container-image';

/** What runs the image. */
export type ImageHome = 'function' | 'task' | 'runtime';

/** How the image is run, as far as a template or props say. */
export interface ImageUse {
  readonly home: ImageHome;
  /** Undefined where it is not known. */
  readonly processor?: 'x86_64' | 'arm64';
  /** MiB. */
  readonly memory?: number;
  /** MiB of /tmp. */
  readonly temporary?: number;
  /** Bytes of a model that is fetched to /tmp. */
  readonly fetchedBytes?: number;
  /** Variables that are set beside those of the image; undefined for a value that only the deployment knows. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Replaces the CMD of the image. */
  readonly command?: readonly string[];
  /** Replaces the ENTRYPOINT of the image. */
  readonly entrypoint?: readonly string[];
  /** ISO date. */
  readonly today: string;
}

export type ImageSeverity = 'error' | 'warning' | 'info';

export interface ImageProblem {
  /** Lower case, no final period; begins with the line of the Dockerfile where there is one. */
  readonly message: string;
  /** @default - that of the check */
  readonly severity?: ImageSeverity;
  /** @default - that of the check */
  readonly fix?: string;
}

/** A mistake that can be seen in a Dockerfile and its build context, without Docker. Pure but for reading these. */
export interface ImageCheck {
  /** `image-problem`. */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly severity: ImageSeverity;
  readonly fix: string;
  readonly source: string;
  readonly judge: (image: ContainerImage, use: ImageUse) => Iterable<ImageProblem>;
}

/** Home in the words of messages. */
export const HOMES: Readonly<Record<ImageHome, string>> = {
  function: 'the function',
  task: 'the task',
  runtime: 'the AgentCore runtime',
};

/** The value that a variable has when the program starts; undefined where nobody sets it, or where only the deployment knows. */
export function variableOf(image: ContainerImage, use: ImageUse, name: string): string | undefined {
  return name in use.environment ? use.environment[name] : image.stage?.environment[name];
}
