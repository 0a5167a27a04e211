import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ErrorName } from '../contract/errors';
import { NamedError } from '../shared/named-error';
import { storeFault } from '../shared/service-fault';
import { type TableClient, tableClient } from '../shared/table-client';
import {
  continuationsAttribute,
  decodeLease,
  decodeRecorded,
  encodeRecorded,
  type Item,
  LEASE_KEY,
  type Lease,
  RESULT_PREFIX,
  type Recorded,
} from './checkpoint-record';

/** One attempt of one step, as the table knows it. */
export interface StepKey {
  /** Partition key of the step. */
  readonly pk: string;
  readonly attempt: number;
  readonly redrive: number;
}

export interface ResultWrite {
  readonly name: string;
  readonly recorded: Recorded;
}

export interface StepRecords {
  readonly results: ReadonlyMap<string, Recorded>;
  readonly lease: Lease | undefined;
}

export interface CheckpointStoreOptions {
  readonly table: () => string;
  readonly retentionSeconds: () => number;
}

/** Deletion of expired items lags, so every reader and every condition compares the time itself. */
const ABSENT = 'attribute_not_exists(pk) OR expiresAt <= :now';

export class CheckpointStore {
  constructor(private readonly options: CheckpointStoreOptions) {}

  /** Writes a result once. Whoever came first wins: the answer is what the table holds now. */
  async record(key: StepKey, write: ResultWrite, signal?: AbortSignal): Promise<Recorded> {
    return this.send(`record ${write.name}`, async ({ sdk, client }) => {
      try {
        const put = { ...this.putOf(key, write), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
        await client.send(new sdk.PutItemCommand(put), { abortSignal: signal });
        return write.recorded;
      } catch (error) {
        if (!(error instanceof sdk.ConditionalCheckFailedException)) throw error;
        return decodeRecorded(error.Item ?? (await this.readResult({ sdk, client }, key, write.name)));
      }
    });
  }

  /** Writes all results in one request, or none and answers false: then some are recorded already, or a write was in the way. */
  async recordTogether(key: StepKey, writes: readonly ResultWrite[], signal?: AbortSignal): Promise<boolean> {
    return this.send(`record ${writes.map((write) => write.name).join(', ')}`, async ({ sdk, client }) => {
      try {
        const TransactItems = writes.map((write) => ({ Put: this.putOf(key, write) }));
        await client.send(new sdk.TransactWriteItemsCommand({ TransactItems }), { abortSignal: signal });
        return true;
      } catch (error) {
        if (error instanceof sdk.TransactionCanceledException) return false;
        throw error;
      }
    });
  }

  /** All that is recorded of a step, consistent and to the last page. */
  async readStep(key: StepKey): Promise<StepRecords> {
    return this.send('read the recorded results', async ({ sdk, client }) => {
      const results = new Map<string, Recorded>();
      let lease: Lease | undefined;
      let from: Record<string, AttributeValue> | undefined;
      do {
        const page = await client.send(
          new sdk.QueryCommand({
            TableName: this.options.table(),
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: key.pk } },
            ConsistentRead: true,
            ExclusiveStartKey: from,
          }),
        );
        for (const item of page.Items ?? []) {
          if (Number(item['expiresAt']?.N) <= this.now()) continue;
          const sk = item['sk']?.S ?? '';
          if (sk === LEASE_KEY) lease = decodeLease(item, key.redrive);
          else if (sk.startsWith(RESULT_PREFIX)) results.set(sk.slice(RESULT_PREFIX.length), decodeRecorded(item));
        }
        from = page.LastEvaluatedKey;
      } while (from);
      return { results, lease };
    });
  }

  async readLease(key: StepKey): Promise<Lease | undefined> {
    return this.send('read the lease', async ({ sdk, client }) => {
      const { Item: item } = await client.send(
        new sdk.GetItemCommand({ TableName: this.options.table(), Key: leaseKey(key), ConsistentRead: true }),
      );
      return decodeLease(item, key.redrive);
    });
  }

  /** Takes the step over and answers the lease as it was before; undefined when a later attempt holds it. */
  async takeLease(key: StepKey): Promise<Lease | undefined> {
    return this.send('take the lease', async ({ sdk, client }) => {
      try {
        const { Attributes } = await client.send(
          new sdk.UpdateItemCommand({
            TableName: this.options.table(),
            Key: leaseKey(key),
            UpdateExpression: 'SET attempt = :attempt, redrive = :redrive, released = :no, expiresAt = :expiresAt ADD fence :one',
            // A first attempt that continued leaves a lease without attempt and redrive.
            ConditionExpression: 'attribute_not_exists(redrive) OR redrive < :redrive OR (redrive = :redrive AND attempt <= :attempt)',
            ExpressionAttributeValues: {
              ':attempt': { N: String(key.attempt) },
              ':redrive': { N: String(key.redrive) },
              ':no': { BOOL: false },
              ':one': { N: '1' },
              ':expiresAt': this.expiresAt(),
            },
            ReturnValues: 'ALL_OLD',
          }),
        );
        return decodeLease(Attributes ?? {}, key.redrive);
      } catch (error) {
        if (error instanceof sdk.ConditionalCheckFailedException) return undefined;
        throw error;
      }
    });
  }

  /** The holder of `fence` starts nothing more; false when it had been superseded. */
  async endLease(key: StepKey, fence: number, outcome: { readonly released: boolean; readonly continued: boolean }): Promise<boolean> {
    return this.send('end the lease', async ({ sdk, client }) => {
      try {
        await client.send(
          new sdk.UpdateItemCommand({
            TableName: this.options.table(),
            Key: leaseKey(key),
            UpdateExpression: `SET released = :released, expiresAt = :expiresAt${outcome.continued ? ' ADD #continuations :one' : ''}`,
            ConditionExpression: fence === 0 ? 'attribute_not_exists(fence)' : 'fence = :fence',
            ...(outcome.continued ? { ExpressionAttributeNames: { '#continuations': continuationsAttribute(key.redrive) } } : {}),
            ExpressionAttributeValues: {
              ':released': { BOOL: outcome.released },
              ':expiresAt': this.expiresAt(),
              ...(outcome.continued ? { ':one': { N: '1' } } : {}),
              ...(fence === 0 ? {} : { ':fence': { N: String(fence) } }),
            },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof sdk.ConditionalCheckFailedException) return false;
        throw error;
      }
    });
  }

  private putOf(key: StepKey, { name, recorded }: ResultWrite) {
    return {
      TableName: this.options.table(),
      Item: {
        pk: { S: key.pk },
        sk: { S: `${RESULT_PREFIX}${name}` },
        ...encodeRecorded(recorded),
        attempt: { N: String(key.attempt) },
        redrive: { N: String(key.redrive) },
        recordedAt: { S: new Date().toISOString() },
        expiresAt: this.expiresAt(),
      },
      ConditionExpression: ABSENT,
      ExpressionAttributeValues: { ':now': { N: String(this.now()) } },
    };
  }

  /** For a table that does not return the item on a failed condition. */
  private async readResult({ sdk, client }: TableClient, key: StepKey, name: string): Promise<Item> {
    const Key = { pk: { S: key.pk }, sk: { S: `${RESULT_PREFIX}${name}` } };
    const { Item: item } = await client.send(new sdk.GetItemCommand({ TableName: this.options.table(), Key, ConsistentRead: true }));
    if (!item) throw new NamedError(ErrorName.StoreUnavailable, `the recorded result of ${name} vanished while it was read`);
    return item;
  }

  private async send<T>(what: string, request: (connection: TableClient) => Promise<T>): Promise<T> {
    const connection = await tableClient();
    try {
      return await request(connection);
    } catch (cause) {
      throw storeFault(`cannot ${what} in table ${this.options.table()}`, cause);
    }
  }

  private now(): number {
    return Math.floor(Date.now() / 1_000);
  }

  private expiresAt() {
    return { N: String(this.now() + this.options.retentionSeconds()) };
  }
}

function leaseKey(key: StepKey): Record<string, { S: string }> {
  return { pk: { S: key.pk }, sk: { S: LEASE_KEY } };
}
