import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { RESPONSE_PREFIX, type ResponseRecord } from '../contract/routing';

/** Key of a response. It holds a hash of the owner, so that nobody reaches a response by its id alone. */
export function responseKey(userId: string, responseId: string): string {
  return `${RESPONSE_PREFIX}${createHash('sha256').update(userId).digest('hex').slice(0, 32)}/${responseId}.json`;
}

/** Responses of routed work: one S3 object each. */
export class ResponseStore {
  private opened?: Promise<{ sdk: typeof import('@aws-sdk/client-s3'); client: S3Client }>;

  constructor(private readonly bucket: () => string) {}

  async read(userId: string, responseId: string): Promise<ResponseRecord | undefined> {
    const { sdk, client } = await this.open();
    try {
      const object = await client.send(new sdk.GetObjectCommand({ Bucket: this.bucket(), Key: responseKey(userId, responseId) }));
      return JSON.parse((await object.Body?.transformToString()) ?? '') as ResponseRecord;
    } catch (error) {
      // Without the right to list, S3 answers 403 for an object that is not there.
      if (['NoSuchKey', 'NotFound', 'AccessDenied'].includes((error as Error).name)) return undefined;
      throw error;
    }
  }

  /** Writes the final state over whatever is there. */
  async write(userId: string, record: ResponseRecord): Promise<void> {
    await this.put(userId, record, {});
  }

  /** Notes that work was accepted; keeps a result that was faster. */
  async accept(userId: string, record: ResponseRecord): Promise<void> {
    try {
      await this.put(userId, record, { IfNoneMatch: '*' });
    } catch (error) {
      if (!['PreconditionFailed', 'ConditionalRequestConflict'].includes((error as Error).name)) throw error;
    }
  }

  private async put(userId: string, record: ResponseRecord, condition: { IfNoneMatch?: string }): Promise<void> {
    const { sdk, client } = await this.open();
    const object = { Bucket: this.bucket(), Key: responseKey(userId, record.responseId), Body: JSON.stringify(record) };
    await client.send(new sdk.PutObjectCommand({ ...object, ContentType: 'application/json', ...condition }));
  }

  private open() {
    this.opened ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: new sdk.S3Client({}) }));
    return this.opened;
  }
}
