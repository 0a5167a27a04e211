import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Token } from 'aws-cdk-lib/core';
import { Env } from '../../lambda/contract/env';
import { type Findings, mebibytes } from '../validation/check-quota';
import { contextFileProblem, escapes, mebibytesBelow } from './context-files';
import type { BakedInModelOptions, S3ModelOptions } from './model-source-options';
import { NamedContext } from './named-context';

/** Where the weights of an inference function come from. */
export abstract class ModelSource {
  /**
   * The weights are part of the image. A directory outside of the build context, or one that `buildContext` names, is read by `COPY --from=model` from
   * where it lies: a synth reads its files only when they have changed, and copies none of them.
   *
   * @param path file or directory, relative to the build context; outside of it a directory
   */
  public static bakedIn(path: string, options: BakedInModelOptions = {}): ModelSource {
    return new BakedInModel(path, options);
  }

  /**
   * The weights are an object in S3: each environment fetches them once to /tmp, checks the digest, and loads them.
   * The function may read this one object. Environment variables: `MODEL_S3_URI`, `MODEL_SHA256`, and where they are known `MODEL_BYTES` and
   * `MODEL_S3_VERSION`.
   *
   * @param bucket bucket of the object
   * @param key key of the object
   * @param sha256 digest of the object's bytes, 64 hexadecimal digits
   */
  public static s3(bucket: s3.IBucket, key: string, sha256: string, options: S3ModelOptions = {}): ModelSource {
    return new S3Model(bucket, key, sha256, options);
  }

  /**
   * Where the weights lie on this machine and in the image; undefined for a model that is fetched.
   * @internal
   */
  public readonly _bakedIn?: { readonly path: string; readonly directoryInImage?: string };

  /**
   * The weights as a named build context of an image with the given build context; undefined where they are part of that, or of no image.
   * @internal
   */
  public _context(_contextDirectory?: string): NamedContext | undefined {
    return undefined;
  }

  /**
   * The weights as a named build context of an image that is written for them.
   * @internal
   */
  public _weights(_name: string): NamedContext | undefined {
    return undefined;
  }

  /**
   * Size of the weights in MiB, or undefined where it cannot be known at synth.
   * @internal
   */
  public abstract _mebibytes(contextDirectory?: string): number | undefined;

  /**
   * MiB of /tmp that the weights take.
   * @internal
   */
  public abstract _temporaryMebibytes(): number;

  /**
   * Adds what cannot work to the findings.
   * @internal
   */
  public abstract _check(findings: Findings, contextDirectory?: string): void;

  /**
   * Variables through which the handler finds the model.
   * @internal
   */
  public abstract _environment(): Record<string, string>;

  /**
   * Lets the function read the model.
   * @internal
   */
  public abstract _grantRead(grantee: IGrantable): void;
}

/** Dockerfiles of ours call the weights so as well. */
const DEFAULT_CONTEXT = 'model';
/** Up to here a copy is not worth a second thought: it takes less time than the rest of a synth. */
const COPIED_MEBIBYTES = 50;

class BakedInModel extends ModelSource {
  private readonly contexts = new Map<string, NamedContext>();
  override readonly _bakedIn: { readonly path: string; readonly directoryInImage?: string };

  constructor(
    private readonly path: string,
    private readonly options: BakedInModelOptions,
  ) {
    super();
    this._bakedIn = { path, directoryInImage: options.directoryInImage };
  }

  override _context(contextDirectory?: string): NamedContext | undefined {
    if (contextDirectory === undefined || (this.options.buildContext === undefined && !escapes(contextDirectory, this.path)))
      return undefined;
    return this.contextOf(this.options.buildContext ?? DEFAULT_CONTEXT, resolve(contextDirectory, this.path));
  }

  override _weights(name: string): NamedContext {
    return this.contextOf(this.options.buildContext ?? name, resolve(this.path));
  }

  override _mebibytes(contextDirectory?: string): number | undefined {
    if (contextDirectory === undefined) return undefined;
    return this._context(contextDirectory)?.mebibytes ?? mebibytesBelow(contextDirectory, this.path);
  }

  override _temporaryMebibytes(): number {
    return 0;
  }

