import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { LocalRunner } from '../../lib/local/local-runner';

export type Item = Readonly<Record<string, AttributeValue>>;

/** Everything in a table, with the types of its attributes. */
export async function itemsOf(local: LocalRunner, table: string): Promise<Item[]> {
  return (await local.table(table).scan()) as unknown as Item[];
}

export async function putItem(local: LocalRunner, table: string, item: Item): Promise<void> {
  const sdk = await import('@aws-sdk/client-dynamodb');
  const credentials = { accessKeyId: 'TEST', secretAccessKey: 'TEST' };
  const dynamoDb = new sdk.DynamoDBClient({ region: 'us-east-1', endpoint: local.gateway.url, credentials });
  await dynamoDb.send(new sdk.PutItemCommand({ TableName: local.table(table).name, Item: item }));
  dynamoDb.destroy();
}

/** Events that are published from now on, by detail type. */
export function watchEvents(local: LocalRunner): { readonly type: string; readonly detail: Record<string, unknown> }[] {
  const seen: { type: string; detail: Record<string, unknown> }[] = [];
  local.gateway.intercept(async ({ service, body }, _response, next) => {
    if (service === 'events') {
      const { Entries } = JSON.parse(body.toString('utf8')) as { Entries: { DetailType: string; Detail: string }[] };
      seen.push(...Entries.map(({ DetailType, Detail }) => ({ type: DetailType, detail: JSON.parse(Detail) })));
    }
    await next();
  });
  return seen;
}
