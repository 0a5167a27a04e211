import { randomUUID } from 'node:crypto';
import type { DynamoDBClient, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { ChatTable } from '../../contract/chat-memory';
import { log } from '../../shared/logger';
import type { ChatStore, StoreBounds } from './chat-store';
import type { Entry } from './entry';

const HEAD = 'head';
/** Turns outlive their conversation's head by this factor; see `refresh`. */
const TURN_LIFE = 3;

interface Head {
  /** Changes when a conversation expired and starts anew, so that turns which time to live has not deleted yet stay out. */
  readonly epoch: string;
  readonly sequence: number;
  readonly refreshedAt: number;
}

interface Turn {
  readonly sk: string;
  readonly entries: readonly string[];
}

/**
 * A conversation is a head item and one item per turn. The head hands out sequence numbers by an atomic update, so
 * concurrent turns neither wait for nor overwrite one another; a turn is one item, so it is stored whole or not at all.
 * DynamoDB deletes expired items days late, so the head's own clock decides what a reader sees.
 */
export class DynamoDbChatStore implements ChatStore {
  constructor(
    private readonly client: () => Promise<DynamoDBClient>,
    private readonly table: string,
    private readonly bounds: StoreBounds,
    private readonly now: () => number = () => Math.floor(Date.now() / 1_000),
  ) {}

  async read(key: string): Promise<readonly string[]> {
    const head = await this.touch(key, 0);
    if (!head) return [];
    const turns = await this.newest(key, head.epoch);
    if (this.isDue(head)) await this.refresh(key, turns);
    return turns.flatMap((turn) => turn.entries);
  }

  async append(key: string, turn: string, entries: readonly Entry[], named = false): Promise<number> {
    const head =
      (await this.touch(key, entries.length)) ?? (await this.begin(key, entries.length)) ?? (await this.touch(key, entries.length));
    if (!head) throw new Error('the conversation kept expiring and starting');
    const sequence = named ? await this.sequenceOf(key, turn, head) : head.sequence;
    await this.putTurn(key, turnKey(head.epoch, sequence), turn, entries, named);
    if (this.isDue(head)) await this.refresh(key, await this.newest(key, head.epoch));
    return sequence;
  }

  private async putTurn(key: string, sk: string, turn: string, entries: readonly Entry[], named: boolean): Promise<void> {
    const { PutItemCommand, ConditionalCheckFailedException } = await import('@aws-sdk/client-dynamodb');
    const client = await this.client();
    const put = new PutItemCommand({
      TableName: this.table,
      Item: {
        ...itemKey(key, sk),
        turn: { S: turn },
        entries: { L: entries.map((entry) => ({ S: JSON.stringify(entry) })) },
        tokens: { N: String(entries.reduce((sum, entry) => sum + entry.t, 0)) },
        [ChatTable.ttl]: this.turnExpiry(),
      },
      // The same turn again is a repetition after a lost answer; one with a name may come with other words, and stays as it is.
      ConditionExpression: named ? 'attribute_not_exists(#sk)' : 'attribute_not_exists(#sk) OR #turn = :turn',
      ExpressionAttributeNames: { '#sk': ChatTable.sortKey, ...(!named && { '#turn': 'turn' }) },
      ...(!named && { ExpressionAttributeValues: { ':turn': { S: turn } } }),
    });
    try {
      await client.send(put, this.deadline());
    } catch (error) {
      if (!named || !(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  /** The place of a turn with a name: its first attempt takes one, and every other attempt finds it, whether or not the turn was stored then. */
  private async sequenceOf(key: string, turn: string, head: Head): Promise<number> {
    const { PutItemCommand, QueryCommand, ConditionalCheckFailedException } = await import('@aws-sdk/client-dynamodb');
    const client = await this.client();
    const sk = `named#${head.epoch}#${turn}`;
    try {
      await client.send(
        new PutItemCommand({
          TableName: this.table,
          Item: { ...itemKey(key, sk), sequence: { N: String(head.sequence) }, [ChatTable.ttl]: this.turnExpiry() },
          ConditionExpression: 'attribute_not_exists(#sk)',
          ExpressionAttributeNames: { '#sk': ChatTable.sortKey },
        }),
        this.deadline(),
      );
      return head.sequence;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
    const { Items: [taken] = [] } = await client.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: '#pk = :pk AND #sk = :sk',
        ExpressionAttributeNames: { '#pk': ChatTable.partitionKey, '#sk': ChatTable.sortKey },
        ExpressionAttributeValues: { ':pk': { S: key }, ':sk': { S: sk } },
        ConsistentRead: true,
      }),
      this.deadline(),
    );
    return Number(taken?.['sequence']?.N ?? head.sequence);
  }

  async close(): Promise<void> {
    (await this.client()).destroy();
  }

  /** Slides a living conversation and takes `count` sequence numbers; undefined when there is none or it has expired. */
  private touch(key: string, count: number): Promise<Head | undefined> {
    return this.updateHead(key, 'SET #ttl = :until ADD #sequence :count', '#ttl > :now', { ':count': { N: String(count) } });
  }

  /** Starts a conversation; undefined when another turn has just started it. */
  private begin(key: string, count: number): Promise<Head | undefined> {
    return this.updateHead(
      key,
      'SET #ttl = :until, #sequence = :count, epoch = :epoch, refreshedAt = :now',
      'attribute_not_exists(#ttl) OR #ttl <= :now',
      { ':count': { N: String(count) }, ':epoch': { S: randomUUID() } },
    );
  }

  private async updateHead(
    key: string,
    update: string,
    condition: string,
    values: Record<string, { N: string } | { S: string }>,
  ): Promise<Head | undefined> {
    const { UpdateItemCommand, ConditionalCheckFailedException } = await import('@aws-sdk/client-dynamodb');
    try {
      const now = this.now();
      const client = await this.client();
      const { Attributes: head = {} } = await client.send(
        new UpdateItemCommand({
          TableName: this.table,
          Key: itemKey(key, HEAD),
          UpdateExpression: update,
          ConditionExpression: condition,
          ExpressionAttributeNames: { '#ttl': ChatTable.ttl, '#sequence': 'sequence' },
          ExpressionAttributeValues: { ':now': { N: String(now) }, ':until': { N: String(now + this.bounds.ttlSeconds) }, ...values },
          ReturnValues: 'ALL_NEW',
        }),
        this.deadline(),
      );
      return { epoch: head['epoch']?.S ?? '', sequence: Number(head['sequence']?.N), refreshedAt: Number(head['refreshedAt']?.N ?? 0) };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }

  /** The newest turns, oldest first, until they hold the token budget. */
  private async newest(key: string, epoch: string): Promise<Turn[]> {
    const { QueryCommand } = await import('@aws-sdk/client-dynamodb');
    const client = await this.client();
    const turns: Turn[] = [];
    let tokens = 0;
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page: QueryCommandOutput = await client.send(
        new QueryCommand({
          TableName: this.table,
          KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :prefix)',
          ExpressionAttributeNames: { '#pk': ChatTable.partitionKey, '#sk': ChatTable.sortKey },
          ExpressionAttributeValues: { ':pk': { S: key }, ':prefix': { S: turnKey(epoch) } },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: 50,
          ExclusiveStartKey: start,
        }),
        this.deadline(),
      );
      for (const item of page.Items ?? []) {
        turns.push({ sk: item[ChatTable.sortKey]?.S ?? '', entries: (item['entries']?.L ?? []).map((entry) => entry.S ?? '') });
        tokens += Number(item['tokens']?.N ?? 0);
        // The turn that crosses the bound is kept: it tells the reader that the history is cut.
        if (tokens > this.bounds.maxTokens) return turns.reverse();
      }
      start = page.LastEvaluatedKey;
    } while (start);
    return turns.reverse();
  }

  private isDue(head: Head): boolean {
    return head.refreshedAt + this.bounds.ttlSeconds <= this.now();
  }

  /**
   * Gives the turns of the window a new life, at most once per time to live. The first use of a conversation after that
   * time comes before its head expires, so within two times to live of the last refresh: a life of three never ends
   * early. Turns outside the window are left to expire, which is what bounds a conversation.
   */
  private async refresh(key: string, turns: readonly Turn[]): Promise<void> {
    const { UpdateItemCommand } = await import('@aws-sdk/client-dynamodb');
    const client = await this.client();
    const now = this.now();
    const extend = (sk: string, update: string, values: Record<string, { N: string }>, names: Record<string, string>) =>
      client.send(
        new UpdateItemCommand({
          TableName: this.table,
          Key: itemKey(key, sk),
          UpdateExpression: update,
          ConditionExpression: 'attribute_exists(#sk)',
          ExpressionAttributeNames: { '#sk': ChatTable.sortKey, ...names },
          ExpressionAttributeValues: values,
        }),
        this.deadline(),
      );
    const until = { ':until': { N: String(now + TURN_LIFE * this.bounds.ttlSeconds) } };
    try {
      await Promise.all(turns.map((turn) => extend(turn.sk, 'SET #ttl = :until', until, { '#ttl': ChatTable.ttl })));
      await extend(HEAD, 'SET refreshedAt = :now', { ':now': { N: String(now) } }, {});
    } catch (error) {
      // The next use tries again: the conversation at hand is already read or stored.
      log.warn('chat memory could not refresh its turns', { error });
    }
  }

  private turnExpiry(): { N: string } {
    return { N: String(this.now() + TURN_LIFE * this.bounds.ttlSeconds) };
  }

  private deadline(): { abortSignal: AbortSignal } {
    return { abortSignal: AbortSignal.timeout(this.bounds.timeoutMs) };
  }
}

function itemKey(key: string, sk: string): Record<string, { S: string }> {
  return { [ChatTable.partitionKey]: { S: key }, [ChatTable.sortKey]: { S: sk } };
}

function turnKey(epoch: string, sequence?: number): string {
  return `turn#${epoch}#${sequence === undefined ? '' : String(sequence).padStart(12, '0')}`;
}
