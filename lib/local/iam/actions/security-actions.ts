import type { Check } from '../access-control';
import { type ActionCall, type ActionTable, arnOf, present, text } from './action-call';

function onSecret(operation: string) {
  return (call: ActionCall): Check[] => {
    const id = text(call.input['SecretId'] ?? call.input['Name']);
    // A secret that is not there is named as the caller named it; the service adds six characters to a name.
    const resource = call.directory.secretArn(id) ?? (id.startsWith('arn:') ? id : arnOf(call, 'secretsmanager', `secret:${id}-??????`));
    const stage = operation === 'GetSecretValue' ? (call.input['VersionStage'] ?? 'AWSCURRENT') : undefined;
    const context = present({ 'secretsmanager:SecretId': resource, 'secretsmanager:VersionStage': stage });
    return [{ action: `secretsmanager:${operation}`, resource, context }];
  };
}

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const SECRETS_ACTIONS: ActionTable = {
  ...Object.fromEntries(
    ['GetSecretValue', 'DescribeSecret', 'PutSecretValue', 'UpdateSecret', 'CreateSecret', 'DeleteSecret', 'ListSecretVersionIds'].map(
      (operation) => [operation, onSecret(operation)],
    ),
  ),
  ListSecrets: () => [{ action: 'secretsmanager:ListSecrets', resource: '*' }],
};

function parameterArn(call: ActionCall, name: unknown): string {
  const plain = text(name);
  return plain.startsWith('arn:') ? plain : arnOf(call, 'ssm', `parameter/${plain.replace(/^\//, '').replace(/:.*$/, '')}`);
}

function onParameter(operation: string) {
  return (call: ActionCall): Check[] => [
    { action: `ssm:${operation}`, resource: parameterArn(call, call.input['Name'] ?? call.input['Path']) },
  ];
}

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html */
export const SSM_ACTIONS: ActionTable = {
  ...Object.fromEntries(
    ['GetParameter', 'GetParametersByPath', 'GetParameterHistory', 'PutParameter', 'DeleteParameter'].map((operation) => [
      operation,
      onParameter(operation),
    ]),
  ),
  GetParameters: (call) =>
    ((call.input['Names'] ?? []) as unknown[]).map((name) => ({ action: 'ssm:GetParameters', resource: parameterArn(call, name) })),
  DescribeParameters: () => [{ action: 'ssm:DescribeParameters', resource: '*' }],
};

function encryptionContext({ input }: ActionCall, field = 'EncryptionContext'): Readonly<Record<string, unknown>> {
  const given = (input[field] ?? {}) as Record<string, string>;
  const keys = Object.keys(given);
  return {
    ...Object.fromEntries(Object.entries(given).map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    ...(keys.length > 0 && { 'kms:EncryptionContextKeys': keys }),
  };
}

function keyArn({ input, directory }: ActionCall, field = 'KeyId'): string {
  const id = text(input[field]);
  const ofCiphertext = id === '' ? directory.keyOfCiphertext?.(text(input['CiphertextBlob'])) : undefined;
  return ofCiphertext ?? directory.keyArn(id) ?? (id.startsWith('arn:') ? id : arnOf({ directory }, 'kms', `key/${id}`));
}

function onKey(operation: string) {
  return (call: ActionCall): Check[] => [{ action: `kms:${operation}`, resource: keyArn(call), context: present(encryptionContext(call)) }];
}

/** Re-encryption reads with one key and writes with another. */
function reEncrypt(call: ActionCall): Check[] {
  return [
    {
      action: 'kms:ReEncryptFrom',
      resource: keyArn(call, 'SourceKeyId'),
      context: present(encryptionContext(call, 'SourceEncryptionContext')),
    },
    {
      action: 'kms:ReEncryptTo',
      resource: keyArn(call, 'DestinationKeyId'),
      context: present(encryptionContext(call, 'DestinationEncryptionContext')),
    },
  ];
}

/** Source: https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html */
export const KMS_ACTIONS: ActionTable = {
  ...Object.fromEntries(
    [
      'Encrypt',
      'Decrypt',
      'GenerateDataKey',
      'GenerateDataKeyWithoutPlaintext',
      'GenerateDataKeyPair',
      'GenerateDataKeyPairWithoutPlaintext',
      'DescribeKey',
      'GetKeyPolicy',
      'GetKeyRotationStatus',
      'GetPublicKey',
      'Sign',
      'Verify',
      'GenerateMac',
      'VerifyMac',
      'CreateGrant',
      'RetireGrant',
      'RevokeGrant',
    ].map((operation) => [operation, onKey(operation)]),
  ),
  ReEncrypt: reEncrypt,
  GenerateRandom: () => [{ action: 'kms:GenerateRandom', resource: '*' }],
  ListKeys: () => [{ action: 'kms:ListKeys', resource: '*' }],
  ListAliases: () => [{ action: 'kms:ListAliases', resource: '*' }],
};

/** GetCallerIdentity needs no permission, and none can take it away. Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const STS_ACTIONS: ActionTable = {
  GetCallerIdentity: () => [],
  AssumeRole: ({ input }) => [
    {
      action: 'sts:AssumeRole',
      resource: text(input['RoleArn']),
      context: present({ 'sts:ExternalId': input['ExternalId'], 'sts:RoleSessionName': input['RoleSessionName'] }),
    },
  ],
};

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html */
export const CLOUDWATCH_ACTIONS: ActionTable = {
  PutMetricData: ({ input }) => [
    { action: 'cloudwatch:PutMetricData', resource: '*', context: present({ 'cloudwatch:namespace': input['Namespace'] }) },
  ],
  GetMetricData: () => [{ action: 'cloudwatch:GetMetricData', resource: '*' }],
  GetMetricStatistics: () => [{ action: 'cloudwatch:GetMetricStatistics', resource: '*' }],
  ListMetrics: () => [{ action: 'cloudwatch:ListMetrics', resource: '*' }],
};

function onStream(operation: string) {
  return (call: ActionCall): Check[] => {
    const group = text(call.input['logGroupName']);
    return [
      { action: `logs:${operation}`, resource: arnOf(call, 'logs', `log-group:${group}:log-stream:${text(call.input['logStreamName'])}`) },
    ];
  };
}

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
export const LOGS_ACTIONS: ActionTable = {
  CreateLogStream: onStream('CreateLogStream'),
  PutLogEvents: onStream('PutLogEvents'),
  CreateLogGroup: (call) => [
    { action: 'logs:CreateLogGroup', resource: arnOf(call, 'logs', `log-group:${text(call.input['logGroupName'])}`) },
  ],
  DescribeLogGroups: (call) => [{ action: 'logs:DescribeLogGroups', resource: arnOf(call, 'logs', 'log-group:*') }],
};
