import { DynamoDBClient, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from './order';

class OutOfStock extends Error {
  override readonly name = 'OutOfStock';
}

/** Somebody else changes the same stock at this moment. */
class StockBusy extends Error {
  override readonly name = 'StockBusy';
}

interface Reservation {
  readonly orderId: string;
  readonly position: number;
  readonly item: Item;
}

/** A shelf that nobody has taken from yet. */
const FULL_SHELF = 100;

const table = process.env.STOCK_TABLE;
const client = new DynamoDBClient();

/** Takes pieces from the stock once for each position of an order, however often the step is tried. */
export async function handler({ orderId, position, item }: Reservation): Promise<{ readonly sku: string; readonly reserved: number }> {
  const { sku, quantity } = item;
  if (quantity > FULL_SHELF) throw new OutOfStock(`there are never ${quantity} of ${sku}`);
  const claim = `${sku}#${orderId}#${position}`;
  try {
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: table, Item: { sku: { S: claim } }, ConditionExpression: 'attribute_not_exists(sku)' } },
          {
            Update: {
              TableName: table,
              Key: { sku: { S: sku } },
              UpdateExpression: 'SET pieces = if_not_exists(pieces, :full) - :quantity',
              ConditionExpression: 'attribute_not_exists(pieces) OR pieces >= :quantity',
              ExpressionAttributeValues: { ':quantity': { N: String(quantity) }, ':full': { N: String(FULL_SHELF) } },
            },
          },
        ],
      }),
    );
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const [claimed, stock] = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    if (claimed === 'TransactionConflict' || stock === 'TransactionConflict') throw new StockBusy(`${sku} is being reserved`);
    if (claimed !== 'ConditionalCheckFailed') throw new OutOfStock(`there are not ${quantity} of ${sku}`);
  }
  return { sku, reserved: quantity };
}
