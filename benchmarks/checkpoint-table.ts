import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

const TABLE = 'workflow-store';

/** The table of checkpoints on loopback, and a client that writes to it without this library. */
export class CheckpointTable {
  static async start(): Promise<CheckpointTable> {
    const server = fork(join(__dirname, 'dynamodb-server.cjs'), { execArgv: [] });
    const [{ port }] = (await once(server, 'message')) as [{ port: number }];
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      WORKFLOW_TABLE: TABLE,
    });
    const table = new CheckpointTable(server, new DynamoDBClient({}));
    await table.create();
    return table;
  }

  private constructor(
    private readonly server: ChildProcess,
    private readonly client: DynamoDBClient,
  ) {}

  /** Requests that the table has answered. */
  async requests(): Promise<number> {
    this.server.send('count');
    const [{ requests }] = (await once(this.server, 'message')) as [{ requests: number }];
    return requests;
  }

  /** The item of a checkpoint written by the SDK alone, under the same condition. */
  async put(pk: string, sk: string, value: string): Promise<void> {
    const now = Math.floor(Date.now() / 1_000);
    await this.client.send(
      new PutItemCommand({
        TableName: TABLE,
        Item: {
          pk: { S: pk },
          sk: { S: sk },
          kind: { S: 'json' },
          value: { S: value },
          attempt: { N: '0' },
          redrive: { N: '0' },
          recordedAt: { S: new Date().toISOString() },
          expiresAt: { N: String(now + 3_600) },
        },
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
        ExpressionAttributeValues: { ':now': { N: String(now) } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  }

  stop(): void {
    this.client.destroy();
    this.server.disconnect();
  }

  private async create(): Promise<void> {
    await this.client.send(
      new CreateTableCommand({
        TableName: TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
  }
}
