import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const table = new DynamoDBClient();
const objects = new S3Client();

/** Writes how many orders are in which state. */
export async function handler({ time }: { readonly time: string }): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for await (const { Items = [] } of paginateScan({ client: table }, { TableName: process.env.ORDERS_TABLE })) {
    for (const { state } of Items) counts[state?.S ?? 'unknown'] = (counts[state?.S ?? 'unknown'] ?? 0) + 1;
  }
  const Key = `reports/${time.slice(0, 10)}.json`;
  await objects.send(new PutObjectCommand({ Bucket: process.env.REPORT_BUCKET, Key, Body: JSON.stringify(counts) }));
  return counts;
}
