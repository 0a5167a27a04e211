import { callJson } from './gateway/json-call';

/** An attribute on the wire: one type and its value. */
export type AttributeValue = Readonly<Record<string, unknown>>;

/** An item as a program sees it: texts, numbers, lists, maps; sets are `Set`s and binary values `Buffer`s. */
export type TableItem = Readonly<Record<string, unknown>>;

/** A table of the local run, read through the gateway like the clients of the stack. */
export class LocalTable {
  constructor(
    readonly name: string,
    private readonly endpoint: string,
  ) {}

  /** Every item, in the order of a scan, as a program sees it. */
  async items(): Promise<TableItem[]> {
    return (await this.scan()).map((item) => Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)])));
  }

  /** Every item as it is on the wire, with the types of its attributes. */
  async scan(): Promise<Readonly<Record<string, AttributeValue>>[]> {
    const items: Readonly<Record<string, AttributeValue>>[] = [];
    for (let ExclusiveStartKey: unknown; ; ) {
      const page = await this.call('Scan', { ConsistentRead: true, ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }) });
      items.push(...(page['Items'] as Record<string, AttributeValue>[]));
      ExclusiveStartKey = page['LastEvaluatedKey'];
      if (ExclusiveStartKey === undefined) return items;
    }
  }

  /** Deletes every item. */
  async clear(): Promise<void> {
    const { Table } = await this.call('DescribeTable', {});
    const keys = (Table as { KeySchema: readonly { AttributeName: string }[] }).KeySchema.map(({ AttributeName }) => AttributeName);
    for (const item of await this.scan()) {
      await this.call('DeleteItem', { Key: Object.fromEntries(keys.map((name) => [name, item[name]])) });
    }
  }

  private call(operation: string, parameters: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    const input = { TableName: this.name, ...parameters };
    return callJson(this.endpoint, { service: 'dynamodb', target: `DynamoDB_20120810.${operation}`, input, about: this.name });
  }
}

function plain(attribute: AttributeValue): unknown {
  const [type, value] = Object.entries(attribute)[0] ?? [];
  switch (type) {
    case 'N':
      return Number(value);
    case 'NULL':
      return null;
    case 'B':
      return Buffer.from(String(value), 'base64');
    case 'L':
      return (value as AttributeValue[]).map(plain);
    case 'M':
      return Object.fromEntries(Object.entries(value as Record<string, AttributeValue>).map(([name, one]) => [name, plain(one)]));
    case 'SS':
      return new Set(value as string[]);
    case 'NS':
      return new Set((value as string[]).map(Number));
    case 'BS':
      return new Set((value as string[]).map((one) => Buffer.from(one, 'base64').toString('base64')));
    default:
      return value;
  }
}
