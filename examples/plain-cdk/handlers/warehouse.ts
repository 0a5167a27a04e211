import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { Order } from './order';

interface Records {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

interface Shipment extends Pick<Order, 'orderId' | 'items'> {
  readonly token: string;
}

const client = new SFNClient();

/** Ships what it can; a message that fails comes again alone, the others of its batch do not. */
export async function handler({ Records }: Records) {
  const outcomes = await Promise.allSettled(Records.map(({ body }) => ship(JSON.parse(body) as Shipment)));
  const failed = Records.filter((_record, index) => outcomes[index]?.status === 'rejected');
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

async function ship({ token, orderId, items }: Shipment): Promise<void> {
  if (items.some(({ sku }) => sku === 'broken-label')) throw new Error(`the label of ${orderId} cannot be printed`);
  // Back orders are answered by the supplier, some day.
  if (items.some(({ sku }) => sku.startsWith('back-order'))) return;
  if (items.some(({ sku }) => sku === 'forbidden')) {
    await client.send(new SendTaskFailureCommand({ taskToken: token, error: 'Warehouse.Refused', cause: `${orderId} may not be shipped` }));
    return;
  }
  const parcels = Math.ceil(items.reduce((sum, { quantity }) => sum + quantity, 0) / 10);
  await client.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify({ parcels }) }));
}
