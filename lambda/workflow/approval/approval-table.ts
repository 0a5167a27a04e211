import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { Env } from '../../contract/env';
import type { ApprovalDecision } from '../../contract/envelope';
import { readEnv } from '../../shared/read-env';
import { tableClient } from '../../shared/table-client';
import { expiryAfter } from '../expiry';
import type { Approval, Link, UndeliveredDecision } from './approval';

type Item = Record<string, AttributeValue>;

const OUTBOX = 'approval-outbox';

/**
 * Requests, links and undelivered decisions. A decision and its place in the outbox are written in one transaction: a crash between
 * recording a decision and telling the workflow leaves something that the sweep finds.
 */
export class ApprovalTable {
  /**
   * Replaces an earlier request of the step, whose links then are superseded; false when this very token was decided already, or another one of
   * the same redrive.
   */
  async mint(approval: Approval, links: ReadonlyMap<string, Link>, again = false): Promise<boolean> {
    const { sdk, client } = await tableClient();
    const expiresAt = expiryAfter(approval.linksExpireAt);
    const TableName = readEnv(Env.workflowTable);
    const request = {
      TableName,
      Item: {
        ...requestKey(approval.id),
        data: json(approval),
        mint: { S: approval.mint },
        token: { S: approval.taskToken },
        redrive: { N: String(approval.redrive ?? 0) },
        expiresAt,
      },
      ConditionExpression: again
        ? 'attribute_not_exists(decision) OR redrive < :redrive'
        : 'attribute_not_exists(pk) OR #token <> :token OR attribute_not_exists(decision)',
      ...(again
        ? { ExpressionAttributeValues: { ':redrive': { N: String(approval.redrive ?? 0) } } }
        : { ExpressionAttributeNames: { '#token': 'token' }, ExpressionAttributeValues: { ':token': { S: approval.taskToken } } }),
    };
    const puts = [...links].map(([digest, link]) => ({
      Put: { TableName, Item: { ...linkKey(approval.id, digest), data: json(link), expiresAt } },
    }));
    try {
      await client.send(new sdk.TransactWriteItemsCommand({ TransactItems: [{ Put: request }, ...puts] }));
      return true;
    } catch (error) {
      if (error instanceof sdk.TransactionCanceledException && error.CancellationReasons?.[0]?.Code === 'ConditionalCheckFailed')
        return false;
      throw error;
    }
  }

  async read(id: string): Promise<Approval | undefined> {
    const item = await this.get(requestKey(id));
    if (!item) return undefined;
    const approval = parse<Approval>(item, 'data');
    return item['decision'] ? { ...approval, decision: parse<ApprovalDecision>(item, 'decision') } : approval;
  }

  async readLink(id: string, digest: string): Promise<Link | undefined> {
    const item = await this.get(linkKey(id, digest));
    return item && parse<Link>(item, 'data');
  }

  /** False when somebody else decided, or minted anew, first. */
  async decide(approval: Approval, decision: ApprovalDecision): Promise<boolean> {
    const { sdk, client } = await tableClient();
    const TableName = readEnv(Env.workflowTable);
    const record = {
      TableName,
      Key: requestKey(approval.id),
      UpdateExpression: 'SET decision = :decision',
      ConditionExpression: 'mint = :mint AND attribute_not_exists(decision)',
      ExpressionAttributeValues: { ':decision': json(decision), ':mint': { S: approval.mint } },
    };
    const undelivered: UndeliveredDecision = { approval, decision };
    const expiresAt = expiryAfter(Math.floor(Date.parse(decision.at) / 1_000));
    const enqueue = { TableName, Item: { ...outboxKey(approval), data: json(undelivered), expiresAt } };
    try {
      await client.send(new sdk.TransactWriteItemsCommand({ TransactItems: [{ Update: record }, { Put: enqueue }] }));
      return true;
    } catch (error) {
      if (error instanceof sdk.TransactionCanceledException) return false;
      throw error;
    }
  }

  async readUndelivered(approval: Approval): Promise<UndeliveredDecision | undefined> {
    const item = await this.get(outboxKey(approval));
    return item && parse<UndeliveredDecision>(item, 'data');
  }

  async *undelivered(): AsyncGenerator<UndeliveredDecision> {
    const { sdk, client } = await tableClient();
    let from: Item | undefined;
    do {
      const page = await client.send(
        new sdk.QueryCommand({
          TableName: readEnv(Env.workflowTable),
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: OUTBOX } },
          ConsistentRead: true,
          ExclusiveStartKey: from,
        }),
      );
      for (const item of page.Items ?? []) yield parse<UndeliveredDecision>(item, 'data');
      from = page.LastEvaluatedKey;
    } while (from);
  }

  async clear({ approval }: UndeliveredDecision): Promise<void> {
    const { sdk, client } = await tableClient();
    await client.send(new sdk.DeleteItemCommand({ TableName: readEnv(Env.workflowTable), Key: outboxKey(approval) }));
  }

  private async get(Key: Item): Promise<Item | undefined> {
    const { sdk, client } = await tableClient();
    const { Item: item } = await client.send(new sdk.GetItemCommand({ TableName: readEnv(Env.workflowTable), Key, ConsistentRead: true }));
    return item;
  }
}

function requestKey(id: string): Item {
  return { pk: { S: `approval#${id}` }, sk: { S: 'request' } };
}

function linkKey(id: string, digest: string): Item {
  return { pk: { S: `approval#${id}` }, sk: { S: `link#${digest}` } };
}

function outboxKey({ id, mint }: Approval): Item {
  return { pk: { S: OUTBOX }, sk: { S: `${id}#${mint}` } };
}

function json(value: unknown): AttributeValue {
  return { S: JSON.stringify(value) };
}

function parse<T>(item: Item, attribute: string): T {
  return JSON.parse(item[attribute]?.S ?? 'null') as T;
}
