import type { EncryptionModel } from '../iam/encryption-checks';
import { ACCOUNT } from './physical-name';
import type { ResolvedStack } from './resolved-stack';

interface BucketEncryption {
  readonly ServerSideEncryptionConfiguration?: readonly {
    readonly ServerSideEncryptionByDefault?: { readonly SSEAlgorithm?: string; readonly KMSMasterKeyID?: string };
  }[];
}

/** Customer managed keys by the ARN of what they encrypt. Keys of AWS ask nobody for a permission. `keyArn` finds the ARN of an id or alias. */
export function encryption(stack: ResolvedStack, keyArn: (id: string) => string | undefined): ReadonlyMap<string, EncryptionModel> {
  const found = new Map<string, EncryptionModel>();
  const add = (logicalId: string, service: string, key: unknown, context: (arn: string, name: string) => Record<string, string>) => {
    const { arn = '', name } = stack.identity(logicalId);
    const resolved = key === undefined || /alias\/aws\//.test(String(key)) ? undefined : keyArn(String(key));
    if (resolved !== undefined) found.set(arn, { keyArn: resolved, service, encryptionContext: context(arn, name) });
  };
  for (const { logicalId } of stack.resourcesOf('AWS::S3::Bucket')) {
    const configured = stack.property(logicalId, 'BucketEncryption') as BucketEncryption | undefined;
    const byDefault = configured?.ServerSideEncryptionConfiguration?.[0]?.ServerSideEncryptionByDefault;
    if (byDefault?.SSEAlgorithm?.startsWith('aws:kms')) add(logicalId, 's3', byDefault.KMSMasterKeyID, (arn) => ({ 'aws:s3:arn': arn }));
  }
  for (const { logicalId } of stack.resourcesOf('AWS::SQS::Queue')) {
    add(logicalId, 'sqs', stack.property(logicalId, 'KmsMasterKeyId'), (arn) => ({ 'aws:sqs:arn': arn }));
  }
  for (const { logicalId } of stack.resourcesOf('AWS::SNS::Topic')) {
    add(logicalId, 'sns', stack.property(logicalId, 'KmsMasterKeyId'), (arn) => ({ 'aws:sns:topicArn': arn }));
  }
  for (const { logicalId } of stack.resourcesOf('AWS::SecretsManager::Secret')) {
    add(logicalId, 'secretsmanager', stack.property(logicalId, 'KmsKeyId'), (arn) => ({ SecretARN: arn }));
  }
  for (const { logicalId } of stack.resourcesOf('AWS::DynamoDB::Table')) {
    const configured = stack.property(logicalId, 'SSESpecification') as { KMSMasterKeyId?: string } | undefined;
    const context = (_arn: string, name: string) => ({ 'aws:dynamodb:tableName': name, 'aws:dynamodb:subscriberId': ACCOUNT });
    add(logicalId, 'dynamodb', configured?.KMSMasterKeyId, context);
  }
  return found;
}
