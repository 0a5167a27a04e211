import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { ChatTable } from '../../../../lambda/contract/chat-memory';

// The package has no types.
const dynalite = require('dynalite') as (options: { createTableMs: number }) => Server;

export interface TestTable {
  readonly name: string;
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  stop(): Promise<void>;
}

export async function startTable(name = 'chat-memory'): Promise<TestTable> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [ChatTable.partitionKey, ChatTable.sortKey].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: ChatTable.partitionKey, KeyType: 'HASH' },
        { AttributeName: ChatTable.sortKey, KeyType: 'RANGE' },
      ],
    }),
  );
  return {
    name,
    endpoint,
    client,
    stop: async () => {
      client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
