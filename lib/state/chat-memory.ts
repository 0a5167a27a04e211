import type { Construct } from 'constructs';
import { DynamoDbChatMemory, type DynamoDbChatMemoryProps } from './dynamodb-chat-memory';
import { ValkeyChatMemory } from './valkey-chat-memory';
import type { ValkeyChatMemoryProps } from './valkey-chat-memory-props';

/**
 * Where an agent keeps the turns of a conversation.
 *
 * Valkey answers in under a millisecond, has a floor of 6.13 USD a month and puts the function into a VPC; DynamoDB answers in single-digit
 * milliseconds, has no floor and needs no VPC. A function that calls the internet wants DynamoDB, or a NAT gateway.
 */
export class ChatMemory {
  /** ElastiCache Serverless for Valkey. */
  static valkey(scope: Construct, id: string, props: ValkeyChatMemoryProps): ValkeyChatMemory {
    return new ValkeyChatMemory(scope, id, props);
  }

  /** A DynamoDB table. */
  static dynamoDb(scope: Construct, id: string, props?: DynamoDbChatMemoryProps): DynamoDbChatMemory {
    return new DynamoDbChatMemory(scope, id, props);
  }

  private constructor() {}
}
