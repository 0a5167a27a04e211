import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface TableClient {
  readonly sdk: typeof import('@aws-sdk/client-dynamodb');
  readonly client: DynamoDBClient;
}

let opened: Promise<TableClient> | undefined;

/** The one DynamoDB client of an environment, loaded on first use: loading it costs more than most invocations. */
export function tableClient(): Promise<TableClient> {
  opened ??= open();
  return opened;
}

async function open(): Promise<TableClient> {
  const sdk = await import('@aws-sdk/client-dynamodb');
  // The table answers within milliseconds as a rule: a request that hangs must not eat the time of its caller.
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true };
  return { sdk, client: new sdk.DynamoDBClient({ maxAttempts: 5, requestHandler }) };
}
