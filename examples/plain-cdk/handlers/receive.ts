import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Order } from './order';

interface Notification {
  readonly Records: readonly { readonly s3: { readonly bucket: { readonly name: string }; readonly object: { readonly key: string } } }[];
}

const objects = new S3Client();
const machines = new SFNClient();

/** Starts one execution for each order file. The order's id is the name, so an event that comes twice starts nothing twice. */
export async function handler({ Records }: Notification): Promise<void> {
  for (const { s3 } of Records) {
    const Key = decodeURIComponent(s3.object.key.replaceAll('+', ' '));
    const { Body } = await objects.send(new GetObjectCommand({ Bucket: s3.bucket.name, Key }));
    const input = (await Body?.transformToString()) ?? '';
    const { orderId } = JSON.parse(input) as Order;
    try {
      await machines.send(new StartExecutionCommand({ stateMachineArn: process.env.STATE_MACHINE_ARN, name: orderId, input }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }
}
