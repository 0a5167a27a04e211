import { resolve } from 'node:path';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Architecture, DockerImageCode } from 'aws-cdk-lib/aws-lambda';
import { FileSystem, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Findings } from '../validation/check-quota';
import { mebibytesBelow } from './context-files';
import { generatedProblems } from './generated-checks';
import { contextDirectory, writeContext } from './generated-context';
import type { GeneratedImageProps } from './generated-image-props';
import { checkImageContext } from './image-checks';

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

/** The container image of an inference function. Synthesis never runs Docker. */
export abstract class InferenceImage {
  /**
   * An image that is built from a directory with a Dockerfile when the app is deployed.
   *
   * @param directory build context
   */
  public static fromDirectory(directory: string, options: DirectoryImageOptions = {}): InferenceImage {
    return new DirectoryImage(resolve(directory), options);
  }

  /**
   * An image whose Dockerfile is written: AWS's base image, the weights, what is installed for one architecture, then the code. It starts as a
   * function, as a worker of a queue, or as an AgentCore runtime, whatever runs it. Building takes BuildKit where there are models.
   */
  public static generated(props: GeneratedImageProps): InferenceImage {
    return new GeneratedImage(props);
  }

  /**
   * An image that is in a registry.
   *
   * @param repository repository in the function's account and Region
   * @param digestOrTag `sha256:...`, or a tag that never moves: a version of the function is made when this string changes
   */
  public static fromEcr(repository: IRepository, digestOrTag: string): InferenceImage {
    return new RegistryImage(repository, digestOrTag);
  }

  /**
   * Build context, where there is one.
   * @internal
   */
  public abstract readonly _directory?: string;

  /**
   * MiB of the weights that the image itself brings along.
   * @internal
   */
  public get _modelMebibytes(): number {
    return 0;
  }

  /**
   * Whether the image starts in every home: it was written here.
   * @internal
   */
  public get _startsAnywhere(): boolean {
    return false;
  }

  /**
   * Writes what has to be there before the image is checked.
   * @internal
   */
  public _prepare(_scope: IConstruct): void {}

  /**
   * Adds what cannot work to the findings.
   * @internal
   */
  public abstract _check(findings: Findings, architecture: Architecture): void;

  /** @internal */
  public abstract _code(architecture: Architecture): DockerImageCode;
}

class DirectoryImage extends InferenceImage {
  constructor(
    override readonly _directory: string,
    private readonly options: DirectoryImageOptions,
  ) {
    super();
  }

  override _check(findings: Findings, architecture: Architecture): void {
    const { file = 'Dockerfile', target, cmd, buildContexts = {} } = this.options;
    checkImageContext(findings, {
      directory: this._directory,
      file,
      target,
      hasCommand: cmd !== undefined,
      platform: platformOf(architecture).platform,
    });
    for (const [name, directory] of Object.entries(buildContexts)) {
      findings.warnings.push({
        id: 'serverless-ai:inference.machine-bound',
        message: `the build context ${name} is ${resolve(directory)}: this assembly builds only where that directory exists`,
      });
    }
  }

  override _code(architecture: Architecture): DockerImageCode {
    const { cmd, buildContexts, ...options } = this.options;
    return DockerImageCode.fromImageAsset(this._directory, {
      ...options,
      ...(buildContexts ? namedContexts(buildContexts) : {}),
      cmd,
      platform: platformOf(architecture),
    });
  }
}

class GeneratedImage extends InferenceImage {
  private problems: readonly string[] = [];
  private image?: DirectoryImage;

  constructor(private readonly props: GeneratedImageProps) {
    super();
  }

  override get _startsAnywhere(): boolean {
    return true;
  }

  override get _modelMebibytes(): number {
    const directories = (this.props.models ?? []).flatMap((model) => (model._bakedIn ? [resolve(model._bakedIn.path)] : []));
    return directories.reduce((sum, directory) => sum + mebibytesBelow(directory, ''), 0);
  }

  override get _directory(): string | undefined {
    return this.image?._directory;
  }

  override _prepare(scope: IConstruct): void {
    if (this.image !== undefined) return;
    this.problems = generatedProblems(this.props);
    if (this.problems.length > 0) return;
    const directory = contextDirectory(scope);
    try {
      const { buildContexts } = writeContext(this.props, directory);
      this.image = new DirectoryImage(directory, { buildContexts });
    } catch (error) {
      this.problems = [`image: ${(error as Error).message}`];
    }
  }

  override _check(findings: Findings, architecture: Architecture): void {
    findings.problems.push(...this.problems);
    this.image?._check(findings, architecture);
  }

  override _code(architecture: Architecture): DockerImageCode {
    if (this.image === undefined) throw new Error('the image was not prepared');
    return this.image._code(architecture);
  }
}

/** The content of a named context enters the asset hash, its path does not: the hash is the same on every machine. */
function namedContexts(contexts: Record<string, string>) {
  const absolute = Object.entries(contexts).map(([name, directory]) => [name, resolve(directory)] as const);
  return {
    buildContexts: Object.fromEntries(absolute),
    invalidation: { buildContexts: false },
    extraHash: absolute.map(([name, directory]) => `${name}=${FileSystem.fingerprint(directory)}`).join(),
  };
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

class RegistryImage extends InferenceImage {
  override readonly _directory = undefined;

  constructor(
    private readonly repository: IRepository,
    private readonly digestOrTag: string,
  ) {
    super();
  }

  override _check(findings: Findings): void {
    const value = this.digestOrTag;
    if (Token.isUnresolved(value)) return;
    if (value === 'latest') {
      findings.problems.push('image: the tag "latest" moves without the alias noticing; pass a digest (sha256:...) or an immutable tag');
    } else if (!DIGEST.test(value) && !TAG.test(value)) {
      findings.problems.push(`image: a digest (sha256: and 64 hexadecimal digits) or a tag is required, got ${JSON.stringify(value)}`);
    }
  }

  override _code(): DockerImageCode {
    return DockerImageCode.fromEcr(this.repository, { tagOrDigest: this.digestOrTag });
  }
}

function platformOf(architecture: Architecture): Platform {
  return architecture.name === Architecture.ARM_64.name ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64;
}
