import { join, resolve } from 'node:path';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { DockerImageAsset, type DockerImageAssetOptions } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { DockerImageCode } from 'aws-cdk-lib/aws-lambda';
import type { Construct, IConstruct } from 'constructs';
import type { Findings } from '../validation/check-quota';
import { checkContextIsRead, checkContexts } from './context-checks';
import { mebibytesBelow, patternOf } from './context-files';
import type { DirectoryImageOptions } from './directory-image-options';
import { generatedProblems } from './generated-checks';
import { contextDirectory, modelContexts, writeContext } from './generated-context';
import type { GeneratedImageProps } from './generated-image-props';
import type { ImageArtifact } from './image-artifact';
import { checkImageContext } from './image-checks';
import { type ImageUse, platformOf } from './image-use';
import { contextProps, NamedContext } from './named-context';
import { checkRegistryImage } from './registry-checks';

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
   * @param repository repository in the function's Region; one of another account needs a policy that lets Lambda pull
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
  public abstract _check(findings: Findings, use: ImageUse): void;

  /** @internal */
  public abstract _code(use: ImageUse): DockerImageCode;

  /**
   * The image as other services take it; an asset of it is made in the scope of the use.
   * @internal
   */
  public abstract _artifact(use: ImageUse): ImageArtifact;

  /**
   * MiB of all that is known to become part of the image.
   * @internal
   */
  public _knownMebibytes(_use: ImageUse): number {
    return 0;
  }
}

class DirectoryImage extends InferenceImage {
  private readonly contexts: readonly NamedContext[];

  /** @param contexts named build contexts beside those of the options */
  constructor(
    override readonly _directory: string,
    private readonly options: DirectoryImageOptions,
    contexts: readonly NamedContext[] = [],
  ) {
    super();
    const given = Object.entries(options.buildContexts ?? {}).map(([name, directory]) => new NamedContext(name, resolve(directory)));
    this.contexts = [...contexts, ...given];
  }

  override _check(findings: Findings, use: ImageUse): void {
    const { file = 'Dockerfile', target, cmd, buildArgs = {} } = this.options;
    const weights = use.model?._context(this._directory);
    const contexts = this.contextsOf(use);
    const exclude = this.leftOut(use);
    checkImageContext(findings, use, { directory: this._directory, file, target, command: cmd, buildArgs, contexts, exclude });
    checkContexts(findings, use.scope, contexts);
    if (weights) checkContextIsRead(findings, join(this._directory, file), weights.name);
  }

  override _code(use: ImageUse): DockerImageCode {
    return DockerImageCode.fromImageAsset(this._directory, { ...this.assetProps(use), cmd: this.options.cmd });
  }

  override _artifact(use: ImageUse): ImageArtifact {
    const asset = new DockerImageAsset(use.scope as Construct, 'Image', { directory: this._directory, ...this.assetProps(use) });
    return { containerImage: ContainerImage.fromDockerImageAsset(asset), uri: asset.imageUri, repository: asset.repository };
  }

  override _knownMebibytes(use: ImageUse): number {
    const outside = this.contextsOf(use).filter(({ directory }) => patternOf(directory, this._directory) === undefined);
    return outside.reduce((sum, context) => sum + context.mebibytes, mebibytesBelow(this._directory, '.'));
  }

  private contextsOf({ model }: ImageUse): NamedContext[] {
    const weights = model?._context(this._directory);
    return weights === undefined ? [...this.contexts] : [...this.contexts, weights];
  }

  /** Weights that are read by name need not be staged a second time. */
  private leftOut({ model }: ImageUse): string[] {
    const weights = model?._context(this._directory);
    const pattern = weights && patternOf(weights.directory, this._directory);
    return [...(this.options.exclude ?? []), ...(pattern === undefined ? [] : [pattern])];
  }

  private assetProps(use: ImageUse): DockerImageAssetOptions {
    const { cmd, buildContexts, ...options } = this.options;
    return {
      ...options,
      ...contextProps(use.scope, this._directory, this.contextsOf(use)),
      exclude: this.leftOut(use),
      platform: platformOf(use.architecture),
    };
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
    return modelContexts(this.props).reduce((sum, context) => sum + context.mebibytes, 0);
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
      this.image = new DirectoryImage(directory, {}, writeContext(this.props, directory).contexts);
    } catch (error) {
      this.problems = [`image: ${(error as Error).message}`];
    }
  }

  override _check(findings: Findings, use: ImageUse): void {
    findings.problems.push(...this.problems);
    this.image?._check(findings, use);
  }

  override _code(use: ImageUse): DockerImageCode {
    return this.prepared._code(use);
  }

  override _artifact(use: ImageUse): ImageArtifact {
    return this.prepared._artifact(use);
  }

  override _knownMebibytes(use: ImageUse): number {
    return this.prepared._knownMebibytes(use);
  }

  private get prepared(): DirectoryImage {
    if (this.image === undefined) throw new Error('the image was not prepared');
    return this.image;
  }
}

class RegistryImage extends InferenceImage {
  override readonly _directory = undefined;

  constructor(
    private readonly repository: IRepository,
    private readonly digestOrTag: string,
  ) {
    super();
  }

  override _check(findings: Findings, { scope }: ImageUse): void {
    checkRegistryImage(findings, scope, this.repository, this.digestOrTag);
  }

  override _code(): DockerImageCode {
    return DockerImageCode.fromEcr(this.repository, { tagOrDigest: this.digestOrTag });
  }

  override _artifact(): ImageArtifact {
    return {
      containerImage: ContainerImage.fromEcrRepository(this.repository, this.digestOrTag),
      uri: this.repository.repositoryUriForTagOrDigest(this.digestOrTag),
      repository: this.repository,
    };
  }
}
