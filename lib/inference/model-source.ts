import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { type Size, Token } from 'aws-cdk-lib/core';
import { Env } from '../../lambda/contract/env';
import { type Findings, mebibytes } from '../validation/check-quota';
import { contextFileProblem, mebibytesBelow } from './context-files';

/** Where a model lies inside its image. */
export interface BakedInModelOptions {
  /**
   * Directory in the image, which the handler finds in `MODEL_DIR`.
   * @default - as the image itself sets `MODEL_DIR`
   */
  readonly directoryInImage?: string;
}

/** What is known of a model that lies in S3. */
export interface S3ModelOptions {
  /**
   * Size of the object; memory and /tmp are sized by it.
   * @default - unknown: state `memorySize` and `ephemeralStorageSize` yourself when the model is larger than a few hundred MB
   */
  readonly size?: Size;
}

/** Where the weights of an inference function come from. */
export abstract class ModelSource {
  /**
   * The weights are part of the image.
   *
   * @param path file or directory inside the image's build context
   */
  public static bakedIn(path: string, options: BakedInModelOptions = {}): ModelSource {
    return new BakedInModel(path, options);
  }

  /**
   * The weights are an object in S3: each environment fetches them once to /tmp, checks the digest, and loads them.
   * The function may read this one object. Environment variables: `MODEL_S3_URI`, `MODEL_SHA256`.
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

class BakedInModel extends ModelSource {
  override readonly _bakedIn: { readonly path: string; readonly directoryInImage?: string };

  constructor(
    private readonly path: string,
    private readonly options: BakedInModelOptions,
  ) {
    super();
    this._bakedIn = { path, directoryInImage: options.directoryInImage };
  }

  override _mebibytes(contextDirectory?: string): number | undefined {
    return contextDirectory === undefined ? undefined : mebibytesBelow(contextDirectory, this.path);
  }

  override _temporaryMebibytes(): number {
    return 0;
  }

  override _check(findings: Findings, contextDirectory?: string): void {
    // What is inside an image from a registry cannot be seen at synth.
    const problem = contextDirectory === undefined ? undefined : contextFileProblem(contextDirectory, this.path);
    if (problem !== undefined) findings.problems.push(`model: ${problem}`);
    const { directoryInImage } = this.options;
    if (directoryInImage !== undefined && !Token.isUnresolved(directoryInImage) && !directoryInImage.startsWith('/')) {
      findings.problems.push(`model.directoryInImage must be an absolute path, got ${JSON.stringify(directoryInImage)}`);
    }
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
  }

  override _environment(): Record<string, string> {
    return {
      [Env.modelS3Uri]: `s3://${this.bucket.bucketName}/${this.key}`,
      [Env.modelSha256]: Token.isUnresolved(this.sha256) ? this.sha256 : this.sha256.toLowerCase(),
    };
  }

  // Reading one object needs neither s3:ListBucket nor the s3:GetBucket* that the bucket's own grant adds.
  override _grantRead(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [this.bucket.arnForObjects(this.key)] }),
    );
    this.bucket.encryptionKey?.grantDecrypt(grantee);
  }
}
