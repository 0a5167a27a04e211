import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ClaimCheck } from '../contract/envelope';
import { ErrorName } from '../contract/errors';
import { NamedError } from './named-error';
import { storeFault } from './service-fault';

interface S3Connection {
  readonly sdk: typeof import('@aws-sdk/client-s3');
  readonly client: S3Client;
}

/** Where an object is. */
export type ObjectPlace = Pick<ClaimCheck, 'bucket' | 'key'>;

/** S3 answers 403 for a missing key to a caller that may not list the bucket. */
const MISSING = new Set(['NoSuchKey', 'NoSuchBucket', 'NotFound', 'AccessDenied']);

export function isClaimCheck(value: unknown): value is ClaimCheck {
  if (typeof value !== 'object' || value === null) return false;
  const { bucket, key, sha256, bytes } = value as Record<string, unknown>;
  return (
    typeof bucket === 'string' &&
    typeof key === 'string' &&
    key !== '' &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    Number.isSafeInteger(bytes)
  );
}

/** JSON texts in S3, passed on by reference. Keys end in the digest, so no writer can change what another one recorded. */
export class ClaimCheckStore {
  private connection?: Promise<S3Connection>;

  constructor(private readonly bucket: () => string) {}

  async put(folder: string, text: string): Promise<ClaimCheck> {
    const body = Buffer.from(text, 'utf8');
    const digest = createHash('sha256').update(body).digest();
    const sha256 = digest.toString('hex');
    const bucket = this.bucket();
    const key = `claim-checks/${folder.replace(/[^0-9A-Za-z/_.-]/g, '-')}/${sha256}.json`;
    await this.write({ bucket, key }, body, digest.toString('base64'));
    return { bucket, key, sha256, bytes: body.byteLength };
  }

  async get(claim: ClaimCheck): Promise<string> {
    const where = `s3://${claim.bucket}/${claim.key}`;
    const own = this.bucket();
    if (claim.bucket !== own) {
      throw new NamedError(ErrorName.ClaimCheckBroken, `claim check ${where} is outside the workflow's bucket ${own}`);
    }
    const body = await this.read(claim);
    const sha256 = createHash('sha256').update(body).digest('hex');
    if (body.byteLength !== claim.bytes || sha256 !== claim.sha256) {
      throw new NamedError(
        ErrorName.ClaimCheckBroken,
        `claim check ${where} must hold ${claim.bytes} bytes with sha256 ${claim.sha256}, got ${body.byteLength} bytes with ${sha256}`,
      );
    }
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  }

  /** An object at a key that its reader knows beforehand, as container steps exchange them with their workflow. */
  async getObject(place: ObjectPlace): Promise<string> {
    return Buffer.from(await this.read(place)).toString('utf8');
  }

  putObject(place: ObjectPlace, text: string): Promise<void> {
    return this.write(place, Buffer.from(text, 'utf8'));
  }

  private async write({ bucket, key }: ObjectPlace, body: Buffer, sha256Base64?: string): Promise<void> {
    const { sdk, client } = await this.connect();
    const checksum = sha256Base64 === undefined ? {} : { ChecksumSHA256: sha256Base64 };
    try {
      await client.send(new sdk.PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json', ...checksum }));
    } catch (cause) {
      throw storeFault(`cannot write s3://${bucket}/${key}`, cause);
    }
  }

  private async read({ bucket, key }: ObjectPlace): Promise<Uint8Array> {
    const { sdk, client } = await this.connect();
    try {
      const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (cause) {
      if (MISSING.has((cause as Error).name)) {
        throw new NamedError(ErrorName.ClaimCheckBroken, `claim check s3://${bucket}/${key} is missing or not readable`, { cause });
      }
      throw storeFault(`cannot read s3://${bucket}/${key}`, cause);
    }
  }

  private connect(): Promise<S3Connection> {
    this.connection ??= openS3();
    return this.connection;
  }
}

/** Loaded on first use: most steps travel without claim checks. */
async function openS3(): Promise<S3Connection> {
  const sdk = await import('@aws-sdk/client-s3');
  const requestHandler = { connectionTimeout: 2_000, socketTimeout: 10_000 };
  return { sdk, client: new sdk.S3Client({ maxAttempts: 5, requestHandler }) };
}
