import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { Env } from '../../contract/env';
import type { StepFailure } from '../../contract/envelope';
import { readEnv } from '../../shared/read-env';
import { runKey } from '../../shared/run-key';
import { tableClient } from '../../shared/table-client';
import { expiryAfter } from '../expiry';
import type { FailureTable } from './record-failure';

/** Failures of a run are items beside each other: `run#<machine>/<name>`, `failure#<redrive>#<step>`. */
export const failureTable: FailureTable = {
  async record(step, cause) {
    const { sdk, client } = await tableClient();
    const { workflow, failure } = step;
    const now = new Date();
    try {
      await client.send(
        new sdk.PutItemCommand({
          TableName: readEnv(Env.workflowTable),
          Item: {
            ...keyOf(step),
            executionArn: { S: workflow.executionArn },
            stepId: { S: failure.stepId },
            error: { S: failure.error },
            cause: { S: cause },
            failedAt: { S: now.toISOString() },
            published: { BOOL: false },
            expiresAt: expiryAfter(Math.floor(now.getTime() / 1_000)),
          },
          // A repeated call writes again until the event is out: recording and telling are two requests.
          ConditionExpression: 'attribute_not_exists(pk) OR published = :no',
          ExpressionAttributeValues: { ':no': { BOOL: false } },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof sdk.ConditionalCheckFailedException) return false;
      throw error;
    }
  },

  async markPublished(step) {
    const { sdk, client } = await tableClient();
    await client.send(
      new sdk.UpdateItemCommand({
        TableName: readEnv(Env.workflowTable),
        Key: keyOf(step),
        UpdateExpression: 'SET published = :yes',
        ExpressionAttributeValues: { ':yes': { BOOL: true } },
      }),
    );
  },
};

function keyOf({ workflow, failure }: StepFailure): Record<string, AttributeValue> {
  return { pk: { S: `run#${runKey(workflow)}` }, sk: { S: `failure#${failure.redrive}#${failure.stepId}` } };
}
