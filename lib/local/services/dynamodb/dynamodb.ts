import type { TableModel } from '../../assembly/table';
import { type Clock, SystemClock } from '../../clock';
import type { ServiceHandler } from '../../gateway/service';
import { Gate } from '../gate';
import type { LocalService, ServiceRegistry } from '../local-service';
import { jsonBody, operationOf, replyError, replyJson } from '../reply';
import { type EngineResponse, errorName, type Item, TableEngine } from './engine';
import { failure, Transactions } from './transactions';

export interface DynamoDbOptions {
  readonly tables?: readonly TableModel[];
  /** @default SystemClock */
  readonly clock?: Clock;
}

interface TimeToLive {
  readonly AttributeName: string;
  readonly Enabled: boolean;
}

/** Starts DynamoDB in memory with the template's tables. */
export async function startDynamoDb({ tables = [], clock = new SystemClock() }: DynamoDbOptions = {}): Promise<LocalDynamoDb> {
  const service = new LocalDynamoDb(await TableEngine.start(), clock);
  try {
    for (const table of tables) await service.createTable(table);
  } catch (error) {
    await service.stop();
    throw error;
  }
  return service;
}

export class LocalDynamoDb implements LocalService {
  private readonly timeToLive = new Map<string, TimeToLive>();
  private readonly tables: string[] = [];
  private readonly gate = new Gate();
  private readonly transactions: Transactions;

  constructor(
    private readonly engine: TableEngine,
    private readonly clock: Clock,
  ) {
    this.transactions = new Transactions(engine, clock);
  }

  register(registry: ServiceRegistry): void {
    registry.register('dynamodb', this.handle);
  }

  stop(): Promise<void> {
    return this.engine.stop();
  }

  async createTable(table: TableModel): Promise<void> {
    const created = await this.engine.call('CreateTable', {
      TableName: table.name,
      KeySchema: table.keySchema,
      AttributeDefinitions: table.attributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
      ...(table.globalIndexes.length > 0 && { GlobalSecondaryIndexes: table.globalIndexes }),
      ...(table.localIndexes.length > 0 && { LocalSecondaryIndexes: table.localIndexes }),
    });
    if (created.status !== 200) {
      throw new Error(`table ${table.logicalId} cannot be created: ${errorName(created)}: ${created.body['message'] ?? ''}`);
    }
    this.tables.push(table.name);
    while (!(await this.isActive(table.name))) await new Promise((resolve) => setTimeout(resolve, 5));
    if (table.timeToLiveAttribute) this.timeToLive.set(table.name, { AttributeName: table.timeToLiveAttribute, Enabled: true });
  }

  /** Deletes every item whose time to live has passed, as DynamoDB does within days. Returns how many. */
  async sweep(): Promise<number> {
    const now = String(Math.floor(this.clock.now() / 1000));
    let deleted = 0;
    for (const [table, { AttributeName, Enabled }] of this.timeToLive) {
      const keys = Enabled ? await this.engine.keyNames(table) : undefined;
      if (!keys) continue;
      const expired = {
        ExpressionAttributeNames: { '#ttl': AttributeName },
        ExpressionAttributeValues: { ':now': { N: now }, ':number': { S: 'N' } },
      };
      const condition = 'attribute_type(#ttl, :number) AND #ttl < :now';
      for (let start: unknown; ; ) {
        const page = await this.engine.call('Scan', {
          TableName: table,
          FilterExpression: condition,
          ...expired,
          ...(start ? { ExclusiveStartKey: start } : {}),
        });
        for (const item of (page.body['Items'] ?? []) as Item[]) {
          const Key = Object.fromEntries(keys.map((name) => [name, item[name]]));
          // The condition spares an item that was renewed since the scan.
          const answer = await this.gate.shared(() =>
            this.engine.call('DeleteItem', { TableName: table, Key, ConditionExpression: condition, ...expired }),
          );
          if (answer.status === 200) deleted += 1;
        }
        start = page.body['LastEvaluatedKey'];
        if (!start) break;
      }
    }
    return deleted;
  }

  /** Deletes every item of the template's tables. */
  async empty(): Promise<void> {
    for (const table of this.tables) {
      const keys = (await this.engine.keyNames(table)) ?? [];
      for (let start: unknown; ; ) {
        const page = await this.engine.call('Scan', { TableName: table, ...(start ? { ExclusiveStartKey: start } : {}) });
        for (const item of (page.body['Items'] ?? []) as Item[]) {
          await this.engine.call('DeleteItem', { TableName: table, Key: Object.fromEntries(keys.map((name) => [name, item[name]])) });
        }
        start = page.body['LastEvaluatedKey'];
        if (!start) break;
      }
    }
  }

  private readonly handle: ServiceHandler = async (request, response) => {
    const input = jsonBody(request);
    if (!input) return replyError(response, 'SerializationException', 'the request is not a JSON object');
    const { status, body } = await this.answer(operationOf(request), input);
    replyJson(response, body, status);
  };

  private answer(operation: string, input: Record<string, unknown>): Promise<EngineResponse> {
    switch (operation) {
      case 'TransactWriteItems':
        return this.gate.exclusive(() => this.transactions.write(input));
      case 'TransactGetItems':
        return this.gate.exclusive(() => this.transactions.read(input));
      case 'UpdateTimeToLive':
        return this.updateTimeToLive(input);
      case 'DescribeTimeToLive':
        return this.describeTimeToLive(input);
      case 'DeleteTable':
        this.engine.forgetTable(String(input['TableName']));
        return this.gate.shared(() => this.engine.call(operation, input));
      default:
        return this.single(operation, input);
    }
  }

  private single(operation: string, input: Record<string, unknown>): Promise<EngineResponse> {
    const { ReturnValuesOnConditionCheckFailure: returned, ...rest } = input;
    if (returned !== 'ALL_OLD') return this.gate.shared(() => this.engine.call(operation, rest));
    // Alone, so that the item returned is the one that failed the condition.
    return this.gate.exclusive(async () => {
      const answer = await this.engine.call(operation, rest);
      if (errorName(answer) !== 'ConditionalCheckFailedException') return answer;
      const table = String(rest['TableName']);
      const source = (rest['Key'] ?? rest['Item']) as Item;
      const names = (await this.engine.keyNames(table)) ?? [];
      const item = await this.engine.read(table, Object.fromEntries(names.map((name) => [name, source[name]!])));
      return item ? { ...answer, body: { ...answer.body, Item: item } } : answer;
    });
  }

  private async updateTimeToLive(input: Record<string, unknown>): Promise<EngineResponse> {
    const table = String(input['TableName']);
    if (!(await this.engine.keyNames(table)))
      return failure('ResourceNotFoundException', `Requested resource not found: Table: ${table} not found`);
    const specification = input['TimeToLiveSpecification'] as TimeToLive;
    this.timeToLive.set(table, specification);
    return { status: 200, body: { TimeToLiveSpecification: specification } };
  }

  private async describeTimeToLive(input: Record<string, unknown>): Promise<EngineResponse> {
    const known = this.timeToLive.get(String(input['TableName']));
    if (!known) return this.engine.call('DescribeTimeToLive', input);
    const description = { AttributeName: known.AttributeName, TimeToLiveStatus: known.Enabled ? 'ENABLED' : 'DISABLED' };
    return { status: 200, body: { TimeToLiveDescription: description } };
  }

  private async isActive(table: string): Promise<boolean> {
    const { body } = await this.engine.call('DescribeTable', { TableName: table });
    return (body['Table'] as { TableStatus?: string } | undefined)?.TableStatus === 'ACTIVE';
  }
}
