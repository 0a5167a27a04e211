import type { Check } from './access-control';

/** The key with which a resource of the stacks is encrypted, and what the service adds to the request. */
export interface EncryptionModel {
  readonly keyArn: string;
  /** Service in kms:ViaService. */
  readonly service: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
}

/** What a service asks KMS for, in the caller's name, when an action touches encrypted data. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  's3:GetObject': ['kms:Decrypt'],
  's3:GetObjectVersion': ['kms:Decrypt'],
  's3:PutObject': ['kms:GenerateDataKey'],
  'sqs:SendMessage': ['kms:GenerateDataKey', 'kms:Decrypt'],
  'sqs:ReceiveMessage': ['kms:Decrypt'],
  'sns:Publish': ['kms:GenerateDataKey', 'kms:Decrypt'],
  'secretsmanager:GetSecretValue': ['kms:Decrypt'],
  'secretsmanager:PutSecretValue': ['kms:GenerateDataKey', 'kms:Decrypt'],
  'dynamodb:GetItem': ['kms:Decrypt'],
  'dynamodb:BatchGetItem': ['kms:Decrypt'],
  'dynamodb:Query': ['kms:Decrypt'],
  'dynamodb:Scan': ['kms:Decrypt'],
  'dynamodb:PutItem': ['kms:Decrypt'],
  'dynamodb:UpdateItem': ['kms:Decrypt'],
  'dynamodb:DeleteItem': ['kms:Decrypt'],
  'dynamodb:BatchWriteItem': ['kms:Decrypt'],
  'dynamodb:ConditionCheckItem': ['kms:Decrypt'],
};

/**
 * The permissions on a customer managed key that come with those on the encrypted resource.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/service-integration.html and the page of each service that it names
 */
export function withEncryption(
  checks: readonly Check[],
  encryptionOf: (resourceArn: string) => EncryptionModel | undefined,
  region: string,
): Check[] {
  return checks.flatMap((check) => {
    const needed = NEEDS[check.action];
    const encryption = needed === undefined ? undefined : encryptionOf(check.resource);
    if (needed === undefined || encryption === undefined) return [check];
    const { keyArn, service, encryptionContext } = encryption;
    const context = {
      'kms:ViaService': `${service}.${region}.amazonaws.com`,
      ...Object.fromEntries(Object.entries(encryptionContext).map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
      ...(Object.keys(encryptionContext).length > 0 && { 'kms:EncryptionContextKeys': Object.keys(encryptionContext) }),
    };
    return [check, ...needed.map((action) => ({ action, resource: keyArn, context }))];
  });
}
