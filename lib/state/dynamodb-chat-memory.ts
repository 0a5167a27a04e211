import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { CHAT_TABLE_ACTIONS, ChatTable } from '../../lambda/contract/chat-memory';
import { Env } from '../../lambda/contract/env';
import type { IPrivateNetwork } from '../network/private-network-interface';
import { noFindings } from '../validation/check-quota';
import { failOn } from '../validation/validation-error';
import type { ChatMemoryOptions, IChatMemory } from './chat-memory-interface';
import { addHistoryVariables, checkHistoryBounds, type HistoryBounds, historyBounds } from './history-bounds';

export interface DynamoDbChatMemoryProps extends ChatMemoryOptions {
  /**
   * Key that encrypts the table.
   *
   * @default - the AWS managed key of DynamoDB
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Refuse to delete the table.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
}

/**
 * Conversations in an on-demand DynamoDB table that forgets them by itself.
 *
 * Cost floor: none; about 0.625 USD per million written kilobytes and 0.125 USD per million reads of 4 KB (us-east-1).
 */
export class DynamoDbChatMemory extends Construct implements IChatMemory {
  readonly kind: string = 'dynamodb';
  /** Absent: the table is reached from anywhere. */
  readonly vpc?: ec2.IVpc;
  /** Absent: a function stays where it is. */
  readonly network?: IPrivateNetwork;
  readonly table: dynamodb.Table;
  private readonly bounds: HistoryBounds;

  constructor(scope: Construct, id: string, props: DynamoDbChatMemoryProps = {}) {
    super(scope, id);
    const findings = noFindings();
    checkHistoryBounds(findings, props);
    failOn(this, 'ChatMemory.InvalidProps', findings.problems);

    this.bounds = historyBounds(props);
    this.table = new dynamodb.Table(this, 'Table', {
      partitionKey: { name: ChatTable.partitionKey, type: dynamodb.AttributeType.STRING },
      sortKey: { name: ChatTable.sortKey, type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: ChatTable.ttl,
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: props.encryptionKey ? dynamodb.TableEncryption.CUSTOMER_MANAGED : dynamodb.TableEncryption.AWS_MANAGED,
      encryptionKey: props.encryptionKey,
      deletionProtection: props.deletionProtection,
    });
  }

  bindToFunction(fn: lambda.Function): void {
    addHistoryVariables(fn, this.kind, this.bounds);
    fn.addEnvironment(Env.chatMemoryTable, this.table.tableName);
    this.table.grant(fn, ...CHAT_TABLE_ACTIONS);
    this.table.encryptionKey?.grantEncryptDecrypt(fn);
  }
}
