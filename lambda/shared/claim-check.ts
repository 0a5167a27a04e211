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
    const { sdk, client } = await this.connect();
    try {
      const checksum = { ChecksumSHA256: digest.toString('base64') };
      await client.send(new sdk.PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json', ...checksum }));
    } catch (cause) {
      throw storeFault(`cannot write s3://${bucket}/${key}`, cause);
    }
    return { bucket, key, sha256, bytes: body.byteLength };
  }

  async get(claim: ClaimCheck): Promise<string> {
    const where = `s3://${claim.bucket}/${claim.key}`;
    const own = this.bucket();
    if (claim.bucket !== own) {
      throw new NamedError(ErrorName.ClaimCheckBroken, `claim check ${where} is outside the workflow's bucket ${own}`);
    }
    const body = await this.read(claim, where);
    const sha256 = createHash('sha256').update(body).digest('hex');
    if (body.byteLength !== claim.bytes || sha256 !== claim.sha256) {
      throw new NamedError(
        ErrorName.ClaimCheckBroken,
        `claim check ${where} must hold ${claim.bytes} bytes with sha256 ${claim.sha256}, got ${body.byteLength} bytes with ${sha256}`,
      );
    }
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  }

  private connect(): Promise<S3Connection> {
    this.connection ??= openS3();
    return this.connection;
  }

  private async read(claim: ClaimCheck, where: string): Promise<Uint8Array> {
    const { sdk, client } = await this.connect();
    try {
      const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: claim.bucket, Key: claim.key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (cause) {
      if (MISSING.has((cause as Error).name)) {
        throw new NamedError(ErrorName.ClaimCheckBroken, `claim check ${where} is missing or not readable`, { cause });
      }
      throw storeFault(`cannot read ${where}`, cause);
    }
  }
}

/** Loaded on first use: most steps travel without claim checks. */
async function openS3(): Promise<S3Connection> {
  const sdk = await import('@aws-sdk/client-s3');
  const requestHandler = { connectionTimeout: 2_000, socketTimeout: 10_000 };
  return { sdk, client: new sdk.S3Client({ maxAttempts: 5, requestHandler }) };
}
