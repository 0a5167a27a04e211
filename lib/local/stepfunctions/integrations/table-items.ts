import { optimisedError } from './error-names';
import { type Integration, withMetadata } from './task-call';

const NAMES = { prefix: 'DynamoDB', base: 'AmazonDynamoDBException', service: 'AmazonDynamoDBv2', model: 'dynamodb' };

/** Optimised DynamoDB integration: one item at a time. */
export const tableItem: Integration = async ({ calls, context, operation, parameters }) => {
  const done = await calls.call('dynamodb', operation, parameters, context).catch((error: unknown) => {
    throw optimisedError(NAMES, error);
  });
  return withMetadata(done.value, done);
};