  override _check(findings: Findings, contextDirectory?: string): void {
    const { directoryInImage } = this.options;
    if (directoryInImage !== undefined && !Token.isUnresolved(directoryInImage) && !directoryInImage.startsWith('/')) {
      findings.problems.push(`model.directoryInImage must be an absolute path, got ${JSON.stringify(directoryInImage)}`);
    }
    // What is inside an image from a registry cannot be seen at synth; a named context is checked with the image that reads it.
    if (contextDirectory !== undefined && this._context(contextDirectory) === undefined) this.checkInside(findings, contextDirectory);
  }

  private checkInside(findings: Findings, contextDirectory: string): void {
    const problem = contextFileProblem(contextDirectory, relative(contextDirectory, resolve(contextDirectory, this.path)));
    if (problem !== undefined) findings.problems.push(`model: ${problem}${this.elsewhere()}`);
    if (this.options.staged) {
      findings.problems.push(`model: ${this.path} lies inside the build context, which is staged as a whole; leave "staged" out`);
    }
    const size = this._mebibytes(contextDirectory) ?? 0;
    if (size <= COPIED_MEBIBYTES) return;
    findings.warnings.push({
      id: 'serverless-ai:inference.model-in-context',
      message: `model of ${Math.ceil(size)} MiB lies inside the build context ${contextDirectory}, so each new assembly gets a copy of it; name it with "buildContext" and read it with COPY --from, and it stays where it is`,
    });
  }

  /** Most often the path was meant to be relative to where the app runs. */
  private elsewhere(): string {
    const directory = resolve(this.path);
    return existsSync(directory) ? `; for ${directory} give the absolute path` : '';
  }

  /** One object for each directory, so that its files are looked at once. */
  private contextOf(name: string, directory: string): NamedContext {
    const key = `${name} ${directory}`;
    const context = this.contexts.get(key) ?? new NamedContext(name, directory, this.options.staged);
    this.contexts.set(key, context);
    return context;
  }

  override _environment(): Record<string, string> {
    const { directoryInImage } = this.options;
    return directoryInImage === undefined ? {} : { [Env.modelDir]: directoryInImage };
  }

  override _grantRead(): void {}
}

const SHA256 = /^[0-9a-f]{64}$/i;

class S3Model extends ModelSource {
  constructor(
    private readonly bucket: s3.IBucket,
    private readonly key: string,
    private readonly sha256: string,
    private readonly options: S3ModelOptions,
  ) {
    super();
  }

  override _mebibytes(): number | undefined {
    return mebibytes(this.options.size);
  }

  override _temporaryMebibytes(): number {
    return this._mebibytes() ?? 0;
  }

  override _check(findings: Findings): void {
    if (!Token.isUnresolved(this.sha256) && !SHA256.test(this.sha256)) {
      findings.problems.push(`model.sha256 must be 64 hexadecimal digits, got ${JSON.stringify(this.sha256)}; run "sha256sum" on the file`);
    }
    if (!Token.isUnresolved(this.key) && (this.key === '' || /[*?]|^\/|\/$/.test(this.key))) {
      findings.problems.push(`model.key must name one object, got ${JSON.stringify(this.key)}; leave out wildcards and outer slashes`);
    }
    if (this.options.objectVersion === '') {
      findings.problems.push('model.objectVersion must name a version, got ""; leave it out for the newest one');
    }
    if (this._mebibytes() === 0)
      findings.problems.push('model.size must be that of the object, got 0 bytes; leave it out if it is unknown');
  }

  override _environment(): Record<string, string> {
    const { size, objectVersion } = this.options;
    return {
      [Env.modelS3Uri]: `s3://${this.bucket.bucketName}/${this.key}`,
      [Env.modelSha256]: Token.isUnresolved(this.sha256) ? this.sha256 : this.sha256.toLowerCase(),
      ...(mebibytes(size) !== undefined && { [Env.modelBytes]: String(size!.toBytes()) }),
      ...(objectVersion !== undefined && { [Env.modelS3Version]: objectVersion }),
    };
  }

  // Reading one object needs neither s3:ListBucket nor the s3:GetBucket* that the bucket's own grant adds.
  override _grantRead(grantee: IGrantable): void {
    const action = this.options.objectVersion === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: [action], resources: [this.bucket.arnForObjects(this.key)] }),
    );
    this.bucket.encryptionKey?.grantDecrypt(grantee);
  }
}
