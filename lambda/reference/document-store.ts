import type { S3Client } from '@aws-sdk/client-s3';
import { Env } from '../contract/env';
import { readEnv } from '../shared/read-env';

let client: S3Client | undefined;

async function s3() {
  const sdk = await import('@aws-sdk/client-s3');
  client ??= new sdk.S3Client({});
  return { client, sdk };
}

/** The reference stack's document bucket. */
export const documents = {
  async list(prefix: string, limit: number): Promise<string[]> {
    const { client, sdk } = await s3();
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(
        new sdk.ListObjectsV2Command({ Bucket: readEnv(Env.documentBucket), Prefix: prefix, ContinuationToken: token }),
      );
      keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined || Key.endsWith('/') ? [] : [Key])));
      token = page.NextContinuationToken;
    } while (token !== undefined && keys.length < limit);
    return keys.slice(0, limit);
  },

  async read(key: string, bucket = readEnv(Env.documentBucket), signal?: AbortSignal): Promise<string> {
    const { client, sdk } = await s3();
    const object = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal });
    return (await object.Body?.transformToString('utf-8')) ?? '';
  },

  async write(key: string, text: string, contentType = 'text/markdown; charset=utf-8'): Promise<string> {
    const { client, sdk } = await s3();
    const Bucket = readEnv(Env.documentBucket);
    await client.send(new sdk.PutObjectCommand({ Bucket, Key: key, Body: text, ContentType: contentType }));
    return `s3://${Bucket}/${key}`;
  },
};
