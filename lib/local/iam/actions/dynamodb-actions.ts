import type { Check } from '../access-control';
import { type ActionCall, type ActionTable, arnOrName, present } from './action-call';

type Json = Readonly<Record<string, unknown>>;

function tableArn(call: ActionCall, table: unknown): string {
  return arnOrName(call, table, 'dynamodb', 'table/');
}

/** Value of an attribute without its type: `{S: 'a'}` is `a`. */
function plain(value: unknown): string | undefined {
  const [content] = Object.values((value ?? {}) as Json);
  return content === undefined ? undefined : String(content);
}

function leading(call: ActionCall, table: unknown, ...items: readonly unknown[]): readonly string[] {
  const key = call.directory.partitionKeyOf(String(table).replace(/^.*\//, ''));
  const values = items.map((item) => (key === undefined ? undefined : plain((item as Json | undefined)?.[key])));
  return values.filter((value) => value !== undefined);
}

/** The partition key of a query, from either way of writing its condition. */
function queried(call: ActionCall): readonly string[] {
  const { input } = call;
  const key = call.directory.partitionKeyOf(String(input['TableName']).replace(/^.*\//, ''));
  const old = (input['KeyConditions'] as Record<string, { AttributeValueList?: unknown[] }> | undefined)?.[key ?? ''];
  if (old) return (old.AttributeValueList ?? []).map(plain).filter((value) => value !== undefined);
  const names = (input['ExpressionAttributeNames'] ?? {}) as Record<string, string>;
  const values = (input['ExpressionAttributeValues'] ?? {}) as Json;
  const equalities = String(input['KeyConditionExpression'] ?? '').matchAll(/([#\w.]+)\s*=\s*(:\w+)/g);
  for (const [, name = '', placeholder = ''] of equalities) {
    const value = plain(values[placeholder]);
    if ((names[name] ?? name) === key && value !== undefined) return [value];
  }
  return [];
}

function single(action: string, itemOf: (input: Json) => unknown) {
  return (call: ActionCall): Check[] => {
    const { input } = call;
    const context = present({
      'dynamodb:LeadingKeys': leading(call, input['TableName'], itemOf(input)),
      'dynamodb:ReturnValues': input['ReturnValues'],
      'dynamodb:ReturnConsumedCapacity': input['ReturnConsumedCapacity'],
    });
    return [{ action, resource: tableArn(call, input['TableName']), context }];
  };
}

function reading(action: string, keys: (call: ActionCall) => readonly string[]) {
  return (call: ActionCall): Check[] => {
    const { input } = call;
    const index = input['IndexName'] === undefined ? '' : `/index/${input['IndexName']}`;
    // Keys of an index are not those of the table, and they are what a query of an index leads with.
    const context = present({ 'dynamodb:LeadingKeys': index === '' ? keys(call) : undefined, 'dynamodb:Select': input['Select'] });
    return [{ action, resource: tableArn(call, input['TableName']) + index, context }];
  };
}

function onTable(action: string) {
  return (call: ActionCall): Check[] => [{ action, resource: tableArn(call, call.input['TableName']) }];
}

const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  Get: 'dynamodb:GetItem',
};

/** A transaction has no action of its own: each of its items needs that of the single operation. */
function transaction(call: ActionCall): Check[] {
  const items = (call.input['TransactItems'] ?? []) as Record<string, Json>[];
  return items.flatMap((item) =>
    Object.entries(item).map(([kind, part]) => ({
      action: TRANSACTION_ACTIONS[kind] ?? `dynamodb:${kind}`,
      resource: tableArn(call, part['TableName']),
      context: present({ 'dynamodb:LeadingKeys': leading(call, part['TableName'], part['Item'] ?? part['Key']) }),
    })),
  );
}

function batch(action: string, itemsOf: (request: unknown) => readonly unknown[]) {
  return (call: ActionCall): Check[] =>
    Object.entries((call.input['RequestItems'] ?? {}) as Json).map(([table, request]) => ({
      action,
      resource: tableArn(call, table),
      context: present({ 'dynamodb:LeadingKeys': leading(call, table, ...itemsOf(request)) }),
    }));
}

interface WriteRequest {
  readonly PutRequest?: { readonly Item?: unknown };
  readonly DeleteRequest?: { readonly Key?: unknown };
}

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export const DYNAMODB_ACTIONS: ActionTable = {
  GetItem: single('dynamodb:GetItem', ({ Key }) => Key),
  PutItem: single('dynamodb:PutItem', ({ Item }) => Item),
  UpdateItem: single('dynamodb:UpdateItem', ({ Key }) => Key),
  DeleteItem: single('dynamodb:DeleteItem', ({ Key }) => Key),
  Query: reading('dynamodb:Query', queried),
  Scan: reading('dynamodb:Scan', () => []),
  BatchGetItem: batch('dynamodb:BatchGetItem', (request) => (request as { Keys?: unknown[] }).Keys ?? []),
  BatchWriteItem: batch('dynamodb:BatchWriteItem', (request) =>
    (request as WriteRequest[]).map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key),
  ),
  TransactWriteItems: transaction,
  TransactGetItems: transaction,
  DescribeTable: onTable('dynamodb:DescribeTable'),
  DescribeTimeToLive: onTable('dynamodb:DescribeTimeToLive'),
  UpdateTimeToLive: onTable('dynamodb:UpdateTimeToLive'),
  DescribeContinuousBackups: onTable('dynamodb:DescribeContinuousBackups'),
  CreateTable: onTable('dynamodb:CreateTable'),
  UpdateTable: onTable('dynamodb:UpdateTable'),
  DeleteTable: onTable('dynamodb:DeleteTable'),
  ListTables: () => [{ action: 'dynamodb:ListTables', resource: '*' }],
  DescribeEndpoints: () => [{ action: 'dynamodb:DescribeEndpoints', resource: '*' }],
};
