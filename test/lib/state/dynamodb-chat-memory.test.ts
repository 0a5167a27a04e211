import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { ChatMemory } from '../../../lib/state/chat-memory';
import type { DynamoDbChatMemoryProps } from '../../../lib/state/dynamodb-chat-memory';

function create(props?: DynamoDbChatMemoryProps) {
  const stack = new Stack(new App(), 'Chat');
  const memory = ChatMemory.dynamoDb(stack, 'Memory', props);
  const fn = new lambda.Function(stack, 'Fn', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => 1'),
  });
  memory.bindToFunction(fn);
  return { stack, memory, template: Template.fromStack(stack) };
}

test('makes an on-demand table that forgets, can be restored and is encrypted', () => {
  create().template.hasResource('AWS::DynamoDB::Table', {
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      DeletionProtectionEnabled: Match.absent(),
    },
    DeletionPolicy: 'Retain',
  });
});

test('can be protected against deletion', () => {
  create({ deletionProtection: true }).template.hasResourceProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: true });
});

test('grants the actions of the runtime on the one table', () => {
  create().template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        {
          Action: ['dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:Query'],
          Effect: 'Allow',
          Resource: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^MemoryTable'), 'Arn'] }],
        },
      ],
    },
  });
});

test('sets what the runtime client reads', () => {
  create({ ttl: Duration.days(1) }).template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: {
        CHAT_MEMORY_KIND: 'dynamodb',
        CHAT_MEMORY_TABLE: { Ref: Match.stringLikeRegexp('^MemoryTable') },
        CHAT_MEMORY_TTL_SECONDS: '86400',
        CHAT_MEMORY_MAX_TOKENS: '8000',
      },
    },
  });
});

test('lets the function use a customer managed key', () => {
  const stack = new Stack(new App(), 'Keys');
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/k');
  const { template } = create({ encryptionKey });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']) })]) },
  });
});

test('is reached from anywhere', () => {
  const { memory } = create();
  expect(memory).toMatchObject({ kind: 'dynamodb', vpc: undefined, network: undefined });
});

test.each<[DynamoDbChatMemoryProps, string]>([
  [{ ttl: Duration.millis(500) }, 'ttl must be a whole number of seconds, at least 1 s, got 0.5 s'],
  [{ maxTokens: 1.5 }, 'maxTokens must be a whole number of at least 1, got 1.5; leave it out for 8000'],
])('fails when given %j', (props, message) => {
  expect(() => create(props)).toThrow(`Chat/Memory: ${message} [ChatMemory.InvalidProps]`);
});
