import { randomUUID } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { workflowStep } from '../../../lambda/runtime/workflow-step';

const client = new DynamoDBClient({});

const book = (id: string) => client.send(new PutItemCommand({ TableName: process.env['BOOKINGS'], Item: { pk: { S: id } } }));

/** With PLANTED the booking is made before anything is recorded, and under a new name each time. */
export const handler = workflowStep(async (ctx, { guest }: { readonly guest: string }) => {
  if (process.env['PLANTED'] === 'yes') {
    await book(`${guest} ${randomUUID()}`);
    return ctx.run('book', () => 'booked');
  }
  return ctx.run('book', async ({ idempotencyKey }) => {
    await book(`${guest} ${idempotencyKey}`);
    return 'booked';
  });
});
