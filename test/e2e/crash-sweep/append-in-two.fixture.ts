import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});
const TableName = process.env['CONVERSATIONS'];

interface Turn {
  readonly turn: string;
  readonly question: string;
}

async function appendAlone(text: string): Promise<void> {
  const Key = { pk: { S: 'c-1' } };
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  const messages = [...(Item?.['messages']?.L ?? []), { S: text }];
  await client.send(new PutItemCommand({ TableName, Item: { ...Key, messages: { L: messages } } }));
}

async function appendWhole(turn: string, texts: readonly string[]): Promise<void> {
  const append = new UpdateItemCommand({
    TableName,
    Key: { pk: { S: 'c-1' } },
    UpdateExpression: 'SET messages = list_append(if_not_exists(messages, :none), :texts) ADD turns :turns',
    ConditionExpression: 'NOT contains(turns, :turn)',
    ExpressionAttributeValues: {
      ':none': { L: [] },
      ':texts': { L: texts.map((S) => ({ S })) },
      ':turns': { SS: [turn] },
      ':turn': { S: turn },
    },
  });
  await client.send(append).catch((error) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
}

/** With PLANTED question and answer are appended one after the other, each by a read and a write. */
export const handler = async ({ turn, question }: Turn): Promise<string> => {
  const answer = `You asked: ${question}`;
  if (process.env['PLANTED'] === 'yes') {
    await appendAlone(question);
    await appendAlone(answer);
  } else await appendWhole(turn, [question, answer]);
  return answer;
};
